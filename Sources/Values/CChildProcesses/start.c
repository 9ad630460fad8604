#define _GNU_SOURCE
#include "supervisor.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int takt_pipe(int ends[2], int mine) {
  if (pipe2(ends, O_CLOEXEC) != 0) return errno;
  int flags = fcntl(ends[mine], F_GETFL);
  fcntl(ends[mine], F_SETFL, flags | O_NONBLOCK);
  fcntl(ends[mine], F_SETPIPE_SZ, 1 << 20);  // fewer turns for long lines; a refusal does no harm
  return 0;
}

int takt_control_send(int control, char letter, int number) {
  struct takt_control_message message = {letter, number};
  ssize_t sent;
  do {
    sent = send(control, &message, sizeof message, MSG_NOSIGNAL);
  } while (sent < 0 && errno == EINTR);
  return sent == (ssize_t)sizeof message ? 0 : sent < 0 ? errno : EIO;
}

int takt_control_receive(int control, struct takt_control_message *message) {
  ssize_t received;
  do {
    received = recv(control, message, sizeof *message, MSG_DONTWAIT);
  } while (received < 0 && errno == EINTR);
  if (received == (ssize_t)sizeof *message) return 1;
  return received < 0 && (errno == EAGAIN || errno == EWOULDBLOCK) ? -1 : 0;
}

// The supervisor is this program once more, which supervisor.c takes over before its main; so there is no second file to find, and the
// child of a process with many threads and much memory is a vfork and an exec.
static int spawn(pid_t *pid, const int streams[4], char **arguments, char **environment) {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  sigset_t all, none;
  sigfillset(&all);
  sigemptyset(&none);
  int failure = posix_spawn_file_actions_init(&actions);
  if (failure) return failure;
  failure = posix_spawnattr_init(&attributes);
  if (failure) {
    posix_spawn_file_actions_destroy(&actions);
    return failure;
  }
  posix_spawnattr_setsigdefault(&attributes, &all);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSID);
  for (int to = 0; to < 4 && !failure; to++) failure = posix_spawn_file_actions_adddup2(&actions, streams[to], to);
  if (!failure) failure = posix_spawn(pid, "/proc/self/exe", &actions, &attributes, arguments, environment);
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  return failure;
}

static int count(char *const *list) {
  int n = 0;
  while (list[n]) n++;
  return n;
}

int takt_start_supervised(
    char *const *arguments, char *const *environment, const char *folder, int input, int output, int error, int grace_milliseconds,
    int *control, pid_t *supervisor) {
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0) return errno;
  int given[4] = {input, output, error, ends[1]};
  int streams[4] = {-1, -1, -1, -1};
  int failure = 0;
  // Above the numbers that they are to get, so that none is overwritten before it is copied.
  for (int i = 0; i < 4 && !failure; i++) {
    streams[i] = fcntl(given[i], F_DUPFD_CLOEXEC, 8);
    if (streams[i] < 0) failure = errno;
  }
  int words = count(arguments), variables = count(environment);
  char grace[16];
  snprintf(grace, sizeof grace, "%d", grace_milliseconds);
  char **supervised = calloc((size_t)(words + TAKT_SUPERVISOR_WORDS + 1), sizeof *supervised);
  char **surroundings = calloc((size_t)(variables + TAKT_SUPERVISOR_VARIABLES + 1), sizeof *surroundings);
  if (!supervised || !surroundings) failure = ENOMEM;
  if (!failure) {
    supervised[0] = TAKT_SUPERVISOR_NAME;
    supervised[1] = TAKT_SUPERVISOR_MARK;
    supervised[2] = grace;
    supervised[3] = (char *)(folder ? folder : "");
    memcpy(supervised + TAKT_SUPERVISOR_WORDS, arguments, (size_t)words * sizeof *supervised);
    surroundings[0] = "OPENBLAS_NUM_THREADS=1";  // of the supervisor alone, which needs no threads
    memcpy(surroundings + TAKT_SUPERVISOR_VARIABLES, environment, (size_t)variables * sizeof *surroundings);
    failure = spawn(supervisor, streams, supervised, surroundings);
  }
  free(supervised);
  free(surroundings);
  for (int i = 0; i < 4; i++)
    if (streams[i] >= 0) close(streams[i]);
  close(ends[1]);
  if (failure) {
    close(ends[0]);
    return failure;
  }
  *control = ends[0];
  return 0;
}
