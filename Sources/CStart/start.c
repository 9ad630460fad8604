#include "CStart.h"

#if defined(__linux__)
#include <stdlib.h>

// OpenBLAS starts a thread a processor when it is loaded. Takt never uses them, and where memory is short one of them repeats a failed mmap
// for ever: the program would then wait for it when it ends. The array is run before the libraries' own initialisers.
static void one_thread(int argc, char **argv, char **environment) {
  (void)argc, (void)argv, (void)environment;
  setenv("OPENBLAS_NUM_THREADS", "1", 0);
}

__attribute__((used, section(".preinit_array"))) static void (*const before_libraries)(int, char **, char **) = one_thread;
#endif
