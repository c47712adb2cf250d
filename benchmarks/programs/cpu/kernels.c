/* Small programs that compute, the same in C, Go and Python: `kernels NAME SIZE` prints nanoseconds and a result. */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* counting: what a guest of the thesis' benchmark did; the exclusive or keeps compilers from finishing early */
static uint64_t counting(int size) {
    uint64_t sum = 0;
    for (int i = 0; i < size; i++) sum = (sum + i) ^ (sum >> 7);
    return sum;
}

static uint64_t sieve(int size) {
    unsigned char *composite = calloc(size, 1);
    uint64_t count = 0;
    for (int i = 2; i < size; i++) {
        if (composite[i]) continue;
        count++;
        for (int64_t k = (int64_t)i * i; k < size; k += i) composite[k] = 1;
    }
    free(composite);
    return count;
}

static double element(int i, int j) { return 1.0 / ((i + j) * (i + j + 1) / 2 + i + 1); }

/* spectral norm: floating point; in millionths */
static uint64_t spectral(int size) {
    double *u = malloc(size * sizeof *u), *v = malloc(size * sizeof *v), *w = malloc(size * sizeof *w);
    for (int i = 0; i < size; i++) u[i] = 1;
    for (int round = 0; round < 20; round++) {
        double *from = round % 2 ? v : u, *to = round % 2 ? u : v;
        for (int i = 0; i < size; i++) {
            w[i] = 0;
            for (int j = 0; j < size; j++) w[i] += element(i, j) * from[j];
        }
        for (int i = 0; i < size; i++) {
            to[i] = 0;
            for (int j = 0; j < size; j++) to[i] += element(j, i) * w[j];
        }
    }
    double uv = 0, vv = 0;
    for (int i = 0; i < size; i++) {
        uv += u[i] * v[i];
        vv += v[i] * v[i];
    }
    return (uint64_t)(sqrt(uv / vv) * 1e6);
}

/* mixing: 32-bit additions, rotations and exclusive ors over sixteen words, as a stream cipher does them */
static uint32_t rotated(uint32_t word, int bits) { return word << bits | word >> (32 - bits); }

static uint64_t mixing(int size) {
    uint32_t s[16];
    for (int i = 0; i < 16; i++) s[i] = i * 0x9E3779B9u;
    for (int round = 0; round < size; round++) {
        for (int i = 0; i < 4; i++) {
            s[i] += s[i + 4];
            s[i + 12] = rotated(s[i + 12] ^ s[i], 16);
            s[i + 8] += s[i + 12];
            s[i + 4] = rotated(s[i + 4] ^ s[i + 8], 12);
        }
    }
    uint64_t sum = 0;
    for (int i = 0; i < 16; i++) sum += s[i];
    return sum;
}

int main(int argc, char **argv) {
    const char *name = argv[1];
    int size = atoi(argv[2]);
    struct timespec before, after;
    clock_gettime(CLOCK_MONOTONIC, &before);
    uint64_t result = !strcmp(name, "counting") ? counting(size) : !strcmp(name, "sieve") ? sieve(size)
                    : !strcmp(name, "spectral") ? spectral(size) : mixing(size);
    clock_gettime(CLOCK_MONOTONIC, &after);
    long long took = (after.tv_sec - before.tv_sec) * 1000000000LL + after.tv_nsec - before.tv_nsec;
    printf("%lld %llu\n", took, (unsigned long long)result);
    return argc - 3;
}
