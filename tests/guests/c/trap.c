/* trap KIND: says "trapping", then traps. KIND: unreachable, divide, bounds, call (an indirect call of a wrong type). */
#include <stdio.h>
#include <string.h>

static int seven(void) { return 7; }
static volatile int zero;
static int (*volatile target)(void) = seven;

int main(int argc, char **argv) {
  const char *kind = argc > 1 ? argv[1] : "unreachable";
  puts("trapping");
  fflush(stdout);
  if (!strcmp(kind, "unreachable")) __builtin_trap();
  if (!strcmp(kind, "divide")) {
    int r;
    __asm__ volatile("i32.const 1\nlocal.get %1\ni32.div_s\nlocal.set %0" : "=r"(r) : "r"(zero));
    return r;
  }
  if (!strcmp(kind, "bounds")) return *(volatile int *)(0xfffffff0u + (unsigned)zero);
  if (!strcmp(kind, "call")) return (int)((double (*volatile)(double))target)(1.0);
  return 2;
}
