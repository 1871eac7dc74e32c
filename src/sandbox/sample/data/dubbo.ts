import type { SampleNode } from './node';

export interface DubboProvider {
  readonly host: string;
  readonly weight: number;
  /** Whether the znode lives as long as its program's session. */
  readonly dynamic: boolean;
}

const ORDER_SERVICE = 'com.example.OrderService';
export const ORDER_PROVIDERS = `/dubbo/${ORDER_SERVICE}/providers`;
const ROOT = `/dubbo/${ORDER_SERVICE}`;

/** A provider's znode name: its whole URL, percent-encoded (Dubbo's `ZookeeperRegistry.toUrlPath`). */
export function providerName({ host, weight, dynamic }: DubboProvider): string {
  const parameters = [
    'anyhost=true',
    'application=order-service',
    'deprecated=false',
    'dubbo=2.0.2',
    `dynamic=${String(dynamic)}`,
    'generic=false',
    `interface=${ORDER_SERVICE}`,
    'loadbalance=consistenthash',
    'methods=placeOrder,cancelOrder,findOrder',
    'pid=7',
    'release=3.2.14',
    'side=provider',
    'timeout=3000',
    'timestamp=1795300000000',
    `weight=${String(weight)}`,
  ];
  return encodeURIComponent(`dubbo://${host}:20880/${ORDER_SERVICE}?${parameters.join('&')}`);
}

/** The interface's folders, and one provider that is registered for good. */
export function dubbo(): SampleNode[] {
  const consumer = encodeURIComponent(
    `consumer://10.0.0.41/${ORDER_SERVICE}?application=web-shop&category=consumers&side=consumer`,
  );
  const fixed = providerName({ host: '10.0.0.7', weight: 100, dynamic: false });
  return [
    { path: `${ROOT}/consumers/${consumer}` },
    { path: `${ROOT}/configurators` },
    { path: `${ROOT}/routers` },
    { path: `${ORDER_PROVIDERS}/${fixed}`, data: '10.0.0.7' },
    { path: '/dubbo/metadata/com.example.OrderService', data: 'order-service' },
  ];
}
