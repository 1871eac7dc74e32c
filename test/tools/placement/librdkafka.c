/* Cases: `<partitioner> <partitions>` answers partitions; no broker is needed. */
#include <librdkafka/rdkafka.h>

#include "lines.h"

static char partitioner[64];
static int partitions;

static void on_case(const char *settings) {
  if (sscanf(settings, "%63s %d", partitioner, &partitions) != 2)
    fail("case <partitioner> <partitions>");
}

static void on_server(const char *name, const char *host, int port, int weight) {
  (void)name, (void)host, (void)port, (void)weight;
  fail("partitioners know no servers");
}

static long on_key(const char *key, size_t length) {
  if (strcmp(partitioner, "consistent") == 0)
    return rd_kafka_msg_partitioner_consistent(NULL, key, length, partitions, NULL, NULL);
  if (strcmp(partitioner, "murmur2") == 0)
    return rd_kafka_msg_partitioner_murmur2(NULL, key, length, partitions, NULL, NULL);
  if (strcmp(partitioner, "fnv1a") == 0)
    return rd_kafka_msg_partitioner_fnv1a(NULL, key, length, partitions, NULL, NULL);
  fail("unknown partitioner");
  return -1;
}
