/* Copies standard input to standard output until its end, with whole reads and writes. Exits 0; 1 after an error. */
#include <unistd.h>

int main(void) {
  static char block[65536];
  ssize_t n;
  while ((n = read(0, block, sizeof block)) > 0)
    for (ssize_t done = 0; done < n;) {
      ssize_t w = write(1, block + done, n - done);
      if (w < 0) return 1;
      done += w;
    }
  return n < 0;
}
