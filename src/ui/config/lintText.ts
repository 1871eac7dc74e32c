import type * as vscode from 'vscode';
import { assertNever } from '../../base/assert';
import type { Finding, Fix } from '../../domain/config/lint/finding';

type L10n = typeof vscode.l10n;

/** What is wrong, why that matters and what to do. */
export function findingText({ code, args }: Finding, l10n: L10n): string {
  const [a = '', b = '', c = '', d = ''] = args;
  switch (code) {
    case 'notANumber':
      return l10n.t('{0} must be a whole number: the server does not start.', a);
    case 'commentInValue':
      return l10n.t(
        'A comment needs a line of its own: here it belongs to the value of {0}, and the server does not start.',
        a,
      );
    case 'notPositive':
      return l10n.t('{0} must be at least 1: the server does not start.', a);
    case 'notABoolean':
      return l10n.t('{0} must be true or false: the server does not start.', a);
    case 'badPeerType':
      return l10n.t('peerType must be participant or observer: the server does not start.');
    case 'unknownKey':
      return l10n.t(
        '{0} is no key of ZooKeeper. Servers take it as the Java property zookeeper.{0}.',
        a,
      );
    case 'similarKey':
      return l10n.t('{0} is no key of ZooKeeper and has no effect. Is it {1}?', a, b);
    case 'repeatedKey':
      return l10n.t('{0} is repeated below: only its last value, {1}, is in effect.', a, b);
    case 'badServer':
      return l10n.t(
        '{0} cannot be read. A server is server.1=host:quorumPort:electionPort with two different ports, then :participant or :observer, then ;clientPort.',
        a,
      );
    case 'repeatedAddress':
      return l10n.t('{0} is an address of {1} already: one of the two cannot listen there.', a, b);
    case 'serverInBothFiles':
      return l10n.t(
        '{0} must stand in {1} alone, since dynamicConfigFile is set: the server does not start.',
        a,
        b,
      );
    case 'evenVoters':
      return l10n.t(
        '{0} voters survive {1} failures, as {2} do, and each write waits for one more. Use an odd number.',
        a,
        b,
        c,
      );
    case 'twoVoters':
      return l10n.t(
        'Two voters survive no failure: without either of them there is no majority. Use three.',
      );
    case 'noServers':
      return l10n.t(
        'No servers are listed, and standaloneEnabled=false forbids a server alone: it does not start.',
      );
    case 'missingLimit':
      return l10n.t(
        '{0} is missing: a server that is one of several does not start without it.',
        a,
      );
    case 'missingDataDir':
      return l10n.t('dataDir is missing: the server does not start.');
    case 'missingClientPort':
      return l10n.t('No port for clients: set clientPort, or end each server line with ;2181.');
    case 'noPurge':
      return l10n.t(
        'Old snapshots and logs are never removed and will fill the disk. Set autopurge.purgeInterval in hours.',
      );
    case 'fewSnapshots':
      return l10n.t('ZooKeeper keeps at least 3 snapshots: {0} is taken as 3.', a);
    case 'sameFolder':
      return l10n.t(
        'Log and snapshots share a folder, so a snapshot slows writes. Give dataLogDir a device of its own.',
      );
    case 'noLogFolder':
      return l10n.t(
        'Without dataLogDir the log lies with the snapshots, which then slow writes. Give it a device of its own.',
      );
    case 'sameDevice':
      return l10n.t(
        'dataDir and dataLogDir lie on one device of this machine: a snapshot slows writes.',
      );
    case 'sessionsReversed':
      return l10n.t(
        'minSessionTimeout ({0} ms) is above maxSessionTimeout ({1} ms): the server does not start.',
        a,
        b,
      );
    case 'notInThisFile':
      return l10n.t(
        'jute.maxbuffer has no effect here. Start Java with -Djute.maxbuffer={0}, servers and clients alike.',
        a,
      );
    case 'unsafeSync':
      return l10n.t(
        'forceSync=no answers writes before they are on disk: a power loss loses them.',
      );
    case 'noAcl':
      return l10n.t('skipACL=yes lets every client read and change every znode.');
    case 'planValue':
      return l10n.t('{2} has {0}={1}: {3}.', a, b, c, d);
    case 'planVoters':
      return l10n.t('{0} voters stand here, {1} in {2}.', a, b, c);
    default:
      return assertNever(code);
  }
}

/** The title of a quick fix. */
export function fixText({ code, args }: Fix, l10n: L10n): string {
  const [a = '', b = ''] = args;
  switch (code) {
    case 'set':
      return l10n.t('Set {0} to {1}', a, b);
    case 'add':
      return l10n.t('Add {0}={1}', a, b);
    case 'remove':
      return l10n.t('Remove this {0}', a);
    case 'rename':
      return l10n.t('Change {0} to {1}', a, b);
    default:
      return assertNever(code);
  }
}
