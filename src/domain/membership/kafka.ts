import { addressOf, parseAddress } from './address';
import { field, readObject, textField, type JsonObject } from './json';
import { type ChildInput, type Draft } from './member';

/**
 * A Kafka broker (`kafka/zk/ZkData.scala`, versions 1 to 5). A broker without a plaintext listener
 * writes `"host":null,"port":-1`; its address is that of its first endpoint, `SSL://host:port`.
 */
export function parseKafkaBroker({ name, data }: ChildInput): Draft | string {
  if (!/^\d{1,10}$/.test(name)) return 'is no broker id';
  const broker = readObject(data);
  if (typeof broker === 'string') return broker;
  const address = addressOf(field(broker, 'host'), field(broker, 'port')) ?? endpointOf(broker);
  if (address === undefined) return 'has neither a usable "host" and "port" nor an endpoint';
  return { address, id: Number(name), zone: textField(broker, 'rack') };
}

function endpointOf(broker: JsonObject): string | undefined {
  const endpoints = field(broker, 'endpoints');
  const first: unknown = Array.isArray(endpoints) ? endpoints[0] : undefined;
  return typeof first === 'string' ? parseAddress(first.replace(/^\w+:\/\//, '')) : undefined;
}
