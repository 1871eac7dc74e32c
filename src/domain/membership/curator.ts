import { addressOf } from './address';
import { field, readObject, textField, type JsonObject } from './json';
import { type ChildInput, type Draft, type MemberState } from './member';

/**
 * A Curator `ServiceInstance` as `JsonInstanceSerializer` writes it, which Spring Cloud and Dubbo's
 * application-level registration use with a payload of their own: `metadata` with texts, of which
 * `weight`, `zone` and Spring's `instance_status` are read here. `sslPort` counts when there is no
 * `port`. Curator 5 leaves `enabled` out unless told otherwise (CURATOR-275).
 */
export function parseCuratorInstance({ data }: ChildInput): Draft | string {
  const instance = readObject(data);
  if (typeof instance === 'string') return instance;
  const host = textField(instance, 'address');
  if (host === undefined) return 'has no "address"';
  const port = field(instance, 'port') ?? field(instance, 'sslPort') ?? undefined;
  if (port === undefined) return 'has neither "port" nor "sslPort"';
  const address = addressOf(host, port);
  if (address === undefined) return 'has no usable "address" and "port"';
  const metadata = field(field(instance, 'payload'), 'metadata');
  return {
    address,
    weight: field(metadata, 'weight'),
    zone: textField(metadata, 'zone'),
    state: stateOf(instance, textField(metadata, 'instance_status')),
  };
}

/** Whether an object has the fields that every Curator instance has. */
export function isCuratorInstance(object: JsonObject): boolean {
  return ['name', 'id', 'address', 'port', 'serviceType'].every((name) =>
    Object.hasOwn(object, name),
  );
}

/** Spring's `StatusConstants`: `UP` and `OUT_OF_SERVICE`. */
function stateOf(instance: JsonObject, status: string | undefined): MemberState | undefined {
  if (field(instance, 'enabled') === false) return 'down';
  return status === undefined || status === 'UP' ? undefined : 'down';
}
