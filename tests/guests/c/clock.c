/* Says whether the monotonic clock went forward over a short computation, and whether the wall clock is past 2020. */
#include <stdio.h>
#include <time.h>

int main(void) {
  struct timespec a, b, wall;
  volatile unsigned work = 0;
  clock_gettime(CLOCK_MONOTONIC, &a);
  for (unsigned i = 0; i < 1000000; i++) work += i;
  clock_gettime(CLOCK_MONOTONIC, &b);
  clock_gettime(CLOCK_REALTIME, &wall);
  int forward = b.tv_sec > a.tv_sec || (b.tv_sec == a.tv_sec && b.tv_nsec > a.tv_nsec);
  printf("forward %d wall %d\n", forward, wall.tv_sec > 1577836800);
  return 0;
}
