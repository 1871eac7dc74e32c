import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatConnectString,
  isLoopback,
  parseConnectString,
  type ConnectString,
} from '../../../src/zk/connectString';

describe('parseConnectString', () => {
  it.each([
    ['localhost', 'localhost:2181'],
    ['zk1:2181,zk2:2182', 'zk1:2181,zk2:2182'],
    [' zk1 , zk2:1/app/x ', 'zk1:2181,zk2:1/app/x'],
    ['zk1/', 'zk1:2181'],
    ['[::1]:2181,[2001:db8::1]', '[::1]:2181,[2001:db8::1]:2181'],
    ['[fe80::1%eth0]:1', '[fe80::1%eth0]:1'],
    ['my_host.internal.', 'my_host.internal.:2181'],
  ])('reads %j', (text, canonical) => {
    const parsed = parseConnectString(text);
    expect('kind' in parsed ? parsed : formatConnectString(parsed)).toBe(canonical);
  });

  it.each([
    ['', { kind: 'empty' }],
    ['  ', { kind: 'empty' }],
    ['/app', { kind: 'emptyHost', index: 0 }],
    ['a,,b', { kind: 'emptyHost', index: 1 }],
    ['a:', { kind: 'port', text: '' }],
    ['a:0', { kind: 'port', text: '0' }],
    ['a:65536', { kind: 'port', text: '65536' }],
    ['a:2181x', { kind: 'port', text: '2181x' }],
    ['::1', { kind: 'unbracketed', text: '::1' }],
    ['2001:db8::1:2181', { kind: 'unbracketed', text: '2001:db8::1:2181' }],
    ['-a', { kind: 'host', text: '-a' }],
    ['a b', { kind: 'host', text: 'a b' }],
    ['zk://a', { kind: 'scheme', text: 'zk://' }],
    ['a/x//y', { kind: 'chroot', problem: { kind: 'emptySegment', index: 3 } }],
    ['a/x/', { kind: 'chroot', problem: { kind: 'trailingSlash' } }],
  ])('refuses %j', (text, problem) => {
    expect(parseConnectString(text)).toEqual(problem);
  });

  it('reads back what it writes, and never throws', () => {
    const host = fc.oneof(
      fc.domain(),
      fc.ipV4(),
      fc.ipV6().filter((ip) => ip.includes(':')),
    );
    const address = fc.record({
      hosts: fc.array(fc.record({ host, port: fc.integer({ min: 1, max: 65535 }) }), {
        minLength: 1,
      }),
      chroot: fc.constantFrom('', '/a', '/a/b-c'),
    });
    fc.assert(
      fc.property(address, (value) => {
        expect(parseConnectString(formatConnectString(value))).toEqual(value);
      }),
    );
    fc.assert(fc.property(fc.string(), (text) => void parseConnectString(text)));
  });
});

describe('isLoopback', () => {
  it.each([
    ['127.0.0.1', true],
    ['127.8.9.1:99,localhost,[::1]', true],
    ['localhost,zk1', false],
    ['127.evil.example', false],
    ['localhost.evil.example', false],
  ])('%s: %s', (text, expected) => {
    expect(isLoopback(parseConnectString(text) as ConnectString)).toBe(expected);
  });
});
