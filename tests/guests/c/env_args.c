/* Prints each argument as "arg N: TEXT" and then each environment variable as "env NAME=VALUE". Exits 0. */
#include <stdio.h>

extern char **environ;

int main(int argc, char **argv) {
  for (int i = 0; i < argc; i++) printf("arg %d: %s\n", i, argv[i]);
  for (char **e = environ; e && *e; e++) printf("env %s\n", *e);
  return 0;
}
