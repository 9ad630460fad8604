#include "CStart.h"

#if defined(__linux__)
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

// OpenBLAS starts a thread a processor when it is loaded. Takt never uses them, and where a process may have little memory one of them
// repeats a failed mmap for ever: the program would then wait for it when it ends. How many there are is read from the environment before
// any code of the program runs, so such a process starts itself again with it. The array is run before the libraries' own initialisers.
#define LARGEST 4096
static const char variable[] = "OPENBLAS_NUM_THREADS=";

static void one_thread(int argc, char **argv, char **environment) {
  (void)argc;
  struct rlimit limit;
  if (getrlimit(RLIMIT_AS, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return;
  char *extended[LARGEST];
  int count = 0;
  for (; environment[count]; count++) {
    if (count >= LARGEST - 2 || strncmp(environment[count], variable, sizeof variable - 1) == 0) return;
    extended[count] = environment[count];
  }
  extended[count] = "OPENBLAS_NUM_THREADS=1";
  extended[count + 1] = 0;
  execve("/proc/self/exe", argv, extended);  // Where this fails the program goes on as it is.
}

__attribute__((used, section(".preinit_array"))) static void (*const before_libraries)(int, char **, char **) = one_thread;
#endif
