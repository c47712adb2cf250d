/* A guest that speaks Cap'n Proto by hand, and not always well: its first argument says how.
   Every message here is one segment; words are little-endian, as WebAssembly is. */
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static uint64_t message[64];
static int words;

static void add(uint64_t word) { message[++words] = word; }

static uint64_t pointer(int offset, int data, int pointers) {
    return (uint64_t)(uint32_t)(offset << 2) | (uint64_t)data << 32 | (uint64_t)pointers << 48;
}

static void begin(int which) {
    words = 0;
    add(pointer(0, 1, 1));
    add(which);
}

static int put(const void *from, size_t size) {
    const char *bytes = from;
    while (size) {
        ssize_t taken = write(3, bytes, size);
        if (taken <= 0) return 0;
        bytes += taken;
        size -= taken;
    }
    return 1;
}

static int finish_message(void) {
    message[0] = (uint64_t)words << 32;
    return put(message, 8 * (words + 1));
}

static int bootstrap(uint32_t question) {
    begin(8);
    add(pointer(0, 1, 1));
    add(question);
    add(0);
    return finish_message();
}

/* A call without parameters; of an import, or (`promised`) of a question's answer, at one or two pointer fields. */
static int call(uint32_t question, int promised, uint32_t target, int first, int second, uint64_t interface, uint16_t method) {
    int steps = (first >= 0) + (second >= 0);
    begin(2);
    add(pointer(0, 3, 3));                           /* Call */
    add(question | (uint64_t)method << 32);
    add(interface);
    add(0);
    int body = promised ? 4 + (steps ? 1 + steps : 0) : 2;
    add(pointer(2, 1, 1));                           /* target: MessageTarget */
    add(pointer(1 + body, 0, 2));                    /* params: Payload, behind the target */
    add(0);
    if (!promised) {
        add(target);
        add(0);
    } else {
        add((uint64_t)1 << 32);
        add(pointer(0, 1, 1));                       /* PromisedAnswer */
        add(target);
        add(steps ? 1 | (uint64_t)(7 | (uint32_t)(steps << 3)) << 32 : 0);
        if (steps) {
            add(pointer(steps, 1, 0));               /* the list's tag: so many Ops of one word */
            add(1 | (uint64_t)first << 16);          /* getPointerField */
            if (steps > 1) add(1 | (uint64_t)second << 16);
        }
    }
    add(0);                                          /* content: null */
    add(0);                                          /* capTable: none */
    return finish_message();
}

static int finish(uint32_t question) {
    begin(4);
    add(pointer(0, 1, 0));
    add(question | (uint64_t)1 << 32);
    return finish_message();
}

static int release(uint32_t import, uint32_t count) {
    begin(6);
    add(pointer(0, 1, 0));
    add(import | (uint64_t)count << 32);
    return finish_message();
}

static const uint64_t TERMINAL = 0xc0c1a3f1fdbabdfdull, EXECUTOR = 0x804fe3440f678ff3ull;

/* Read until the host has closed; how many bytes came. */
static size_t drain(void) {
    static char buffer[65536];
    size_t total = 0;
    ssize_t got;
    while ((got = read(3, buffer, sizeof buffer)) > 0) total += got;
    return total;
}

/* One message: the kind of it, and of a return the kind of that. -1 at the end. */
static int receive(int *what) {
    static uint64_t body[8192];
    uint32_t head[2];
    size_t had = 0;
    ssize_t got;
    while (had < 8) {
        if ((got = read(3, (char *)head + had, 8 - had)) <= 0) return -1;
        had += got;
    }
    size_t size = 8 * (size_t)head[1];
    if (head[0] || size > sizeof body) return -1;
    for (had = 0; had < size; had += got)
        if ((got = read(3, (char *)body + had, size - had)) <= 0) return -1;
    *what = size >= 32 ? (int)(body[3] >> 48 & 0xffff) : -1;
    return (int)(body[1] & 0xffff);
}

int main(int argc, char **argv) {
    const char *mode = argc > 1 ? argv[1] : "";
    long count = argc > 2 ? atol(argv[2]) : 0;
    int what = 0;
    if (!strcmp(mode, "half")) {                     /* ends in the middle of a message */
        bootstrap(0);
        message[0] = (uint64_t)100 << 32;
        put(message, 24);
        return 0;
    }
    if (!strcmp(mode, "shut")) {                     /* closes its end and lives on */
        bootstrap(0);
        close(3);
        puts("lives on");
        return 0;
    }
    if (!strcmp(mode, "noise")) {                    /* bytes that are no messages */
        srand(count);
        for (int i = 0; i < 20000; i++) {
            uint32_t noise = rand() & rand();
            if (!put(&noise, 4)) break;
        }
        drain();
        puts("closed");
        return 0;
    }
    if (!strcmp(mode, "huge")) {                     /* a message that would never end */
        message[0] = (uint64_t)0x3fffffff << 32;
        bootstrap(0);
        message[0] = (uint64_t)0x3fffffff << 32;
        put(message, 8);
        drain();
        sleep(1000);
    }
    if (!strcmp(mode, "segments")) {
        uint32_t head[2] = {100000, 1};
        put(head, 8);
        drain();
        sleep(1000);
    }
    if (!strcmp(mode, "deaf")) {                     /* calls without end, and reads nothing */
        bootstrap(0);
        for (uint32_t i = 1;; i++)
            if (!call(i, 1, 0, -1, -1, TERMINAL, 0)) break;
        sleep(1000);
    }
    if (!strcmp(mode, "echo")) {                     /* messages of an unknown kind, which are sent back */
        for (;;) {
            begin(999);
            add(0);
            for (int i = 0; i < 60; i++) add(i);
            if (!finish_message()) break;
        }
        sleep(1000);
    }
    if (!strcmp(mode, "keep")) {                     /* answers that are never finished */
        int refused = 0, answered = 0;
        bootstrap(0);
        for (uint32_t i = 1; i <= (uint32_t)count; i++) {
            if (!call(i, 1, 0, -1, -1, TERMINAL, 0)) break;
            do {
                if (receive(&what) < 0) return 3;
            } while (0);
            if (what == 0) answered++; else refused++;
        }
        printf("%s %s\n", answered ? "answered" : "-", refused ? "refused" : "-");
        return 0;
    }
    if (!strcmp(mode, "churn")) {                    /* as many, each finished: nothing is kept of them */
        bootstrap(0);
        receive(&what);
        for (uint32_t i = 1; i <= (uint32_t)count; i++) {
            if (!call(i, 1, 0, -1, -1, TERMINAL, 0) || receive(&what) != 3) return 3;
            finish(i);
        }
        puts("done");
        return 0;
    }
    if (!strcmp(mode, "imports")) {                  /* capabilities that were never given */
        for (uint32_t target = 0; target < (uint32_t)count; target++) {
            if (!call(target, 0, target * 7919, -1, -1, EXECUTOR, 2)) break;
        }
        drain();
        puts("closed");
        return 0;
    }
    if (!strcmp(mode, "release")) {                  /* gives back what it never had */
        bootstrap(0);
        release(0, 1000);
        release(77, 1);
        drain();
        puts("closed");
        return 0;
    }
    if (!strcmp(mode, "forged")) {                   /* the methods of an executor, of whatever can be named */
        int refused = 0, kind;
        bootstrap(0);
        call(1, 1, 0, -1, -1, TERMINAL, 0);
        for (int method = 0; method < 6; method++) {
            call(10 + method, 1, 0, -1, -1, EXECUTOR, method);      /* of the bootstrap */
            call(20 + method, 1, 1, 0, 3, EXECUTOR, method);        /* of the session's null executor */
            call(30 + method, 1, 1, 0, 2, EXECUTOR, method);        /* of the null view */
            call(40 + method, 1, 1, 0, 77, EXECUTOR, method);       /* of a field that no session has */
        }
        for (int i = 0; i < 26; i++) {
            if ((kind = receive(&what)) != 3) return 3;
            refused += what == 1;
        }
        printf("refused %d\n", refused);
        return 0;
    }
    if (!strcmp(mode, "use")) {                      /* the same, as it is meant */
        bootstrap(0);
        call(1, 1, 0, -1, -1, TERMINAL, 0);
        call(2, 1, 1, 0, 3, EXECUTOR, 2);
        for (int i = 0; i < 3; i++)
            if (receive(&what) != 3 || what != 0) return 3;
        puts("answered");
        return 0;
    }
    return 2;
}
