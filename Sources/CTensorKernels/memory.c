#include "CTensorKernels.h"

#if defined(__GLIBC__)
#include <malloc.h>
#endif

void takt_keep_freed_memory(void) {
#if defined(__GLIBC__)
  // Largest sizes that the allocator takes: no mapping of its own for a tensor, nothing handed back while the program runs.
  mallopt(M_MMAP_THRESHOLD, 1 << 30);
  mallopt(M_TRIM_THRESHOLD, 0x7fffffff);
  mallopt(M_TOP_PAD, 64 << 20);
#endif
}
