/* channel MODE [N]: what a program can do with its channel on descriptor 3.
   echo: says "hello\n", sends back what comes until the end, exits 0.
   poll: as echo, not blocking, waiting in poll alone.
   accept: as echo, on the connection that it accepts from descriptor 3.
   accept-poll: as accept, not blocking.
   flood: writes N bytes as fast as it can, then closes.
   drip: writes N bytes one by one.
   deaf: never reads; says "deaf\n" and waits for standard input to end.
   close: closes the channel at once and waits for standard input to end.
   closed-write: writes until that fails; prints the errno's name.
   shutdown: says "bye\n", ends its writing direction, then reads all and prints how much.
   full: writes without blocking until there is no room, prints how much, waits for room, writes 1 more, prints "more".
   stat: prints file type and flags of descriptor 3 and whether /data/file opens; for a listener too.
   dup: lets its standard output be the channel, and prints a line. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>
#include <wasi/libc.h>

static char block[65536];

static void nonblocking(int fd) { fcntl(fd, F_SETFL, O_NONBLOCK); }

static void await(int fd, short events) {
  struct pollfd p = {fd, events, 0};
  if (poll(&p, 1, -1) < 0) exit(20);
}

static int put(int fd, const char *from, size_t length) {
  while (length) {
    ssize_t n = write(fd, from, length);
    if (n < 0 && errno == EAGAIN) {
      await(fd, POLLOUT);
      continue;
    }
    if (n <= 0) return -1;
    from += n;
    length -= n;
  }
  return 0;
}

static int echo(int fd) {
  if (put(fd, "hello\n", 6)) return 3;
  for (;;) {
    ssize_t n = read(fd, block, sizeof block);
    if (n < 0 && errno == EAGAIN) {
      await(fd, POLLIN);
      continue;
    }
    if (n < 0) return 4;
    if (!n) return 0;
    if (put(fd, block, n)) return 5;
  }
}

static void wait_for_input(void) {
  while (read(0, block, sizeof block) > 0) {
  }
}

static int accepted(int flags) {
  int fd;
  if (flags) nonblocking(3);
  while ((fd = accept4(3, NULL, NULL, flags)) < 0) {
    if (errno != EAGAIN) exit(6);
    await(3, POLLIN);
  }
  if (fd < 1000) exit(7);
  close(3);
  return fd;
}

static void stat_channel(void) {
  struct stat s;
  int flags = fcntl(3, F_GETFL);
  if (fstat(3, &s) || flags < 0) exit(8);
  printf("socket %d nonblocking %d", S_ISSOCK(s.st_mode) != 0, (flags & O_NONBLOCK) != 0);
  nonblocking(3);
  FILE *f = fopen("/data/file", "r");
  printf(" then %d file %s\n", (fcntl(3, F_GETFL) & O_NONBLOCK) != 0, f ? fgets(block, 64, f) : strerror(errno));
}

int main(int argc, char **argv) {
  const char *mode = argc > 1 ? argv[1] : "echo";
  size_t count = argc > 2 ? strtoul(argv[2], NULL, 10) : 0;
  if (!strcmp(mode, "poll")) nonblocking(3);
  if (!strcmp(mode, "echo") || !strcmp(mode, "poll")) return echo(3);
  if (!strcmp(mode, "accept")) return echo(accepted(0));
  if (!strcmp(mode, "accept-poll")) return echo(accepted(SOCK_NONBLOCK));
  if (!strcmp(mode, "flood")) {
    memset(block, 'f', sizeof block);
    for (size_t left = count; left;) {
      size_t n = left < sizeof block ? left : sizeof block;
      if (put(3, block, n)) return 9;
      left -= n;
    }
    close(3);
    return 0;
  }
  if (!strcmp(mode, "drip")) {
    for (size_t i = 0; i < count; i++)
      if (write(3, "d", 1) != 1) return 10;
    return 0;
  }
  if (!strcmp(mode, "deaf")) {
    put(3, "deaf\n", 5);
    wait_for_input();
    return 0;
  }
  if (!strcmp(mode, "close")) {
    close(3);
    puts(read(3, block, 1) < 0 && errno == EBADF ? "closed" : "open");
    fflush(stdout);
    wait_for_input();
    return 0;
  }
  if (!strcmp(mode, "closed-write")) {
    while (write(3, block, sizeof block) > 0) {
    }
    puts(errno == EPIPE ? "EPIPE" : strerror(errno));
    return 0;
  }
  if (!strcmp(mode, "shutdown")) {
    size_t total = 0;
    ssize_t n;
    put(3, "bye\n", 4);
    if (shutdown(3, SHUT_WR)) return 11;
    if (write(3, "x", 1) >= 0 || errno != EPIPE) return 12;
    while ((n = recv(3, block, sizeof block, 0)) > 0) total += n;
    printf("%zu\n", total);
    return 0;
  }
  if (!strcmp(mode, "full")) {
    size_t total = 0;
    ssize_t n;
    nonblocking(3);
    while ((n = write(3, block, 1000)) > 0) total += n;
    if (errno != EAGAIN) return 13;
    struct pollfd p = {3, POLLOUT, 0};
    if (poll(&p, 1, 0) != 0) return 14;
    printf("%zu\n", total);
    fflush(stdout);
    await(3, POLLOUT);
    if (write(3, "m", 1) != 1) return 15;
    puts("more");
    return 0;
  }
  if (!strcmp(mode, "stat")) {
    stat_channel();
    return 0;
  }
  if (!strcmp(mode, "dup")) {
    if (__wasilibc_fd_renumber(3, 1)) return 16;
    puts("through the channel");
    return 0;
  }
  return 2;
}
