#pragma once

#include "CChildProcesses.h"

// The arguments by which the program knows that it is to be a supervisor: name, mark, grace in milliseconds, folder, then the command.
#define TAKT_SUPERVISOR_NAME "takt-supervisor"
#define TAKT_SUPERVISOR_MARK "--takt-supervises-1"
#define TAKT_SUPERVISOR_WORDS 4
// The name of its outer half, which shares no word with that of the inner one: whoever ends or stops processes by name meets one of them.
#define TAKT_GUARD_NAME "process-guard"
// Variables before those of the command.
#define TAKT_SUPERVISOR_VARIABLES 1
// The descriptor of its end of the control socket.
#define TAKT_SUPERVISOR_CONTROL 3
