import { block } from './blocks';
import { openFilesReason, processMiB, processReason, type PlanFacts } from './facts';
import type { ConfigFile } from './file';
import { oneLine, reason } from './text';
import { DATA_DIR, LOG_DIR } from './hostKeys';
import { CONF_DIR, planLine } from './zooCfg';

export interface SystemdOptions {
  readonly planFile: string;
  /** Of the unit. */
  readonly name: string;
  /** Where ZooKeeper is unpacked. */
  readonly home?: string;
}

/** A unit that runs a server of an unpacked ZooKeeper. */
export function systemd(
  facts: PlanFacts,
  { planFile, name, home = '/opt/zookeeper' }: SystemdOptions,
): ConfigFile {
  const { input } = facts;
  const lines = [
    reason(planLine(facts, planFile)),
    reason(
      'Change it in a drop-in: systemctl edit. What stands between the marks is written anew.',
    ),
    '[Unit]',
    `Description=${unitText(`ZooKeeper server ${input.title}`)}`,
    'Documentation=https://zookeeper.apache.org/doc/current/zookeeperAdmin.html',
    'Wants=network-online.target',
    'After=network-online.target',
    '',
    '[Service]',
    'Type=exec',
    'User=zookeeper',
    'Group=zookeeper',
    `Environment=ZOOCFGDIR=${CONF_DIR} ZOO_LOG_DIR=/var/log/zookeeper`,
    `ExecStart=${home}/bin/zkServer.sh --config ${CONF_DIR} start-foreground`,
    'SuccessExitStatus=143',
    'Restart=on-failure',
    'RestartSec=5',
    reason(openFilesReason(facts)),
    `LimitNOFILE=${input.ensemble.openFiles}`,
    reason(processReason(facts)),
    `MemoryMax=${processMiB(facts)}M`,
    'MemorySwapMax=0',
    'NoNewPrivileges=yes',
    'ProtectSystem=strict',
    'ProtectHome=yes',
    'PrivateTmp=yes',
    reason('made by systemd for this user: /var/lib/zookeeper and /var/log/zookeeper'),
    'StateDirectory=zookeeper',
    'LogsDirectory=zookeeper',
    reason('folders of zoo.cfg; reconfig writes the dynamic file'),
    `ReadWritePaths=-${DATA_DIR} -${LOG_DIR} -${CONF_DIR}`,
    '',
    '[Install]',
    'WantedBy=multi-user.target',
  ];
  return {
    path: `${name}.service`,
    text: block('hash', 'unit', lines),
    merge: { kind: 'blocks', comment: 'hash', appends: false },
  };
}

/** `%` starts a specifier, a backslash at the end would continue the line. */
const unitText = (text: string): string =>
  oneLine(text).replace(/%/g, '%%').replace(/\\/g, '/').trim();
