import { describe, expect, test } from 'vitest';
import { readConnectReply } from '../../../src/zk/engine/handshake';
import { JuteReader } from '../../../src/zk/engine/juteReader';
import { JuteWriter } from '../../../src/zk/engine/juteWriter';
import { failureOf, multi } from '../../../src/zk/engine/multi';
import { atRoot } from '../../../src/zk/engine/operation';
import { createOf, getData } from '../../../src/zk/engine/operations';
import { getEphemerals, reconfig } from '../../../src/zk/engine/sessionOperations';
import { body, samples } from './traffic';

const read = (name: string): unknown => {
  const sample = samples.find((one) => one.name === name);
  if (!sample) throw new Error(name);
  const reader = JuteReader.of(sample.reply);
  const value = sample.operation.read(reader, sample.args);
  expect(reader.remaining).toBe(0);
  return value;
};

test('reads a greeting, also one of a server before 3.4', () => {
  const full = body('greeting');
  for (const bytes of [full, full.subarray(0, -1)]) {
    const reply = readConnectReply(JuteReader.of(bytes));
    expect(reply).toMatchObject({ timeoutMs: 40_000, readOnly: false });
    expect(reply.session.password).toHaveLength(16);
  }
});

describe('reads what a server answered', () => {
  test.each(samples.map(({ name }) => name))('%s', (name) => expect(read(name)).toBeDefined());

  test('data and stat', () => {
    expect(read('getData')).toMatchObject({
      stat: { version: 0, cversion: 12, dataLength: 5, numChildren: 12, ephemeralOwner: 0n },
    });
  });

  test('an ACL with a character outside the basic plane', () => {
    expect(read('getAcl')).toMatchObject({
      acl: [
        { scheme: 'world', id: 'anyone', permissions: 31 },
        { scheme: 'digest', id: 'ünï😀:hash', permissions: 1 },
      ],
    });
  });

  test('results of transactions and bulk reads', () => {
    expect(read('multi')).toMatchObject([
      { type: 'checked' },
      { type: 'created', path: '/b' },
      { type: 'set' },
      { type: 'deleted' },
    ]);
    expect(read('multiRead')).toMatchObject([
      { type: 'data' },
      { type: 'children' },
      { type: 'error', serverCode: -101 },
    ]);
  });
});

describe('writes what a server expects', () => {
  const hex = (write: (w: JuteWriter) => void, chroot = ''): string => {
    const w = new JuteWriter(chroot);
    write(w);
    return w.take().toString('hex');
  };
  const nothing = new Uint8Array(0);

  test.each([
    ['persistent', 15, '00000000'],
    ['ephemeral', 15, '00000001'],
    ['persistentSequential', 15, '00000002'],
    ['ephemeralSequential', 15, '00000003'],
    ['container', 19, '00000004'],
    ['persistentTtl', 21, '000000050000000000000007'],
    ['persistentSequentialTtl', 21, '000000060000000000000007'],
  ] as const)('create %s', (mode, opCode, end) => {
    const operation = createOf(mode);
    expect(operation.opCode).toBe(opCode);
    const args = { path: '/a', data: nothing, acl: [], mode, ttlMs: 7 };
    expect(hex((w) => operation.write(w, args))).toBe(`000000022f610000000000000000${end}`);
  });

  test('null for what a reconfiguration leaves as it is', () => {
    const args = { leaving: '3', fromConfig: -1n };
    const expected = `ffffffff0000000133ffffffff${'ff'.repeat(8)}`;
    expect(hex((w) => reconfig.write(w, args))).toBe(expected);
  });

  test('an empty transaction', () => {
    expect(hex((w) => multi.write(w, []))).toBe('ffffffff01ffffffff');
  });

  test('the ephemeral znodes below a chroot, not those beside it', () => {
    const wire = (path: string, chroot: string): string =>
      Buffer.from(hex((w) => getEphemerals.write(w, { path }), chroot).slice(8), 'hex').toString();
    expect(wire('/', '/app')).toBe('/app/');
    expect(wire('/a', '/app')).toBe('/app/a');
    expect(wire('/', '')).toBe('/');
  });

  test('paths of the ensemble itself, whatever the chroot', () => {
    const args = { path: '/a' };
    expect(hex((w) => getData.write(w, args), '/r')).toBe('000000042f722f6100');
    expect(hex((w) => atRoot(getData).write(w, args), '/r')).toBe('000000022f6100');
  });
});

test('the failing step of a transaction is named', () => {
  const steps = [
    { type: 'check', path: '/a', version: 0 },
    { type: 'delete', path: '/b', version: 0 },
    { type: 'delete', path: '/c', version: 0 },
  ] as const;
  const results = [0, -103, -2].map((serverCode) => ({ type: 'error', serverCode }) as const);
  expect(failureOf(steps, results)).toMatchObject({ code: 'BadVersion', path: '/b' });
  expect(failureOf(steps, [{ type: 'checked' }, { type: 'deleted' }])).toBeUndefined();
});
