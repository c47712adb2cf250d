"""Programs that compute, as in C and Go: `kernels NAME SIZE` prints nanoseconds and a result."""

import math
import sys
import time


def counting(size):
    total = 0
    for i in range(size):
        total = ((total + i) & 0xFFFF_FFFF_FFFF_FFFF) ^ (total >> 7)
    return total


def sieve(size):
    composite = bytearray(size)
    count = 0
    for i in range(2, size):
        if composite[i]:
            continue
        count += 1
        for k in range(i * i, size, i):
            composite[k] = 1
    return count


def element(i, j):
    return 1 / ((i + j) * (i + j + 1) // 2 + i + 1)


def spectral(size):
    u, v, w = [1.0] * size, [0.0] * size, [0.0] * size
    for turn in range(20):
        source, target = (v, u) if turn % 2 else (u, v)
        for i in range(size):
            total = 0.0
            for j in range(size):
                total += element(i, j) * source[j]
            w[i] = total
        for i in range(size):
            total = 0.0
            for j in range(size):
                total += element(j, i) * w[j]
            target[i] = total
    uv = sum(a * b for a, b in zip(u, v, strict=True))
    vv = sum(b * b for b in v)
    return int(math.sqrt(uv / vv) * 1e6)


def rotated(word, bits):
    return (word << bits | word >> (32 - bits)) & 0xFFFF_FFFF


def mixing(size):
    s = [i * 0x9E3779B9 & 0xFFFF_FFFF for i in range(16)]
    for _ in range(size):
        for i in range(4):
            s[i] = (s[i] + s[i + 4]) & 0xFFFF_FFFF
            s[i + 12] = rotated(s[i + 12] ^ s[i], 16)
            s[i + 8] = (s[i + 8] + s[i + 12]) & 0xFFFF_FFFF
            s[i + 4] = rotated(s[i + 4] ^ s[i + 8], 12)
    return sum(s)


kernel = {"counting": counting, "sieve": sieve, "spectral": spectral, "mixing": mixing}[sys.argv[1]]
began = time.perf_counter_ns()
result = kernel(int(sys.argv[2]))
print(time.perf_counter_ns() - began, result)
