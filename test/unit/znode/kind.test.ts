import { describe, expect, it } from 'vitest';
import { contextValue } from '../../../src/domain/contextValue';
import { kindOf } from '../../../src/domain/znode/kind';
import type { ZnodeStat } from '../../../src/domain/znode/stat';

const stat = (ephemeralOwner: bigint): ZnodeStat => ({
  czxid: 1n,
  mzxid: 1n,
  pzxid: 1n,
  ctime: 0,
  mtime: 0,
  version: 0,
  cversion: 0,
  aversion: 0,
  ephemeralOwner,
  dataLength: 0,
  numChildren: 0,
});

describe('kindOf', () => {
  it.each([
    ['config', undefined, { ephemeral: false, sequential: false }],
    ['config', stat(0n), { ephemeral: false, sequential: false }],
    ['config', stat(7n), { ephemeral: true, sequential: false }],
    ['config', stat(-7n), { ephemeral: true, sequential: false }],
    ['lock-0000000001', stat(7n), { ephemeral: true, sequential: true }],
    ['lock-0000000001', undefined, { ephemeral: false, sequential: true }],
  ])('tells %s', (name, known, kind) => {
    expect(kindOf(name, known)).toEqual(kind);
  });
});

describe('contextValue', () => {
  it.each([
    ['znode', {}, 'znode'],
    ['znode', { readonly: true, ephemeral: true }, 'znode+ephemeral+readonly'],
    ['znode', { readonly: true, ephemeral: false, leader: true }, 'znode+leader+readonly'],
    ['connection', { connected: false }, 'connection'],
  ])('builds that of a %s with %j', (noun, flags, value) => {
    expect(contextValue(noun, flags)).toBe(value);
  });

  it('needs no flags', () => {
    expect(contextValue('connection')).toBe('connection');
  });
});
