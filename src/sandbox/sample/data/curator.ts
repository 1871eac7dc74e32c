import { compact, type SampleNode } from './node';

export const INVENTORY = '/services/inventory';

/** A service instance as Curator 5.4's `JsonInstanceSerializer` writes it. */
export function curatorInstance(
  id: string,
  address: string,
  weight: number,
  serviceType: 'DYNAMIC' | 'STATIC' = 'DYNAMIC',
): string {
  return compact({
    name: 'inventory',
    id,
    address,
    port: 8080,
    sslPort: 8443,
    payload: {
      '@class': 'org.springframework.cloud.zookeeper.discovery.ZookeeperInstance',
      id: 'inventory-1',
      name: 'inventory',
      metadata: { weight: String(weight), zone: Number(address.at(-1)) % 2 ? 'a' : 'b' },
    },
    registrationTimeUTC: 1_795_300_000_000,
    serviceType,
    uriSpec: {
      parts: [
        { value: 'scheme', variable: true },
        { value: '://', variable: false },
        { value: 'address', variable: true },
        { value: ':', variable: false },
        { value: 'port', variable: true },
      ],
    },
  });
}

/** The service's folder, and one instance that is registered for good. */
export function curator(): SampleNode[] {
  const id = '5d5f1d7e-0a3c-4b52-9a0e-1f6f0b1a7c01';
  return [
    { path: `${INVENTORY}/${id}`, data: curatorInstance(id, '10.0.2.10', 1, 'STATIC') },
    { path: '/services/payment-service' },
  ];
}
