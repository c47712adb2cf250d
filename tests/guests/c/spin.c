/* Says "spinning", then computes for ever without a single call to the host. */
#include <stdio.h>

int main(void) {
  puts("spinning");
  fflush(stdout);
  for (volatile unsigned i = 0;; i++) {
  }
}
