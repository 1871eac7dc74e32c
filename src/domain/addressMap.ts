/** Where to go instead of a `host:port`, for ensembles behind containers and tunnels. */
export type AddressMap = Readonly<Record<string, string>>;

const ADDRESS = /^(\[[0-9a-fA-F:.]+\]|\w(?:[\w.-]*\w)?):(\d{1,5})$/;

/** Reads `addressMap` of an entry, or says what is wrong. */
export function parseAddressMap(raw: unknown): AddressMap | string {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) {
    return '"addressMap" must be an object';
  }
  const entries = Object.entries(raw) as [string, unknown][];
  return entries.every((pair) => pair.every(isAddress))
    ? (raw as AddressMap)
    : '"addressMap" must have host:port both as names and as values';
}

function isAddress(value: unknown): boolean {
  const port = typeof value === 'string' ? Number(ADDRESS.exec(value)?.[2]) : 0;
  return port > 0 && port < 65_536;
}
