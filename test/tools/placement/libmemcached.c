/*
 * Cases: `digest <hash>` answers hashes of libhashkit; `<distribution> <hash>` answers where
 * libmemcached places keys, for which it needs no server to be there.
 */
#include <libhashkit-1.0/hashkit.h>
#include <libmemcached-1.0/memcached.h>

#include "lines.h"

static memcached_st *client;
static hashkit_hash_algorithm_t digest;
static int is_digest;

static const char *const HASHES[] = {"one_at_a_time", "md5",      "crc",     "fnv1_64",
                                     "fnv1a_64",      "fnv1_32",  "fnv1a_32", "hsieh",
                                     "murmur",        "jenkins",  "murmur3"};

static int hash_of(const char *name) {
  for (size_t i = 0; i < sizeof HASHES / sizeof *HASHES; i++)
    if (strcmp(name, HASHES[i]) == 0) return (int)i;
  fail("unknown hash");
  return -1;
}

static void set(memcached_behavior_t behavior, uint64_t value) {
  if (memcached_behavior_set(client, behavior, value) != MEMCACHED_SUCCESS)
    fail(memcached_last_error_message(client));
}

static void on_case(const char *settings) {
  char kind[64], hash[64];
  if (sscanf(settings, "%63s %63s", kind, hash) != 2) fail("case <kind> <hash>");
  is_digest = strcmp(kind, "digest") == 0;
  if (is_digest) {
    digest = (hashkit_hash_algorithm_t)hash_of(hash);
    return;
  }
  if (client) memcached_free(client);
  client = memcached_create(NULL);
  if (strcmp(kind, "ketama") == 0)
    set(MEMCACHED_BEHAVIOR_DISTRIBUTION, MEMCACHED_DISTRIBUTION_CONSISTENT_KETAMA);
  else if (strcmp(kind, "spy") == 0)
    set(MEMCACHED_BEHAVIOR_DISTRIBUTION, MEMCACHED_DISTRIBUTION_CONSISTENT_KETAMA_SPY);
  else if (strcmp(kind, "weighted") == 0)
    set(MEMCACHED_BEHAVIOR_KETAMA_WEIGHTED, 1);
  else if (strcmp(kind, "modula") != 0)
    fail("unknown distribution");
  if (strcmp(hash, "default") != 0) set(MEMCACHED_BEHAVIOR_HASH, hash_of(hash));
}

static void on_server(const char *name, const char *host, int port, int weight) {
  (void)name;
  if (memcached_server_add_with_weight(client, host, (in_port_t)port, (uint32_t)weight) !=
      MEMCACHED_SUCCESS)
    fail("server not added");
}

static long on_key(const char *key, size_t length) {
  return is_digest ? (long)libhashkit_digest(key, length, digest)
                   : (long)memcached_generate_hash(client, key, length);
}
