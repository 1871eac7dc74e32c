import { describe, expect, it } from 'vitest';
import { writeLine } from '../../../src/domain/writeLine';

const row = {
  timeMs: Date.UTC(2026, 0, 31, 12),
  connection: 'Prod (production)',
  operation: 'setData',
  paths: ['/a/b'],
  version: 3,
  result: 'ok',
};

describe('a line of the log of writes', () => {
  it('tells time, connection, operation, path, version and result', () => {
    expect(writeLine(row)).toBe(
      '2026-01-31T12:00:00.000Z  Prod (production)  setData  /a/b  version 3  ok',
    );
  });

  it('has no version where any would do', () => {
    expect(writeLine({ ...row, version: -1 })).not.toContain('version');
    expect(writeLine({ ...row, version: undefined })).not.toContain('version');
  });

  it('is one line that hides nothing', () => {
    const line = writeLine({ ...row, paths: ['/a\u202eb\u200b', '/x\ny'], connection: 'A\r\nB' });
    expect(line).toContain('A\\u{d}\\u{a}B');
    expect(line).toContain('/a\\u{202e}b\\u{200b}, /x\\u{a}y');
  });

  it('is bounded, however many and however long the paths are', () => {
    const paths = Array.from({ length: 10_000 }, (_, i) => `/${String(i).repeat(10_000)}`);
    const line = writeLine({ ...row, paths, result: 'x'.repeat(10_000) });
    expect(line.length).toBeLessThan(1_900);
    expect(line).toContain(' +9995');
  });
});
