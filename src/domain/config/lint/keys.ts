/** Keys of ZooKeeper 3.4 to 3.9 that take a whole number. */
export const NUMBERS: ReadonlySet<string> = new Set([
  'tickTime',
  'initLimit',
  'syncLimit',
  'connectToLearnerMasterLimit',
  'minSessionTimeout',
  'maxSessionTimeout',
  'clientPort',
  'secureClientPort',
  'maxClientCnxns',
  'clientPortListenBacklog',
  'electionAlg',
  'observerMasterPort',
  'autopurge.snapRetainCount',
  'autopurge.purgeInterval',
  'admin.serverPort',
  'metricsProvider.httpPort',
  'maxCnxns',
  'globalOutstandingLimit',
  'snapCount',
  'preAllocSize',
  'commitLogCount',
  'snapSizeLimitInKb',
  'flushDelay',
  'maxWriteQueuePollTime',
  'maxBatchSize',
  'requestThrottleLimit',
  'requestThrottleStallTime',
  'maxResponseCacheSize',
  'maxGetChildrenResponseCacheSize',
  'largeRequestMaxBytes',
  'largeRequestThreshold',
  'fsync.warningthresholdms',
  'multiAddress.reachabilityCheckTimeoutMs',
  'quorum.cnxn.threads.size',
  'maxTimeToWaitForEpoch',
  'cnxTimeout',
  'electionPortBindRetry',
]);

/** Those of them that a server refuses to start with when they are 0 (seen with 3.8). */
export const POSITIVE: ReadonlySet<string> = new Set(['tickTime', 'initLimit', 'syncLimit']);

/** Keys for which a server only starts with `true` or `false` (seen with 3.8). */
export const BOOLEANS: ReadonlySet<string> = new Set([
  'localSessionsEnabled',
  'localSessionsUpgradingEnabled',
  'syncEnabled',
  'quorumListenOnAllIPs',
  'sslQuorum',
  'portUnification',
  'sslQuorumReloadCertFiles',
  'reconfigEnabled',
  'standaloneEnabled',
  'multiAddress.enabled',
  'multiAddress.reachabilityCheckEnabled',
  'quorum.auth.enableSasl',
  'quorum.auth.serverRequireSasl',
  'quorum.auth.learnerRequireSasl',
]);

/** The other keys that servers and their documentation know. */
const OTHERS: readonly string[] = [
  'dataDir',
  'dataLogDir',
  'clientPortAddress',
  'secureClientPortAddress',
  'observerMasterAddress',
  'dynamicConfigFile',
  'standaloneEnabled',
  'reconfigEnabled',
  'peerType',
  'syncEnabled',
  'quorumListenOnAllIPs',
  'localSessionsEnabled',
  'localSessionsUpgradingEnabled',
  'leaderServes',
  'forceSync',
  'skipACL',
  'sslQuorum',
  'portUnification',
  'sslQuorumReloadCertFiles',
  'client.portUnification',
  'serverCnxnFactory',
  'extendedTypesEnabled',
  'emulate353TTLNodes',
  'enforceQuota',
  'watchManagerName',
  'snapshot.trust.empty',
  'snapshot.compression.method',
  'audit.enable',
  'digest.enabled',
  'serializeLastProcessedZxid.enabled',
  'requestThrottleDropStale',
  'throttledOpWaitTime',
  'learner.asyncSending',
  'learner.closeSocketAsync',
  'leader.closeSocketAsync',
  'follower.nodelay',
  'leader.nodelay',
  'tcpKeepAlive',
  'admin.enableServer',
  'admin.serverAddress',
  'admin.commandURL',
  'admin.idleTimeout',
  'admin.portUnification',
  '4lw.commands.whitelist',
  'DigestAuthenticationProvider.superDigest',
  'DigestAuthenticationProvider.digestAlg',
  'X509AuthenticationProvider.superUser',
  'requireClientAuthScheme',
  'sessionRequireClientSASLAuth',
  'kerberos.removeHostFromPrincipal',
  'kerberos.removeRealmFromPrincipal',
  'jaasLoginRenew',
  'oraclePath',
];

/** Families of keys, with their dot. */
const FAMILIES =
  /^(?:server|group|weight|authProvider|ssl|metricsProvider|quorum|multiAddress|nio|netty|commitProcessor|admin|znode|request|learner|leader|fastleader|audit|snapshot|connection|enableEagerACLCheck|readonlymode|sasl)\./;

export const isKnownKey = (key: string): boolean =>
  NUMBERS.has(key) || OTHERS.includes(key) || FAMILIES.test(key);

/** A known key that differs in case or by at most two letters; undefined when none or several do. */
export function similarKey(key: string): string | undefined {
  const known = [...NUMBERS, ...OTHERS];
  const lower = key.toLowerCase();
  const same = known.find((one) => one.toLowerCase() === lower);
  if (same !== undefined || key.length < 5) return same;
  const near = known.filter((one) => isNear(one.toLowerCase(), lower));
  return near.length === 1 ? near[0] : undefined;
}

const MOST_EDITS = 2;

/** Whether at most two letters were added, left out or changed. */
function isNear(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > MOST_EDITS) return false;
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const changed = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(changed, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return (row[b.length] ?? Infinity) <= MOST_EDITS;
}
