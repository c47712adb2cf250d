/* sleep MILLISECONDS [TIMES]: says "asleep", sleeps, says "awake". Exits 0. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

int main(int argc, char **argv) {
  long ms = argc > 1 ? atol(argv[1]) : 1000;
  long times = argc > 2 ? atol(argv[2]) : 1;
  puts("asleep");
  fflush(stdout);
  for (long i = 0; i < times; i++) {
    struct timespec t = {ms / 1000, (ms % 1000) * 1000000};
    nanosleep(&t, NULL);
  }
  puts("awake");
  return 0;
}
