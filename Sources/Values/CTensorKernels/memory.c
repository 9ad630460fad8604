#include "CTensorKernels.h"

#include <stdlib.h>
#include <sys/mman.h>

#if defined(__GLIBC__)
#include <malloc.h>
#endif

// OpenBLAS's own, where it is what the program is linked with. It repeats a failed mmap for ever, so whether it can succeed is tried before.
extern void *blas_memory_alloc(int) __attribute__((weak));
extern void blas_memory_free(void *) __attribute__((weak));

// BUFFER_SIZE of OpenBLAS on x86-64 and ARM64.
size_t takt_blas_buffer_bytes(void) { return (size_t)128 << 20; }

int takt_reserve_blas_buffers(int count) {
  if (count <= 0 || count > 256) return 0;
  size_t bytes = (size_t)count * (takt_blas_buffer_bytes() + (1 << 16));
  void *probe = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (probe == MAP_FAILED) return 0;
  munmap(probe, bytes);
  if (!blas_memory_alloc || !blas_memory_free) return 1;
  void **buffers = calloc((size_t)count, sizeof(void *));
  if (!buffers) return 0;
  for (int i = 0; i < count; i++) buffers[i] = blas_memory_alloc(0);
  for (int i = 0; i < count; i++)
    if (buffers[i]) blas_memory_free(buffers[i]);
  free(buffers);
  return 1;
}

void takt_keep_freed_memory(void) {
#if defined(__GLIBC__)
  // Largest sizes that the allocator takes: no mapping of its own for a tensor, nothing handed back while the program runs.
  mallopt(M_MMAP_THRESHOLD, 1 << 30);
  mallopt(M_TRIM_THRESHOLD, 0x7fffffff);
  mallopt(M_TOP_PAD, 64 << 20);
#endif
}
