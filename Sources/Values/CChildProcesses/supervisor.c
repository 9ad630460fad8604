#define _GNU_SOURCE
#include "supervisor.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

// Milliseconds after the grace in which processes that no signal ends (in uninterruptible sleep, or another user's) are waited for.
enum { longest_killing = 30000, most_descendants = 16384 };

struct supervision {
  pid_t command;
  int command_runs;
  int is_open;      // whether the other end of the control socket may still read
  int ends;         // whether everything is being ended
  int told_rest;    // whether those whom the command left were sent SIGTERM
  int64_t half, deadline;
  int pause;        // milliseconds to the next round of SIGKILL
};

static int64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

static void signal_all(int number) {
  static pid_t found[most_descendants];
  int count = takt_descendants(getpid(), found, most_descendants);
  for (int i = 0; i < count; i++) {
    kill(found[i], number);
    if (number == SIGTERM) kill(found[i], SIGCONT);  // a stopped process takes no other signal
  }
}

static void begin_end(struct supervision *s, int grace) {
  int64_t start = now();
  if (s->ends && start + grace >= s->deadline) return;
  s->half = start + grace / 2;
  s->deadline = start + grace;
  if (s->ends) return;
  s->ends = 1;
  s->pause = 5;
  // The command first and alone: whoever starts others (torchrun, a shell, another Takt) ends them in its own way.
  if (s->command_runs) {
    kill(s->command, SIGTERM);
    kill(s->command, SIGCONT);
  }
}

// Wakes the guard, if somebody has stopped it, so that it sees this end.
static void leave(int code) {
  kill(getppid(), SIGCONT);
  _exit(code);
}

static void reap(struct supervision *s, int grace) {
  int status;
  pid_t pid;
  while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
    if (pid != s->command) continue;
    s->command_runs = 0;
    if (s->is_open) takt_control_send(TAKT_SUPERVISOR_CONTROL, 'X', status);
    begin_end(s, grace);
  }
  // Orphans come to the supervisor, so without children it has no descendants.
  if (pid < 0 && errno == ECHILD) leave(0);
}

static void obey(struct supervision *s, int grace) {
  struct takt_control_message message;
  int received;
  while ((received = takt_control_receive(TAKT_SUPERVISOR_CONTROL, &message)) > 0) {
    if (message.letter == 'S' && s->command_runs) kill(s->command, message.number);
    if (message.letter == 'T') begin_end(s, message.number);
  }
  if (received == 0) {
    s->is_open = 0;
    begin_end(s, grace);
  }
}

static int advance(struct supervision *s) {
  if (!s->ends) return -1;
  int64_t time = now();
  if (!s->told_rest && (!s->command_runs || time >= s->half)) {
    s->told_rest = 1;
    signal_all(SIGTERM);
  }
  if (time < s->deadline) {
    int64_t next = s->told_rest ? s->deadline : s->half;
    return next > time ? (int)(next - time) : 1;
  }
  if (time > s->deadline + longest_killing) leave(1);
  signal_all(SIGKILL);
  s->pause = s->pause < 200 ? s->pause * 2 : 200;
  return s->pause;
}

static void run_command(char **words, char **environment, const char *folder, pid_t supervisor, int report) {
  sigset_t none;
  sigemptyset(&none);
  // By the system call, since glibc's posix_spawn leaves the two signals that it keeps to itself ignored and its functions refuse them.
  const unsigned long default_action[4] = {0};
  for (int number = 1; number <= 64; number++) syscall(SYS_rt_sigaction, number, default_action, NULL, 8);
  setpgid(0, 0);
  prctl(PR_SET_PDEATHSIG, SIGKILL);  // even a supervisor may be killed
  if (getppid() != supervisor) _exit(127);
  sigprocmask(SIG_SETMASK, &none, NULL);
  if (!*folder || chdir(folder) == 0) execvpe(words[0], words, environment);
  int failure = errno;
  if (write(report, &failure, sizeof failure) < 0) _exit(126);
  _exit(127);
}

static void lay_down_streams(void) {
  int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
  for (int stream = 0; stream < 3; stream++)
    if (nothing < 0 || dup2(nothing, stream) < 0) close(stream);
  if (nothing > 2) close(nothing);
}

// The outer half. It does nothing but for what is done to the inner one: when that is stopped, it goes on; when a signal ends it, what it
// watched comes here and is ended, and only then does the control socket close.
static void guard(pid_t inner) {
  prctl(PR_SET_NAME, TAKT_GUARD_NAME);
  lay_down_streams();
  if (chdir("/") != 0) errno = 0;  // a folder is kept from being unmounted, no more
  int status = 0;
  while (1) {
    pid_t pid = waitpid(inner, &status, WUNTRACED);
    if (pid < 0 && errno == EINTR) continue;
    if (pid < 0 || !WIFSTOPPED(status)) break;
    kill(inner, SIGCONT);
  }
  if (WIFEXITED(status)) _exit(WEXITSTATUS(status));
  int64_t end = now() + longest_killing;
  for (int pause = 5; now() < end; pause = pause < 200 ? pause * 2 : 200) {
    signal_all(SIGKILL);
    pid_t pid;
    while ((pid = waitpid(-1, &status, WNOHANG)) > 0) continue;
    if (pid < 0 && errno == ECHILD) _exit(1);
    poll(NULL, 0, pause);
  }
  _exit(1);
}

static void supervise(char **words, char **environment, const char *folder, int grace) {
  if (syscall(SYS_close_range, TAKT_SUPERVISOR_CONTROL + 1, ~0U, 0) != 0) {  // before Linux 5.9
    long most = sysconf(_SC_OPEN_MAX);
    for (int file = TAKT_SUPERVISOR_CONTROL + 1; file < most; file++) close(file);
  }
  fcntl(TAKT_SUPERVISOR_CONTROL, F_SETFD, FD_CLOEXEC);
  signal(SIGPIPE, SIG_IGN);
  sigset_t heeded;
  sigemptyset(&heeded);
  int numbers[] = {SIGCHLD, SIGTERM, SIGINT, SIGHUP, SIGQUIT};
  for (unsigned i = 0; i < sizeof numbers / sizeof *numbers; i++) sigaddset(&heeded, numbers[i]);
  sigprocmask(SIG_BLOCK, &heeded, NULL);
  prctl(PR_SET_CHILD_SUBREAPER, 1);
  pid_t outer = getpid();
  pid_t inner = fork();
  if (inner < 0) {
    takt_control_send(TAKT_SUPERVISOR_CONTROL, 'E', errno);
    _exit(1);
  }
  if (inner > 0) guard(inner);
  prctl(PR_SET_CHILD_SUBREAPER, 1);
  prctl(PR_SET_PDEATHSIG, SIGTERM);
  if (getppid() != outer) _exit(1);
  prctl(PR_SET_NAME, TAKT_SUPERVISOR_NAME);
  int signals = signalfd(-1, &heeded, SFD_CLOEXEC | SFD_NONBLOCK);
  int report[2];
  if (signals < 0 || pipe2(report, O_CLOEXEC) != 0) {
    takt_control_send(TAKT_SUPERVISOR_CONTROL, 'E', errno);
    leave(1);
  }
  pid_t self = getpid();
  pid_t command = fork();
  if (command == 0) run_command(words, environment, folder, self, report[1]);
  int failure = command < 0 ? errno : 0;
  close(report[1]);
  ssize_t length;
  do {
    length = command < 0 ? 0 : read(report[0], &failure, sizeof failure);
  } while (length < 0 && errno == EINTR);
  close(report[0]);
  if (failure) {
    takt_control_send(TAKT_SUPERVISOR_CONTROL, 'E', failure);
    leave(1);
  }
  takt_control_send(TAKT_SUPERVISOR_CONTROL, 'S', command);
  // The command's streams are to close with it.
  lay_down_streams();
  if (chdir("/") != 0) leave(1);
  struct supervision s = {.command = command, .command_runs = 1, .is_open = 1};
  while (1) {
    reap(&s, grace);
    struct pollfd watched[2] = {
        {.fd = signals, .events = POLLIN}, {.fd = s.is_open ? TAKT_SUPERVISOR_CONTROL : -1, .events = POLLIN}};
    poll(watched, 2, advance(&s));
    struct signalfd_siginfo seen;
    while (read(signals, &seen, sizeof seen) == (ssize_t)sizeof seen)
      if (seen.ssi_signo != SIGCHLD) begin_end(&s, grace);
    if (s.is_open && watched[1].revents) obey(&s, grace);
  }
}

// Before main, in every program that links this file; does nothing but where the arguments say so.
__attribute__((constructor(101), used)) static void become_supervisor(int count, char **words, char **environment) {
  if (count <= TAKT_SUPERVISOR_WORDS || !words || !words[0] || strcmp(words[0], TAKT_SUPERVISOR_NAME) != 0) return;
  if (strcmp(words[1], TAKT_SUPERVISOR_MARK) != 0) return;
  supervise(words + TAKT_SUPERVISOR_WORDS, environment + TAKT_SUPERVISOR_VARIABLES, words[3], atoi(words[2]));
  _exit(1);
}
