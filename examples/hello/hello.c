/* A guest: an ordinary C program. It greets, and shows that nothing was given to it that was not handed over. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(int argc, char **argv) {
    printf("hello, %s\n", argc > 1 ? argv[1] : "world");

    FILE *secrets = fopen("/etc/passwd", "r");
    printf("/etc/passwd: %s\n", secrets ? "readable" : strerror(errno));
    printf("$HOME: %s\n", getenv("HOME") ? getenv("HOME") : "not set");

    return argc > 2 ? atoi(argv[2]) : 0;
}
