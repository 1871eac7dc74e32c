import { addressOf } from './address';
import { field, readObject, textField } from './json';
import { type ChildInput, type Draft } from './member';

/** `host_port`; Pinot puts the role of the instance in front. */
const INSTANCE = /^(?:(?:Server|Broker|Controller|Minion)_)?(.+)_(\d{1,5})$/;

/** A child of `LIVEINSTANCES` of a Helix cluster, Pinot's among them. */
export function parseHelixInstance({ name }: ChildInput): Draft | string {
  const [, host, port] = INSTANCE.exec(name) ?? [];
  const address = addressOf(host, port);
  return address === undefined ? 'is no instance name such as host_8098' : { address, name };
}

/**
 * A child of `CONFIGS/PARTICIPANT`, with the simple fields of Helix's `InstanceConfig`: it tells the
 * real host of an instance with another name, its weight, and whether it is enabled.
 */
export function parseHelixConfig(child: ChildInput): Draft | string {
  const record = readObject(child.data);
  if (typeof record === 'string') return record;
  const fields = field(record, 'simpleFields');
  // Pinot writes its prefix into HELIX_HOST in some releases: Server_10.0.0.1.
  const host = textField(fields, 'HELIX_HOST')?.replace(
    /^(?:Server|Broker|Controller|Minion)_/,
    '',
  );
  const address = addressOf(host, field(fields, 'HELIX_PORT'));
  if (address === undefined) return 'has no usable HELIX_HOST and HELIX_PORT';
  return {
    address,
    name: child.name,
    weight: field(fields, 'INSTANCE_WEIGHT'),
    zone: textField(fields, 'HELIX_ZONE_ID') ?? zoneOfDomain(textField(fields, 'DOMAIN')),
    state: textField(fields, 'HELIX_ENABLED') === 'false' ? 'down' : undefined,
  };
}

/** `cluster=a,zone=b,instance=c`, the topology of Helix. */
function zoneOfDomain(domain: string | undefined): string | undefined {
  return /(?:^|,)\s*zone=([^,]+)/.exec(domain ?? '')?.[1];
}
