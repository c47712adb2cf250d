/* indirect calls: two million numbers sorted by the C library */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
static uint32_t v[2000000];
static int ascending(const void *x, const void *y) { uint32_t a = *(const uint32_t *)x, b = *(const uint32_t *)y; return (a > b) - (a < b); }
int main(void) {
  uint32_t seed = 1;
  for (int i = 0; i < 2000000; i++) v[i] = seed = seed * 1664525 + 1013904223;
  qsort(v, 2000000, sizeof *v, ascending);
  printf("%u\n", v[1000000]);
}
