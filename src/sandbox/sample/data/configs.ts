import { below, compact, pretty, type SampleNode } from './node';

export const FEATURE_FLAGS = '/config/feature-flags.json';
export const RATE_LIMITS = '/config/gateway/rate-limits.properties';

const ORDER_SERVICE_YAML = `\
# Order service, production
server:
  port: 8080
  shutdown: graceful
spring:
  application:
    name: order-service
  datasource:
    url: jdbc:postgresql://db-orders.example.com:5432/orders
    username: orders
    hikari:
      maximum-pool-size: 32
      connection-timeout: 2500
orders:
  currency: EUR
  reservation-ttl: 15m
  warehouses: [hamburg, lyon, poznań]
  limits: &limits
    lines: 200
    total: 50000
  limits-b2b:
    <<: *limits
    lines: 5000
`;

const INVENTORY_YAML = `\
inventory:
  snapshot:
    every: 6h
    bucket: inventory-snapshots
  sources:
    - name: hamburg
      endpoint: https://wms.hamburg.example.com/v2
    - name: lyon
      endpoint: https://wms.lyon.example.com/v2
`;

const PAYMENT_PROPERTIES = `\
# Payment service. Escapes and continuation lines as java.util.Properties reads them.
payment.provider=acquirer-a
payment.provider.fallback=acquirer-b
payment.timeout.ms=3000
payment.retries=2
payment.cards=visa,mastercard,\\
              amex
payment.label=Bezahlung \\u00fcber Karte
`;

const RATE_LIMITS_PROPERTIES = `\
# Requests per second and client
anonymous=20
customer=100
partner=1000
`;

const LOG4J_XML = `\
<?xml version="1.0" encoding="UTF-8"?>
<Configuration status="WARN" monitorInterval="30">
  <Appenders>
    <Console name="console" target="SYSTEM_OUT">
      <PatternLayout pattern="%d{ISO8601} %-5p [%t] %c{1.} - %m%n"/>
    </Console>
  </Appenders>
  <Loggers>
    <Logger name="com.example.orders" level="debug"/>
    <Root level="info">
      <AppenderRef ref="console"/>
    </Root>
  </Loggers>
</Configuration>
`;

const ROUTES = {
  routes: [
    { id: 'orders', path: '/api/orders/**', to: 'lb://order-service', timeoutMs: 3000 },
    { id: 'stock', path: '/api/stock/**', to: 'lb://inventory', timeoutMs: 1500 },
    { id: 'pay', path: '/api/pay/**', to: 'lb://payment-service', timeoutMs: 5000, retries: 0 },
  ],
  cors: { origins: ['https://shop.example.com'], credentials: true },
};

const FLAGS = {
  'new-checkout': { enabled: true, percent: 35 },
  'dark-mode': { enabled: true, percent: 100 },
  'one-click-reorder': { enabled: false, percent: 0 },
};

/** About 300 kB: more than most configs, less than the server's limit of 1 MB. */
function catalogue(): string {
  const kinds = ['lamp', 'chair', 'table', 'shelf', 'rug', 'mirror', 'desk', 'vase'];
  const products = Array.from({ length: 1_900 }, (_, i) => ({
    sku: `SKU-${String(100_000 + i * 37)}`,
    name: `${kinds[i % kinds.length] ?? ''} no. ${String(i + 1)}`,
    priceCents: 990 + ((i * 7_919) % 90_000),
    stock: { hamburg: (i * 13) % 240, lyon: (i * 31) % 180 },
    tags: ['furniture', kinds[(i * 3) % kinds.length] ?? ''],
  }));
  return pretty({ currency: 'EUR', products });
}

/** Configuration as services keep it: documents, single values, and one that is large. */
export function configs(): SampleNode[] {
  return [
    { path: FEATURE_FLAGS, data: pretty(FLAGS) },
    ...below('/config/order-service', {
      'application.yaml': ORDER_SERVICE_YAML,
      version: '4.17.2',
    }),
    ...below('/config/inventory', { 'application.yml': INVENTORY_YAML, 'log4j2.xml': LOG4J_XML }),
    ...below('/config/payment-service', {
      'application.properties': PAYMENT_PROPERTIES,
      'acquirers.json': compact({ a: { host: 'a.example.com' }, b: { host: 'b.example.com' } }),
    }),
    ...below('/config/gateway', { 'routes.json': pretty(ROUTES) }),
    { path: RATE_LIMITS, data: RATE_LIMITS_PROPERTIES },
    ...below('/config/catalogue', { 'products.json': catalogue() }),
  ];
}
