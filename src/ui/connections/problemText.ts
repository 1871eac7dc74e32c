import type * as vscode from 'vscode';
import type { PathProblem } from '../../domain/znode/path';
import type { ConnectStringProblem } from '../../zk/connectString';

type L10n = typeof vscode.l10n;

/** What is wrong with a connect string and what to do about it. */
export function describeProblem(problem: ConnectStringProblem, l10n: L10n): string {
  switch (problem.kind) {
    case 'empty':
      return l10n.t('Enter at least one host, for example localhost:2181.');
    case 'emptyHost':
      return l10n.t('Host {0} is empty. Enter it or remove the comma.', problem.index + 1);
    case 'host':
      return problem.text === ''
        ? l10n.t('A host is missing before the colon.')
        : l10n.t('"{0}" is not a host name or address.', shorten(problem.text));
    case 'port':
      return problem.text === ''
        ? l10n.t('A port is missing after the colon. Enter one or remove the colon.')
        : l10n.t('"{0}" is not a port. Use a number from 1 to 65535.', shorten(problem.text));
    case 'unbracketed':
      return l10n.t(
        '"{0}" has several colons. Put an IPv6 address in brackets, for example [::1]:2181.',
        shorten(problem.text),
      );
    case 'scheme':
      return l10n.t('Remove "{0}" and start with the first host.', shorten(problem.text));
    case 'chroot':
      return describeChroot(problem.problem, l10n);
  }
}

function describeChroot(problem: PathProblem, l10n: L10n): string {
  switch (problem.kind) {
    case 'notAbsolute':
      return l10n.t('The chroot must start with a slash.');
    case 'trailingSlash':
      return l10n.t('Remove the slash at the end of the chroot.');
    case 'emptySegment':
      return l10n.t('The chroot has two slashes in a row. Remove one of them.');
    case 'relativeSegment':
      return l10n.t('The chroot cannot contain the names "." and "..". Write the whole path.');
    case 'character':
      return l10n.t(
        'ZooKeeper does not allow the character U+{0} at position {1} of the chroot. Remove it.',
        problem.code.toString(16).toUpperCase().padStart(4, '0'),
        problem.index + 1,
      );
  }
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
