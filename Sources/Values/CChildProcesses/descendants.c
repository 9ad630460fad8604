#define _GNU_SOURCE
#include "CChildProcesses.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct kin {
  pid_t pid, parent;
};

// The parent of a process: the second field after the name in parentheses, which may itself hold anything. 0 where it is gone, or is a
// zombie, which no signal reaches.
static pid_t parent_of(const char *pid) {
  char path[64], text[512];
  snprintf(path, sizeof path, "/proc/%s/stat", pid);
  int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return 0;
  ssize_t length = read(file, text, sizeof text - 1);
  close(file);
  if (length <= 0) return 0;
  text[length] = 0;
  char *end = strrchr(text, ')');
  char state;
  int parent;
  if (!end || sscanf(end + 1, " %c %d", &state, &parent) != 2) return 0;
  return parent;
}

int takt_descendants(pid_t ancestor, pid_t *found, int limit) {
  DIR *folder = opendir("/proc");
  if (!folder) return 0;
  int kins = 0, room = 1024, count = 0;
  struct kin *kin = malloc((size_t)room * sizeof *kin);
  for (struct dirent *entry; kin && (entry = readdir(folder));) {
    if (entry->d_name[0] < '1' || entry->d_name[0] > '9') continue;
    pid_t parent = parent_of(entry->d_name);
    if (parent == 0) continue;
    if (kins == room) {
      struct kin *larger = realloc(kin, (size_t)(room *= 2) * sizeof *kin);
      if (!larger) break;
      kin = larger;
    }
    kin[kins++] = (struct kin){(pid_t)atoi(entry->d_name), parent};
  }
  closedir(folder);
  for (int from = -1; kin && from < count; from++) {
    pid_t parent = from < 0 ? ancestor : found[from];
    for (int i = 0; i < kins && count < limit; i++)
      if (kin[i].parent == parent) found[count++] = kin[i].pid;
  }
  free(kin);
  return count;
}
