import { md5Words } from '../hashes/md5';
import type { Member, Sink } from '../layout/points';
import { encodeUtf8 } from '../../textCoding';
import type { Hash32, Hash64 } from './rules';

/**
 * Writers of points. The text of a virtual node is `text` + number; numbers count from 0. Texts are
 * built in one buffer, since a big ring hashes 40,000 of them.
 */
export type NameOf = (member: Member) => string;

const DIGITS_MAX = 10;
const ZERO = 48;

/** Calls `use` for each of `count` texts with a buffer and the length used in it. */
export function eachText(
  text: string,
  count: number,
  use: (bytes: Uint8Array, length: number) => void,
): void {
  const prefix = encodeUtf8(text);
  const buffer = new Uint8Array(prefix.length + DIGITS_MAX);
  buffer.set(prefix);
  for (let i = 0; i < count; i++) {
    let digits = 1;
    for (let rest = i; rest > 9; rest = Math.trunc(rest / 10)) digits++;
    const length = prefix.length + digits;
    for (let at = length - 1, rest = i; at >= prefix.length; at--, rest = Math.trunc(rest / 10)) {
      buffer[at] = ZERO + (rest % 10);
    }
    use(buffer, length);
  }
}

/** Four little-endian points from each MD5: the ketama way. */
export function md5Points(name: NameOf) {
  const words = new Uint32Array(4);
  return {
    identity: name,
    label: (member: Member, index: number): string =>
      `${name(member)}${Math.floor(index / 4)}[${index % 4}]`,
    write(member: Member, count: number, sink: Sink): void {
      eachText(name(member), count / 4, (bytes, length) => {
        md5Words(bytes, length, words);
        sink.hi.set(words, sink.at);
        sink.at += 4;
      });
    },
  };
}

/** One 32-bit point from each hash. */
export function hashPoints(name: NameOf, hash: Hash32) {
  return {
    identity: name,
    label: (member: Member, index: number): string => `${name(member)}${index}`,
    write(member: Member, count: number, sink: Sink): void {
      eachText(name(member), count, (bytes, length) => {
        sink.hi[sink.at++] = hash(bytes, length);
      });
    },
  };
}

/** One 64-bit point from each hash. */
export function hashPoints64(name: NameOf, hash: Hash64) {
  const out = new Uint32Array(2);
  return {
    identity: name,
    label: (member: Member, index: number): string => `${name(member)}${index}`,
    write(member: Member, count: number, sink: Sink): void {
      eachText(name(member), count, (bytes, length) => {
        hash(bytes, length, out);
        sink.hi[sink.at] = out[0] ?? 0;
        if (sink.lo) sink.lo[sink.at] = out[1] ?? 0;
        sink.at++;
      });
    },
  };
}

/** `host` and `port` of an address; the port is '' when there is none. Handles `[::1]:80`. */
export function hostPort(address: string): { host: string; port: string } {
  const match = /^(.*):(\d+)$/s.exec(address);
  return { host: match?.[1] ?? address, port: match?.[2] ?? '' };
}

/** Memcached clients drop the default port from names. */
export function withoutMemcachedPort(address: string): string {
  const { host, port } = hostPort(address);
  return port === '11211' ? host : address;
}
