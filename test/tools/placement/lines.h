/*
 * The program side of lineProgram.ts: reads its lines and calls what the including file defines.
 * Keys are kept with their lengths; they may hold any byte.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void on_case(const char *settings);
static void on_server(const char *name, const char *host, int port, int weight);
static long on_key(const char *key, size_t length);

static char **keys;
static size_t *lengths;
static size_t count;

static void fail(const char *what) {
  fprintf(stderr, "%s\n", what);
  exit(1);
}

static void add_key(const char *hex) {
  size_t length = strcspn(hex, "\n") / 2;
  keys = realloc(keys, (count + 1) * sizeof *keys);
  lengths = realloc(lengths, (count + 1) * sizeof *lengths);
  keys[count] = malloc(length + 1);
  for (size_t i = 0; i < length; i++) {
    unsigned int byte;
    if (sscanf(hex + 2 * i, "%2x", &byte) != 1) fail("bad hex");
    keys[count][i] = (char)byte;
  }
  keys[count][length] = 0;
  lengths[count++] = length;
}

int main(void) {
  static char line[65536], name[4096], host[4096];
  int port, weight;
  while (fgets(line, sizeof line, stdin)) {
    if (strncmp(line, "key ", 4) == 0) {
      add_key(line + 4);
    } else if (strncmp(line, "case ", 5) == 0) {
      line[strcspn(line, "\n")] = 0;
      on_case(line + 5);
    } else if (sscanf(line, "server %4095s %4095s %d %d", name, host, &port, &weight) == 4) {
      on_server(name, host, port, weight);
    } else if (strcmp(line, "run\n") == 0) {
      for (size_t i = 0; i < count; i++) printf("%ld ", on_key(keys[i], lengths[i]));
      puts("");
    } else {
      fail("unknown line");
    }
  }
  return 0;
}
