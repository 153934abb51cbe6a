/*
 * Runs litmus tests on this machine. The tests follow this text in one file: for each, its threads as functions and a
 * table that says what its variables and its results are; last the array `tests`. Arguments: the number of a test and
 * how often to run it. Prints one line for each outcome: how often it was seen, then its values.
 *
 * The runs are done in batches. A batch has thousands of instances, each with its own variables, one variable to a cache
 * line, and the threads walk through them in one order without waiting for one another, except that threads which have
 * a CPU each meet every few instances if they can do so soon: when a CPU is taken away by other work, waiting for it
 * would cost a time slice, and nothing is lost by going on. The order, the thread's CPU and small delays change from
 * batch to batch, since what a CPU does depends on where the cache lines are and who is ahead.
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINE = 64, BATCH = 8192, CHUNK = 8, MOST_THREADS = 64, MOST_CPUS = 256, JITTER = 127, BINS = 1 << 16 };

/* Cycles of the time stamp counter that a thread waits for others, in a batch, before it goes on alone. */
static const int64_t PATIENCE = 400000;

typedef struct { int offset, bytes; int64_t initial; } Cell;
/* A register of a thread, by its place among those that the thread saves, or memory if thread is negative. */
typedef struct { int thread, place, bytes; } Shown;
typedef void Function(unsigned char *variables, int64_t *registers);
typedef struct {
  int threads, slots, cells, shown;
  Function *const *functions;
  const int *saved;
  const Cell *cell;
  const Shown *show;
} Test;

static const Test *test;
static unsigned char *variables, *pattern;
static int64_t *registers[MOST_THREADS];
static int cpus[MOST_CPUS], cpu_count;

/* What thread 0 decides about a batch before it begins. */
static struct {
  long number, count;
  uint32_t start, stride;
  int shift[MOST_THREADS], rank[MOST_THREADS], at_rank[MOST_THREADS];
} plan;
static struct { _Alignas(LINE) volatile int64_t at; } progress[MOST_THREADS];
static pthread_barrier_t begin, end;
static long runs;

static uint64_t random_state = 0x9E3779B97F4A7C15u;

static uint32_t next(uint64_t *state) {
  *state ^= *state << 13;
  *state ^= *state >> 7;
  *state ^= *state << 17;
  return (uint32_t) (*state >> 32);
}

static uint32_t instance(uint32_t step) { return (plan.start + step * plan.stride) % BATCH; }

static unsigned char *variables_of(uint32_t instance) { return variables + (size_t) instance * test->slots * LINE; }

/* ---- batches ---- */

static void prepare(void) {
  static const uint32_t strides[] = {1, 1, 3, 17, 65, 1021};
  plan.number++;
  plan.count = runs < BATCH ? runs : BATCH;
  runs -= plan.count;
  plan.start = next(&random_state);
  plan.stride = strides[next(&random_state) % (sizeof strides / sizeof *strides)];
  int together = plan.count < BATCH || next(&random_state) % 4 != 0;
  for (int t = 0; t < test->threads; t++) {
    int other = next(&random_state) % (t + 1);
    plan.at_rank[t] = plan.at_rank[other];
    plan.at_rank[other] = t;
    plan.shift[t] = together ? 0 : next(&random_state) % 4;
  }
  for (int rank = 0; rank < test->threads; rank++) plan.rank[plan.at_rank[rank]] = rank;
  for (long step = 0; step < plan.count; step++) {
    memcpy(variables_of(instance(step)), pattern, (size_t) test->slots * LINE);
  }
}

static int64_t observe(uint32_t i, const Shown *shown) {
  if (shown->thread >= 0) return registers[shown->thread][(size_t) i * test->saved[shown->thread] + shown->place];
  int64_t value = 0;
  memcpy(&value, variables_of(i) + shown->place, shown->bytes);
  return value;
}

static long *counts;
static int64_t *values;

static void count(const int64_t *outcome, size_t bytes) {
  uint64_t hash = 0;
  for (int s = 0; s < test->shown; s++) hash = (hash ^ (uint64_t) outcome[s]) * 0x9E3779B97F4A7C15u;
  uint32_t bin = (uint32_t) (hash >> 48) % BINS;
  for (uint32_t tried = 0; counts[bin] != 0 && memcmp(values + (size_t) bin * test->shown, outcome, bytes) != 0; tried++) {
    if (tried == BINS) {
      fprintf(stderr, "too many outcomes\n");
      exit(1);
    }
    bin = (bin + 1) % BINS;
  }
  if (counts[bin]++ == 0) memcpy(values + (size_t) bin * test->shown, outcome, bytes);
}

static void collect(void) {
  int64_t outcome[test->shown + 1];
  for (long step = 0; step < plan.count; step++) {
    for (int s = 0; s < test->shown; s++) outcome[s] = observe(instance(step), &test->show[s]);
    count(outcome, test->shown * sizeof *outcome);
  }
}

/* ---- threads ---- */

static void pin(int self) {
  cpu_set_t one;
  CPU_ZERO(&one);
  CPU_SET(cpus[plan.rank[self] % cpu_count], &one);
  pthread_setaffinity_np(pthread_self(), sizeof one, &one);
}

/* Waits for the threads that run beside this one. Returns what is left of the patience. */
static int64_t meet(int self, int64_t at, int64_t patience) {
  uint64_t before = __builtin_ia32_rdtsc();
  progress[self].at = at;
  int first = plan.rank[self] / cpu_count * cpu_count;
  for (int rank = first; rank < first + cpu_count && rank < test->threads; rank++) {
    while (progress[plan.at_rank[rank]].at < at) {
      if ((int64_t) (__builtin_ia32_rdtsc() - before) > patience) return 0;
    }
  }
  return patience - (int64_t) (__builtin_ia32_rdtsc() - before);
}

static void *run(void *argument) {
  int self = (int) (intptr_t) argument;
  uint64_t state = random_state + self;
  Function *function = test->functions[self];
  size_t saved = test->saved[self];
  for (;;) {
    if (self == 0) prepare();
    pthread_barrier_wait(&begin);
    if (plan.count == 0) return NULL;
    pin(self);
    int64_t patience = PATIENCE;
    for (long step = 0; step < plan.count; step++) {
      if (step % CHUNK == 0 && patience > 0) {
        patience = meet(self, plan.number * BATCH + step, patience);
        uint64_t until = __builtin_ia32_rdtsc() + (next(&state) & JITTER);
        while (__builtin_ia32_rdtsc() < until) { }
      }
      uint32_t i = instance(step + plan.shift[self]);
      function(variables_of(i), registers[self] + i * saved);
    }
    progress[self].at = (plan.number + 1) * BATCH;
    pthread_barrier_wait(&end);
    if (self == 0) collect();
  }
}

static void find_cpus(void) {
  cpu_set_t allowed;
  sched_getaffinity(0, sizeof allowed, &allowed);
  for (int cpu = 0; cpu < CPU_SETSIZE && cpu_count < MOST_CPUS; cpu++) {
    if (CPU_ISSET(cpu, &allowed)) cpus[cpu_count++] = cpu;
  }
}

static void *reserve(size_t bytes) {
  void *memory = aligned_alloc(LINE, (bytes / LINE + 1) * LINE);
  if (memory == NULL) {
    fprintf(stderr, "out of memory\n");
    exit(1);
  }
  return memset(memory, 0, bytes);
}

static int measure(const Test *chosen, long wanted) {
  test = chosen;
  runs = wanted;
  find_cpus();
  variables = reserve((size_t) BATCH * test->slots * LINE);
  pattern = reserve((size_t) test->slots * LINE);
  counts = reserve(BINS * sizeof *counts);
  values = reserve((size_t) BINS * test->shown * sizeof *values);
  for (int c = 0; c < test->cells; c++) memcpy(pattern + test->cell[c].offset, &test->cell[c].initial, test->cell[c].bytes);
  pthread_barrier_init(&begin, NULL, test->threads);
  pthread_barrier_init(&end, NULL, test->threads);
  pthread_t threads[test->threads];
  for (int t = 0; t < test->threads; t++) registers[t] = reserve((size_t) BATCH * (test->saved[t] + 1) * sizeof(int64_t));
  for (int t = 1; t < test->threads; t++) {
    if (pthread_create(&threads[t], NULL, run, (void *) (intptr_t) t) != 0) {
      fprintf(stderr, "cannot start %d threads\n", test->threads);
      exit(1);
    }
  }
  run((void *) 0);
  for (int t = 1; t < test->threads; t++) pthread_join(threads[t], NULL);
  for (int bin = 0; bin < BINS; bin++) {
    if (counts[bin] == 0) continue;
    printf("%ld", counts[bin]);
    for (int s = 0; s < test->shown; s++) printf(" %lld", (long long) values[(size_t) bin * test->shown + s]);
    printf("\n");
  }
  return 0;
}
