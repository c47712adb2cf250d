/* bulk MEGABYTES: fills a block of that size again and again for ever: each fill is one instruction that nothing can interrupt. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(int argc, char **argv) {
  size_t n = (argc > 1 ? strtoul(argv[1], NULL, 10) : 16) << 20;
  volatile char *block = malloc(n);
  if (!block) return 3;
  puts("filling");
  fflush(stdout);
  for (int i = 0;; i++) memset((char *)block, i, n);
}
