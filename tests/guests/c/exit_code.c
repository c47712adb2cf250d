/* exit_code N: exits with N at once, whatever N is (a negative number, or one above 255, too). */
#include <stdlib.h>

int main(int argc, char **argv) { exit(argc > 1 ? atoi(argv[1]) : 0); }
