/* Calls itself without end, keeping something on the stack in each call. */
#include <stdio.h>

static volatile int sink;

__attribute__((noinline)) static int deeper(int n) {
  volatile int here = n;
  int below = deeper(n + 1);
  sink = here;
  return below + here;
}

int main(int argc, char **argv) {
  puts("descending");
  fflush(stdout);
  return deeper(argc);
}
