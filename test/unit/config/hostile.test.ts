import { describe, expect, it } from 'vitest';
import { piecesOf } from '../../../src/domain/config/blocks';
import { lintZooCfg } from '../../../src/domain/config/lint/lint';
import { merge } from '../../../src/domain/config/merge';
import { MAX_CFG_LENGTH } from '../../../src/domain/config/zooCfgParse';
import { fileOf, filesOf, sampleFacts } from './configSupport';

/** Each takes a twentieth of it; what is quadratic in the length takes half a minute or more. */
const MOST_MS = 10_000;

const filled = (part: string): string =>
  part.repeat(Math.ceil(MAX_CFG_LENGTH / part.length)).slice(0, MAX_CFG_LENGTH);
const numbered = (start: string, end = ''): string =>
  Array.from({ length: 40_000 }, (_, at) => `${start}${at}${end}`).join('\n');

/** Milliseconds of the processor, which other work on the machine does not lengthen. */
function msOf(action: () => unknown): number {
  const start = process.cpuUsage();
  action();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

const files = filesOf(sampleFacts('queue'));

describe('a file at the limit', () => {
  it.each([
    ['backslashes before the end of a line', `a=${filled('\\')}x`],
    ['backslashes in a key', `${filled('\\')}x`],
    ['continued lines', filled('\\\n')],
    ['blanks', `a${filled(' ')}b`],
    ['slashes', `dataDir=${filled('/').slice(9)}x\ndataLogDir=/x`],
    ['slashes in the second folder', `dataLogDir=/\ndataDir=${filled('/').slice(30)}x`],
    ['unknown keys that are nearly known', numbered('maxClient')],
    ['one key again and again', filled('tickTime=x\n')],
    ['servers', numbered('server.', '=h:1:2')],
    ['addresses of one server', `server.1=${filled('a:1:2|')}`],
    ['blanks before a role', `server.1=a:1:2:${filled(' ')}x`],
  ])('with %s is judged at once', (_, text) => {
    expect(msOf(() => lintZooCfg(text, false))).toBeLessThan(MOST_MS);
  });

  it('gets no more findings than a person reads, each of them short', () => {
    const text = `${'a=1\n'.repeat(100_000)}a=${'x'.repeat(500_000)}`;
    const findings = lintZooCfg(text, false);
    expect(findings.length).toBeLessThan(2_000);
    expect(Math.max(...findings.flatMap(({ args }) => args).map((arg) => arg.length))).toBeLessThan(
      500,
    );
  });

  it.each([
    ['zoo.cfg', `a=1${filled('\n').slice(6)}b=2`],
    ['zoo.cfg', `a=1${filled('\n').slice(3)}`],
    ['zoo.cfg', filled('a\\\n')],
    ['zoo.cfg', filled('# [plan] a\n')],
    ['PLAN.md', `# notes${filled('\n')}more`],
    ['java.env', filled('# >>> ZooKeeper Workbench: heap\n')],
    ['java.env', numbered('# >>> ZooKeeper Workbench: b')],
    ['docker-compose.yml', filled('# <<< ZooKeeper Workbench: services\n')],
  ])('is written into at once: %s', (path, text) => {
    expect(msOf(() => merge(text, fileOf(files, path)))).toBeLessThan(MOST_MS);
  });

  it('is left alone beyond the limit, of which nothing would be read', () => {
    const [file, text] = [fileOf(files, 'zoo.cfg'), filled('#')];
    expect(merge(text, file)).toBeDefined();
    expect(merge(`${text}#`, file)).toBeUndefined();
  });
});

describe('blocks', () => {
  const open = '# >>> ZooKeeper Workbench: one';
  const close = '# <<< ZooKeeper Workbench: one';
  const names = (lines: readonly string[]) =>
    piecesOf(lines, 'hash').map(({ name, lines: { length } }) => [name, length]);

  it('end with the next mark of their name', () => {
    expect(names([close, open, 'a', open, close, 'b', open, close, close, open])).toEqual([
      [undefined, 1],
      ['one', 4],
      [undefined, 1],
      ['one', 2],
      [undefined, 2],
    ]);
  });
});
