/* alloc [BLOCK_KB [MODE]]: allocates and touches blocks until malloc refuses, and says how many kilobytes it got.
   MODE "abort" (the default) then aborts, "exit" exits with 3, "survive" frees one block and exits 0. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(int argc, char **argv) {
  size_t kilobytes = argc > 1 ? strtoul(argv[1], NULL, 10) : 64;
  const char *mode = argc > 2 ? argv[2] : "abort";
  void **last = NULL;
  size_t total = 0;
  for (;;) {
    void **block = malloc(kilobytes * 1024);
    if (!block) break;
    memset(block, 1, kilobytes * 1024);
    *block = last;
    last = block;
    total += kilobytes;
  }
  if (!strcmp(mode, "survive") && last) free(last);
  printf("refused after %zu KB\n", total);
  fflush(stdout);
  if (!strcmp(mode, "abort")) abort();
  return strcmp(mode, "exit") ? 0 : 3;
}
