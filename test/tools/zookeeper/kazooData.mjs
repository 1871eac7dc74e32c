// @ts-check

/**
 * `open` = anyone may do anything, `read` = anyone may read, `creator` = everything for who is
 * authenticated. `perms` are letters of `cdrwa`; a digest id is `user:base64(sha1(user:password))`.
 * @typedef {{ scheme: string, id: string, perms: string }} AclEntry
 * @typedef {'open' | 'read' | 'creator' | readonly AclEntry[]} AclSpec
 */

/**
 * @typedef {object} CreateOptions
 * @property {boolean} [ephemeral]
 * @property {boolean} [sequence]
 * @property {boolean} [makepath] create missing parents
 * @property {AclSpec} [acl] default `open`
 */

/**
 * @typedef {object} Stat
 * @property {bigint} czxid
 * @property {bigint} mzxid
 * @property {number} ctime ms
 * @property {number} mtime ms
 * @property {number} version
 * @property {number} cversion
 * @property {number} aversion
 * @property {bigint} ephemeralOwner
 * @property {number} dataLength
 * @property {number} numChildren
 * @property {bigint} pzxid
 */

/** @param {string | Uint8Array} data text becomes UTF-8 */
export function bytes(data) {
  return typeof data === 'string' ? Buffer.from(data) : data;
}

/**
 * zxids and session ids are 64 bits wide and always bigint, whatever size they happen to have.
 * @param {Record<string, number | bigint>} raw
 * @returns {Stat}
 */
export function statOf(raw) {
  const longs = ['czxid', 'mzxid', 'ephemeralOwner', 'pzxid'].map((key) => [
    key,
    BigInt(raw[key] ?? 0),
  ]);
  return /** @type {any} */ ({ ...raw, ...Object.fromEntries(longs) });
}
