/* flood [BYTES]: writes 64 KB blocks of lines of "flood" to standard output, for ever or until BYTES are written.
   Exits 0, or 1 when a write is refused. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int main(int argc, char **argv) {
  static char block[65536];
  unsigned long long left = argc > 1 ? strtoull(argv[1], NULL, 10) : ~0ULL;
  for (size_t i = 0; i < sizeof block; i++) block[i] = "flood...flood..\n"[i % 16];
  while (left) {
    ssize_t n = write(1, block, left < sizeof block ? left : sizeof block);
    if (n < 0) return 1;
    if (~left) left -= n;
  }
  return 0;
}
