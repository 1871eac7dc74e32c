import { bytes } from '../capacity/plan/report';
import type { PlanFacts } from './facts';
import { reason } from './text';

const GIB = 2 ** 30;
const VOLUMES = ['data', 'datalog'] as const;
const QUANTITY = /^\d{1,15}(?:\.\d{1,9})?(?:m|k|[KMGTPE]i?)?$/;

/**
 * Two disks for each pod. A StatefulSet refuses other claims than those it was made with, so the
 * sizes in the block that is there stay, with a word on what the plan would want.
 */
export function claims(facts: PlanFacts, set: string, block: string | undefined): string[] {
  const { dedicatedLogDevice } = facts.input.ensemble;
  const { neededBytes } = facts.computed.sizing.disk;
  // Logs and snapshots together, for each of the two: purging may lag.
  const planned = `${Math.max(1, Math.ceil(neededBytes / GIB))}Gi`;
  const sizes = sizesIn(block);
  const reasons = {
    data: `snapshots; ${bytes(neededBytes)} with the logs`,
    datalog: dedicatedLogDevice ? 'the plan counts on a device of its own for the log' : 'the log',
  };
  return [
    `  ${reason('claims stay when a pod is removed; delete them by hand once nobody wants their data')}`,
    '  volumeClaimTemplates:',
    ...VOLUMES.flatMap((volume) => {
      const size = sizes.get(volume) ?? planned;
      return [
        '    - metadata:',
        `        name: ${volume}`,
        '      spec:',
        '        accessModes: ["ReadWriteOnce"]',
        '        resources:',
        '          requests:',
        `            ${reason(reasons[volume])}`,
        ...(size === planned
          ? []
          : [
              `            ${reason(`the plan would have ${planned}, but a StatefulSet keeps its claims as they were made:`)}`,
              `            ${reason(`enlarge them one by one, kubectl edit pvc ${volume}-${set}-0 and so on, where the storage class allows it`)}`,
            ]),
        `            storage: ${size}`,
      ];
    }),
  ];
}

function sizesIn(block = ''): Map<string, string> {
  const [, templates = ''] = block.split('volumeClaimTemplates:');
  const found = templates.matchAll(/\bname: (\w+)\n(?:(?!\bname:)[^])*?\bstorage: "?([^\s"]+)/g);
  return new Map(
    [...found].flatMap(([, volume = '', size = '']) =>
      QUANTITY.test(size) ? [[volume, size] as const] : [],
    ),
  );
}
