/* Walks a tree with the C client as walkWorker.ts does: arguments are address and concurrency. */

#define _GNU_SOURCE
#include <malloc.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <zookeeper/zookeeper.h>

/* What the walk keeps of a znode. */
typedef struct {
  char *path;
  char *data;
  int length;
  struct Stat stat;
  int parts;
} Znode;

typedef struct {
  Znode **items;
  size_t length, capacity;
} List;

static zhandle_t *client;
static List seen, waiting;
static int concurrency, running, connected, done;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;

static void fail(const char *what, int code) {
  fprintf(stderr, "%s: %s\n", what, zerror(code));
  exit(1);
}

static void push(List *list, Znode *item) {
  if (list->length == list->capacity) {
    list->capacity = list->capacity ? list->capacity * 2 : 1024;
    list->items = realloc(list->items, list->capacity * sizeof *list->items);
  }
  list->items[list->length++] = item;
}

static void discovered(const char *parent, const char *name) {
  Znode *znode = calloc(1, sizeof *znode);
  if (asprintf(&znode->path, "%s/%s", strcmp(parent, "/") ? parent : "", name) < 0) abort();
  push(&waiting, znode);
}

static void launch(void);

/* Completions run on one thread of the library, one after another. */
static void arrived(Znode *znode) {
  if (++znode->parts < 2) return;
  push(&seen, znode);
  running--;
  launch();
}

static void on_data(int code, const char *value, int length, const struct Stat *stat,
                    const void *context) {
  Znode *znode = (Znode *)context;
  if (code != ZOK) fail(znode->path, code);
  pthread_mutex_lock(&lock);
  znode->length = length > 0 ? length : 0;
  znode->data = malloc(znode->length);
  memcpy(znode->data, value, znode->length);
  znode->stat = *stat;
  arrived(znode);
  pthread_mutex_unlock(&lock);
}

static void on_children(int code, const struct String_vector *names, const struct Stat *stat,
                        const void *context) {
  Znode *znode = (Znode *)context;
  (void)stat;
  if (code != ZOK) fail(znode->path, code);
  pthread_mutex_lock(&lock);
  for (int i = 0; i < names->count; i++) discovered(znode->path, names->data[i]);
  arrived(znode);
  pthread_mutex_unlock(&lock);
}

static void launch(void) {
  while (running < concurrency && waiting.length > 0) {
    Znode *znode = waiting.items[--waiting.length];
    running++;
    int code = zoo_aget(client, znode->path, 0, on_data, znode);
    if (code == ZOK) code = zoo_aget_children2(client, znode->path, 0, on_children, znode);
    if (code != ZOK) fail(znode->path, code);
  }
  if (running > 0) return;
  done = 1;
  pthread_cond_signal(&changed);
}

static void on_event(zhandle_t *handle, int type, int state, const char *path, void *context) {
  (void)handle, (void)path, (void)context;
  if (type != ZOO_SESSION_EVENT || state != ZOO_CONNECTED_STATE) return;
  pthread_mutex_lock(&lock);
  connected = 1;
  pthread_cond_signal(&changed);
  pthread_mutex_unlock(&lock);
}

static double seconds(clockid_t clock) {
  struct timespec now;
  clock_gettime(clock, &now);
  return now.tv_sec + now.tv_nsec / 1e9;
}

int main(int count, char **arguments) {
  if (count != 3) return fprintf(stderr, "usage: walk ADDRESS CONCURRENCY\n"), 2;
  concurrency = atoi(arguments[2]);
  zoo_set_debug_level(ZOO_LOG_LEVEL_ERROR);
  client = zookeeper_init(arguments[1], on_event, 30000, NULL, NULL, 0);
  if (!client) return perror("zookeeper_init"), 1;

  pthread_mutex_lock(&lock);
  while (!connected) pthread_cond_wait(&changed, &lock);
  double start = seconds(CLOCK_MONOTONIC), cpu = seconds(CLOCK_PROCESS_CPUTIME_ID);
  size_t memory = mallinfo2().uordblks;
  Znode *root = calloc(1, sizeof *root);
  root->path = strdup("/");
  push(&waiting, root);
  launch();
  while (!done) pthread_cond_wait(&changed, &lock);
  pthread_mutex_unlock(&lock);

  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  printf("{\"znodes\": %zu, \"wallS\": %.4f, \"cpuS\": %.4f, \"retainedMB\": %.3f, \"peakMB\": %.3f}\n",
         seen.length, seconds(CLOCK_MONOTONIC) - start, seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu,
         (mallinfo2().uordblks - memory) / 1e6, usage.ru_maxrss / 1e3);
  return zookeeper_close(client) == ZOK ? 0 : 1;
}
