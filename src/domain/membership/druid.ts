import { parseAddress } from './address';
import { field, readObject, textField } from './json';
import { type ChildInput, type Draft } from './member';

/**
 * A Druid process: its name is `host:port` (`CuratorDruidNodeAnnouncer`, `ZkPathsConfig`). The data
 * adds the tier, `services.dataNodeService.tier` or, in older announcements, `tier`.
 */
export function parseDruidNode({ name, data }: ChildInput): Draft | string {
  const address = parseAddress(name);
  if (address === undefined) return 'is no host:port';
  const node = data === undefined ? undefined : readObject(data);
  const service = field(field(node, 'services'), 'dataNodeService');
  return { address, zone: textField(service, 'tier') ?? textField(node, 'tier') };
}
