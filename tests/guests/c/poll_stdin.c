/* poll_stdin MILLISECONDS: waits for standard input (-1: for ever); says "ready N" with what it then read, "end", or
   "timeout". Exits 0. */
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int main(int argc, char **argv) {
  char block[4096];
  struct pollfd p = {0, POLLIN, 0};
  puts("polling");
  fflush(stdout);
  int n = poll(&p, 1, argc > 1 ? atoi(argv[1]) : -1);
  if (n < 0) return 1;
  if (n == 0) {
    puts("timeout");
    return 0;
  }
  ssize_t got = read(0, block, sizeof block);
  if (got < 0) return 1;
  if (got)
    printf("ready %zd\n", got);
  else
    puts("end");
  return 0;
}
