/* Writes one line to standard output and one to standard error. Exits 0. */
#include <stdio.h>

int main(void) {
  fputs("to stdout\n", stdout);
  fputs("to stderr\n", stderr);
  return 0;
}
