// Starts commands under a supervisor: a small process that ends all that a command has started when the command ends, when it is told
// to, or when whoever started it is gone, however it went.
#pragma once

#include <stdint.h>
#include <sys/types.h>

// What is written on the control socket in both directions: a letter and a number.
//   from the supervisor: 'S' pid of the command · 'E' errno, it could not be started · 'X' wait status, it has ended
//   to the supervisor:   'S' send this signal to the command · 'T' end everything, with so many milliseconds between TERM and KILL
// The supervisor closes its end when nothing is left; a closed other end is a 'T' with the grace it was started with.
struct takt_control_message {
  int32_t letter;
  int32_t number;
};

// Starts `arguments` (ended by NULL; the first is looked for on the PATH) with `environment` (ended by NULL) in `folder` (NULL: this one).
// `input`, `output` and `error` become its standard streams; no other descriptor is passed on, every signal is at its default and none
// is blocked. 0, or an errno where the supervisor cannot be started. `control` is closed by exec.
int takt_start_supervised(
    char *const *arguments, char *const *environment, const char *folder, int input, int output, int error, int grace_milliseconds,
    int *control, pid_t *supervisor);

// A pipe whose ends are closed by exec; an errno where there is none. The end at `mine` (0: read, 1: write) does not block.
int takt_pipe(int ends[2], int mine);

// Processes below `ancestor`, at most `limit`, the nearest first.
int takt_descendants(pid_t ancestor, pid_t *found, int limit);

// 0, or an errno: sends a message without SIGPIPE.
int takt_control_send(int control, char letter, int number);
// 1: a message was read. 0: the other end is closed. -1: none is there yet.
int takt_control_receive(int control, struct takt_control_message *message);
