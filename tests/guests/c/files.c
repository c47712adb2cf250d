/* files COMMAND PATH [TEXT]: one file operation; prints its result, or the number and the text of the error.
   Exits 0, or 1 after an error, or 2 for an unknown command.
     read PATH        prints the content            write PATH TEXT   creates or replaces
     append PATH TEXT adds at the end               list PATH         one name a line, sorted
     stat PATH        "file SIZE" or "dir"          remove PATH       unlinks a file
     mkdir PATH                                     rename PATH TEXT  to the path TEXT
     symlink PATH TEXT  PATH becomes a link to TEXT
     open PATH TEXT   opens PATH TEXT times at once and says how many succeeded */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int failed(void) {
  printf("error %d: %s\n", errno, strerror(errno));
  return 1;
}

static int put(const char *path, const char *text, const char *mode) {
  FILE *f = fopen(path, mode);
  if (!f) return failed();
  if (fputs(text, f) < 0 || fclose(f)) return failed();
  printf("wrote %zu\n", strlen(text));
  return 0;
}

static int by_name(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

static int list(const char *path) {
  static char *names[4096];
  size_t n = 0;
  DIR *d = opendir(path);
  if (!d) return failed();
  for (struct dirent *e; n < 4096 && (e = readdir(d));)
    if (strcmp(e->d_name, ".") && strcmp(e->d_name, "..")) names[n++] = strdup(e->d_name);
  closedir(d);
  qsort(names, n, sizeof *names, by_name);
  for (size_t i = 0; i < n; i++) puts(names[i]);
  return 0;
}

int main(int argc, char **argv) {
  if (argc < 3) return 2;
  const char *command = argv[1], *path = argv[2], *text = argc > 3 ? argv[3] : "";
  if (!strcmp(command, "read")) {
    char block[4096];
    FILE *f = fopen(path, "r");
    if (!f) return failed();
    for (size_t n; (n = fread(block, 1, sizeof block, f)) > 0;) fwrite(block, 1, n, stdout);
    return ferror(f) ? failed() : 0;
  }
  if (!strcmp(command, "write")) return put(path, text, "w");
  if (!strcmp(command, "append")) return put(path, text, "a");
  if (!strcmp(command, "list")) return list(path);
  if (!strcmp(command, "stat")) {
    struct stat s;
    if (stat(path, &s)) return failed();
    if (S_ISDIR(s.st_mode))
      puts("dir");
    else
      printf("file %lld\n", (long long)s.st_size);
    return 0;
  }
  if (!strcmp(command, "remove")) return unlink(path) ? failed() : 0;
  if (!strcmp(command, "mkdir")) return mkdir(path, 0777) ? failed() : 0;
  if (!strcmp(command, "rename")) return rename(path, text) ? failed() : 0;
  if (!strcmp(command, "symlink")) return symlink(text, path) ? failed() : 0;
  if (!strcmp(command, "open")) {
    int wanted = atoi(text), opened = 0;
    while (opened < wanted && open(path, O_RDONLY) >= 0) opened++;
    printf("opened %d\n", opened);
    return opened < wanted ? failed() : 0;
  }
  return 2;
}
