/* memory: the primes below twenty million */
#include <stdio.h>
#include <string.h>
static char composite[20000000];
int main(void) {
  int count = 0;
  for (int i = 2; i < (int)sizeof composite; i++) {
    if (composite[i]) continue;
    count++;
    for (long long k = (long long)i * i; k < (long long)sizeof composite; k += i) composite[k] = 1;
  }
  printf("%d\n", count);
}
