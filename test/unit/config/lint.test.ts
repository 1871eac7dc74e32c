import { assert, constantFrom, array, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../src/domain/config/lint/finding';
import { lintZooCfg, looksLikeZooCfg } from '../../../src/domain/config/lint/lint';
import { isOneDevice } from '../../../src/ui/config/devices';
import { findingText, fixText } from '../../../src/ui/config/lintText';
import { englishL10n } from '../../fakes/userInput';
import { fileOf, filesOf, sampleFacts } from './configSupport';

const LIST = `\
server.1=a:2888:3888;2181
server.2=b:2888:3888;2181
server.3=c:2888:3888;2181
`;
const GOOD = `\
tickTime=2000
initLimit=10
syncLimit=5
dataDir=/var/lib/zookeeper/data
dataLogDir=/var/lib/zookeeper/log
autopurge.purgeInterval=1
${LIST}`;

const codes = (text: string, isDynamic = false): string[] =>
  lintZooCfg(text, isDynamic).map(({ code }) => code);

/** The text after a finding's fix, as an editor applies it. */
function fixed(text: string, { fix }: Finding): string {
  const starts = [0];
  for (const { index } of text.matchAll(/\n/g)) starts.push(index + 1);
  const offset = (line: number, column: number): number =>
    Math.min(text.length, (starts[line] ?? text.length) + column);
  const [edit] = fix?.edits ?? [];
  if (edit === undefined) throw new Error('no fix');
  const { range } = edit;
  return (
    text.slice(0, offset(range.line, range.column)) +
    edit.text +
    text.slice(offset(range.endLine, range.endColumn))
  );
}

describe('lintZooCfg', () => {
  it('finds nothing wrong with a good file, nor with what a plan writes', () => {
    expect(codes(GOOD)).toEqual([]);
    const facts = sampleFacts('queue');
    const plan = { file: 'queue.zkplan.json', facts };
    const files = filesOf(facts);
    for (const path of ['zoo.cfg', 'local/server.1/zoo.cfg']) {
      expect(lintZooCfg(fileOf(files, path).text, false, { plan }), path).toEqual([]);
    }
    expect(lintZooCfg(fileOf(files, 'zoo.cfg.dynamic').text, true, { plan })).toEqual([]);
  });

  it.each([
    ['syncLimit=5', 'syncLimit=five', 'notANumber', undefined],
    ['syncLimit=5', 'syncLimit=5 # ticks', 'commentInValue', 'syncLimit=5\n'],
    ['syncLimit=5', 'syncLimit=0', 'notPositive', undefined],
    ['tickTime=2000', 'tickTime=0', 'notPositive', undefined],
    ['syncLimit=5', 'syncLimit=5\nsslQuorum=ja', 'notABoolean', undefined],
    ['syncLimit=5', 'syncLimit=5\nreconfigEnabled=yes', 'notABoolean', 'reconfigEnabled=true'],
    ['syncLimit=5', 'syncLimit=5\npeerType=leader', 'badPeerType', undefined],
    ['syncLimit=5', 'syncLimit=5\nmyOwnKey=1', 'unknownKey', undefined],
    ['syncLimit=5', 'syncLimit=5\nsnapcount=7', 'similarKey', 'snapCount=7'],
    ['tickTime=2000', 'tickTime=1000\ntickTime=2000', 'repeatedKey', undefined],
    ['server.1=a:2888:3888;2181', 'server.1=a;2181', 'badServer', undefined],
    ['server.1=', 'server.one=', 'badServer', undefined],
    ['server.1=a:2888:3888', 'server.1=a:2888:3888|garbage', 'badServer', undefined],
    ['b:2888:3888', 'a:2888:3889', 'repeatedAddress', undefined],
    ['b:2888:3888', 'b:2888:3888|a:2890:3888', 'repeatedAddress', undefined],
    ['syncLimit=5', 'syncLimit=5\ndynamicConfigFile=/d', 'serverInBothFiles', undefined],
    ['server.3=c:2888:3888;2181', '', 'twoVoters', undefined],
    ['server.3=', 'server.4=d:2888:3888;2181\nserver.3=', 'evenVoters', undefined],
    [LIST, 'clientPort=2181\nstandaloneEnabled=false\n', 'noServers', 'standaloneEnabled=true\n'],
    ['initLimit=10\n', '', 'missingLimit', 'initLimit=10'],
    ['syncLimit=5\n', '', 'missingLimit', 'syncLimit=5'],
    ['dataDir=/var/lib/zookeeper/data\n', '', 'missingDataDir', undefined],
    [';2181', '', 'missingClientPort', undefined],
    ['autopurge.purgeInterval=1\n', '', 'noPurge', 'autopurge.purgeInterval=1'],
    ['purgeInterval=1', 'purgeInterval=0', 'noPurge', 'autopurge.purgeInterval=1'],
    ['tickTime', 'autopurge.snapRetainCount=1\ntickTime', 'fewSnapshots', 'snapRetainCount=3'],
    ['/zookeeper/log', '/zookeeper/data/', 'sameFolder', undefined],
    ['dataLogDir=/var/lib/zookeeper/log\n', '', 'noLogFolder', undefined],
    ['tickTime', 'minSessionTimeout=50000\ntickTime', 'sessionsReversed', 'minSessionTimeout=4000'],
    ['tickTime', 'maxSessionTimeout=3000\ntickTime', 'sessionsReversed', undefined],
    ['tickTime', 'jute.maxbuffer=4194304\ntickTime', 'notInThisFile', undefined],
    ['tickTime', 'forceSync=no\ntickTime', 'unsafeSync', 'forceSync=yes'],
    ['tickTime', 'skipACL=yes\ntickTime', 'noAcl', 'skipACL=no'],
  ])('%j → %j: %s', (from, to, code, after) => {
    const text = from === ';2181' ? GOOD.replaceAll(from, to) : GOOD.replace(from, to);
    const findings = lintZooCfg(text, false);
    expect([...new Set(findings.map((one) => one.code))]).toEqual([code]);
    const [finding] = findings;
    if (after === undefined || finding === undefined) return;
    const again = fixed(text, finding);
    expect(again).toContain(after);
    expect(codes(again)).toEqual([]);
  });

  it.each([
    ['server.1=a:2888:3888;2181', 'server.1=a:2888:3888:participant|a2:2888:3888:Participant;2181'],
    [';2181', ';;2281'],
    ['server.1=', 'server.1001='],
    [LIST, 'server.1=a:2888:3888;2181\nstandaloneEnabled=false\n'],
    [LIST, 'dynamicConfigFile=zoo.cfg.dynamic\nstandaloneEnabled=false\n'],
    ['server.3=', 'server.4=d:2888:3888;2181\nweight.4=0\ngroup.1=1:2:3:4\nserver.3='],
    [
      'server.3=',
      'group.1=1:2\ngroup.2=3:4\ngroup.3=5:6\nserver.4=d:2888:3888\nserver.5=e:2888:3888\nserver.6=f:2888:3888\nserver.3=',
    ],
  ])('%j → %j: nothing', (from, to) => {
    expect(codes(GOOD.replaceAll(from, to))).toEqual([]);
  });

  it('says when data and log share a device, unless they share a folder', () => {
    const around = { isOneDevice: true };
    expect(lintZooCfg(GOOD, false, around).map(({ code }) => code)).toEqual(['sameDevice']);
    const same = GOOD.replace('/zookeeper/log', '/zookeeper/data');
    expect(lintZooCfg(same, false, around).map(({ code }) => code)).toEqual(['sameFolder']);
  });

  it.skipIf(process.platform === 'win32')('looks at devices of folders that are here', async () => {
    const folders = (data: string, log: string) =>
      isOneDevice(`dataDir=${data}\ndataLogDir=${log}\n`);
    expect(await folders('/usr', '/usr/bin')).toBe(true);
    expect(await folders('/usr', '/proc')).toBe(false);
    expect(await folders('/usr', '/not/there')).toBeUndefined();
    expect(await folders('/usr', '//host/share')).toBeUndefined();
    expect(await folders('.', 'log')).toBeUndefined();
  });

  it('holds a file against a plan', () => {
    const facts = sampleFacts('queue');
    const plan = { file: 'queue.zkplan.json', facts };
    const text = GOOD.replace('initLimit=10', 'initLimit=3').replace(/server\.3.*\n/, '');
    const findings = lintZooCfg(text, false, { plan }).filter(({ code }) =>
      code.startsWith('plan'),
    );
    expect(findings.map((one) => findingText(one, englishL10n))).toEqual([
      expect.stringMatching(/^queue\.zkplan\.json has initLimit=10: ticks; a follower needs/),
      '2 voters stand here, 3 in queue.zkplan.json.',
    ]);
    const [first] = findings;
    expect(first && fixed(text, first)).toBe(text.replace('initLimit=3', 'initLimit=10'));
  });

  it('looks at the servers of a dynamic file alone', () => {
    expect(codes('server.1=a:2888:3888;2181\nserver.2=b:2888:3888;2181\n', true)).toEqual([
      'twoVoters',
    ]);
    expect(codes('version=100000000\n', true)).toEqual([]);
  });

  it('says something about each finding and fix, and never fails', () => {
    const line = constantFrom(...GOOD.split('\n'), 'tickTime', 'dataDir=', 'skipACL=yes', 'x=\\');
    assert(
      property(array(line), string(), (lines, end) => {
        const text = [...lines, end].join('\n');
        for (const finding of lintZooCfg(text, false)) {
          expect(findingText(finding, englishL10n)).not.toMatch(/\{\d\}|undefined/);
          if (finding.fix) expect(fixText(finding.fix, englishL10n)).not.toMatch(/\{\d\}/);
        }
      }),
    );
  });

  it('knows a zoo.cfg of another name by its keys', () => {
    expect(looksLikeZooCfg(GOOD)).toBe(true);
    expect(looksLikeZooCfg('[section]\nserver=1\ndataDir=/x\n')).toBe(false);
  });
});
