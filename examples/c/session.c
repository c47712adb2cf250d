/* A guest that speaks to its host without any library: descriptor 3 is a stream of Cap'n Proto messages.

       ww run --grant executor session.wasm         prints how many processes its executor shows it
       ww run --grant executor session.wasm 1000    and how long each of so many calls takes

   Three messages go out at once: what the host offers (a Terminal), its `login` (the Session), and `ps` of the
   executor in that; nothing has been answered by then. Each message is one segment, little-endian as WebAssembly is:
   the frame, then words. Numbers of interfaces and methods stand in core.capnp and process.capnp.

   Compile: python -m ziglang cc -target wasm32-wasi -O2 -s session.c -o session.wasm */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { HOST = 3, ROOM = 8192 };
enum { CALL = 2, RETURN = 3, FINISH = 4, BOOTSTRAP = 8 }; /* rpc.capnp, Message */

static const uint64_t TERMINAL = 0xc0c1a3f1fdbabdfdull;
static const uint64_t EXECUTOR = 0x804fe3440f678ff3ull;
static const uint64_t BYTECODE_CACHE = 0xe64ce403f6090174ull;

static uint64_t out[64], in[ROOM];
static int words;

static void fail(const char *what) {
    fprintf(stderr, "session: %s\n", what);
    exit(1);
}

/* --- writing --- */
static void add(uint64_t word) { out[++words] = word; } /* out[0] is the frame */

/* A pointer to a struct that begins `offset` words after it. */
static uint64_t structure(int offset, int data, int pointers) {
    return (uint32_t)offset << 2 | (uint64_t)data << 32 | (uint64_t)pointers << 48;
}

static void begin(int kind) {
    words = 0;
    add(structure(0, 1, 1));
    add(kind);
}

static void send(void) {
    out[0] = (uint64_t)words << 32; /* one segment, so long */
    const char *from = (const char *)out;
    size_t left = 8 * (size_t)(words + 1);
    while (left) {
        ssize_t taken = write(HOST, from, left);
        if (taken < 0) fail("the host has closed the connection, or there was none");
        from += taken;
        left -= taken;
    }
}

static void bootstrap(uint32_t question) {
    begin(BOOTSTRAP);
    add(structure(0, 1, 1));
    add(question);
    add(0);
    send();
}

/* Call a method, without parameters, of what the answer to another question will hold: itself (steps 0), the
   capability in one of its pointer fields (1), or in a pointer field of the struct in that (2). */
static void call(uint32_t question, uint64_t interface, int method, uint32_t of, int steps, int first, int second) {
    begin(CALL);
    add(structure(0, 3, 3));
    add(question | (uint64_t)method << 32);
    add(interface);
    add(0);
    add(structure(2, 1, 1));                               /* target, behind these three pointers */
    add(structure(5 + (steps ? 1 + steps : 0), 0, 2));     /* params, behind the target */
    add(0);
    add((uint64_t)1 << 32);                                /* target: a promised answer … */
    add(structure(0, 1, 1));
    add(of);                                               /* … to this question, … */
    add(steps ? 1 | (uint64_t)(7 | steps << 3) << 32 : 0); /* … at this path */
    if (steps) {
        add(structure(steps, 1, 0));
        add(1 | (uint64_t)first << 16);
        if (steps > 1) add(1 | (uint64_t)second << 16);
    }
    add(0);                                                /* params: no content, no capabilities */
    add(0);
    send();
}

static void finish(uint32_t question) {
    begin(FINISH);
    add(structure(0, 1, 0));
    add(question | (uint64_t)1 << 32);
    send();
}

/* --- reading --- */
static void take(void *to, size_t size) {
    while (size) {
        ssize_t got = read(HOST, to, size);
        if (got <= 0) fail("the host has closed the connection, or there was none");
        to = (char *)to + got;
        size -= got;
    }
}

/* The word that a struct pointer at `at` points to; all messages that are read here have one segment. */
static int follow(int at, int size) {
    int to = at + 1 + ((int32_t)(uint32_t)in[at] >> 2);
    if ((in[at] & 3) > 1 || to < 1 || to >= size) fail("a message that this program does not understand");
    return to;
}

/* Read until the answer to a question; the word at which its results begin, and how many pointers they have. */
static int results(uint32_t question, int *data, int *size) {
    for (;;) {
        uint32_t frame[2];
        take(frame, sizeof frame);
        *size = frame[1];
        if (frame[0] || *size < 2 || *size > ROOM) fail("a message that this program does not understand");
        take(in, 8 * (size_t)*size);
        int message = follow(0, *size);
        if ((in[message] & 0xffff) != RETURN) continue; /* a Finish or a Release: nothing of ours */
        int answer = follow(message + 1, *size);
        if ((uint32_t)in[answer] != question) continue;
        if (in[answer] >> 48) fail("the call was refused: was an executor granted?");
        int payload = follow(answer + 2, *size);
        *data = in[payload] >> 32 & 0xffff;
        return follow(payload, *size);
    }
}

static int nanoseconds(const void *a, const void *b) { return *(const int *)a - *(const int *)b; }

int main(int argc, char **argv) {
    int data, size;
    bootstrap(0);
    call(1, TERMINAL, 0, 0, 0, 0, 0); /* login: a struct, whose field 0 is the session */
    call(2, EXECUTOR, 2, 1, 2, 0, 3); /* ps of field 3 of that: nobody has waited for anything yet */
    int at = results(2, &data, &size);
    int list = follow(at + data, size); /* a list of structs: its tag says how many */
    printf("this program sees %d process(es)\n", (int)((uint32_t)in[list] >> 2));
    finish(2);

    int count = argc > 1 ? atoi(argv[1]) : 0;
    if (count > 0) {
        int *times = calloc(count, sizeof *times);
        call(3, EXECUTOR, 3, 1, 2, 0, 3); /* bytecodeCache */
        results(3, &data, &size);
        for (int i = 0; i < count; i++) {
            struct timespec before, after;
            clock_gettime(CLOCK_MONOTONIC, &before);
            call(4, BYTECODE_CACHE, 2, 3, 1, 0, 0); /* has */
            results(4, &data, &size);
            clock_gettime(CLOCK_MONOTONIC, &after);
            finish(4);
            times[i] = (after.tv_sec - before.tv_sec) * 1000000000 + after.tv_nsec - before.tv_nsec;
        }
        qsort(times, count, sizeof *times, nanoseconds);
        printf("a call takes %.1f µs (median of %d)\n", times[count / 2] / 1e3, count);
    }
    return 0;
}
