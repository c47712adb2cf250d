/* compute [SIZE]: work of several shapes, whose results are printed: recursion, a sieve, floating point, sorting, strings,
   growing memory, indirect calls, 64-bit arithmetic. The same numbers must come out however it was compiled. */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int fib(int n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }

static int sieve(int n) {
  char *composite = calloc(n + 1, 1);
  int count = 0;
  for (int i = 2; i <= n; i++) {
    if (composite[i]) continue;
    count++;
    for (int64_t k = (int64_t)i * i; k <= n; k += i) composite[k] = 1;
  }
  free(composite);
  return count;
}

static double matrix(int n) {
  double *a = malloc(n * n * sizeof *a), *b = malloc(n * n * sizeof *b), trace = 0;
  for (int i = 0; i < n * n; i++) a[i] = (i % 17) / 7.0, b[i] = (i % 13) / 3.0;
  for (int i = 0; i < n; i++) {
    double sum = 0;
    for (int k = 0; k < n; k++) sum += a[i * n + k] * b[k * n + i];
    trace += sqrt(sum);
  }
  free(a), free(b);
  return trace;
}

static int ascending(const void *x, const void *y) { return (*(uint32_t *)x > *(uint32_t *)y) - (*(uint32_t *)x < *(uint32_t *)y); }
static int descending(const void *x, const void *y) { return ascending(y, x); }

static uint32_t sorted(int n, int (*order)(const void *, const void *)) {
  uint32_t *v = malloc(n * sizeof *v), seed = 12345, mix = 0;
  for (int i = 0; i < n; i++) v[i] = seed = seed * 1664525 + 1013904223;
  qsort(v, n, sizeof *v, order);
  for (int i = 0; i < n; i++) mix = mix * 31 + v[i];
  free(v);
  return mix;
}

static uint64_t hash(const char *s) {
  uint64_t h = 1469598103934665603ULL;
  for (; *s; s++) h = (h ^ (unsigned char)*s) * 1099511628211ULL;
  return h;
}

static size_t grow(int blocks) {
  size_t total = 0;
  void **last = NULL;
  for (int i = 0; i < blocks; i++) {
    void **block = malloc(200000);
    if (!block) break;
    memset(block, i, 200000);
    *block = last, last = block, total += 200000;
  }
  while (last) {
    void **next = *last;
    free(last);
    last = next;
  }
  return total;
}

int main(int argc, char **argv) {
  int size = argc > 1 ? atoi(argv[1]) : 20;
  char text[256] = "";
  for (int i = 0; i < 20; i++) snprintf(text + strlen(text), sizeof text - strlen(text), "%x-", i * size);
  printf("fib %d\n", fib(size));
  printf("sieve %d\n", sieve(size * 5000));
  printf("matrix %.9g\n", matrix(size));
  printf("sorted %08x %08x\n", sorted(size * 100, ascending), sorted(size * 100, descending));
  printf("hash %016llx\n", (unsigned long long)hash(text));
  printf("grow %zu\n", grow(size));
  return size & 0x3f;
}
