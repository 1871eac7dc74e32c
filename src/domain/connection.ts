/**
 * A saved connection as it stands in the setting `zookeeperWorkbench.connections`. Holds no secret:
 * a digest user and password live in SecretStorage, bound to id, hosts and TLS mode.
 */
export interface ConnectionProfile {
  /** `[a-z0-9-]+`, the authority of `zk:` URIs. */
  readonly id: string;
  readonly name: string;
  /** `host:port,…/chroot` */
  readonly connectString: string;
  /** Whether the workbench refuses to write through this connection. */
  readonly readOnly: boolean;
  /** `digest`: credentials are needed, from SecretStorage or by asking. */
  readonly auth: 'none' | 'digest';
  /** Where the profile is saved; presets of a workspace are visible only when it is trusted. */
  readonly origin: 'user' | 'workspace';
}
