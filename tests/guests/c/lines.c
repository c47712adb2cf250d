/* lines NAME COUNT: writes COUNT lines "NAME i of COUNT" in many one-byte writes: what must never mix with another's. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int main(int argc, char **argv) {
  char line[256];
  int count = argc > 2 ? atoi(argv[2]) : 10;
  for (int i = 0; i < count; i++) {
    int n = snprintf(line, sizeof line, "%s %d of %d\n", argc > 1 ? argv[1] : "line", i, count);
    for (int k = 0; k < n; k++)
      if (write(1, line + k, 1) != 1) return 1;
  }
  return 0;
}
