#include "spectrum.h"

#pragma STDC FP_CONTRACT OFF

enum { lanes = 16 };

#if defined(__x86_64__) && !__has_feature(thread_sanitizer)
__attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#endif
void takt_resample(
  float *output, long count, const float *input, const float *phases, long taps, long up, long down, long start) {
  for (long n = 0; n < count; n++) {
    const long position = start + n * down;
    const float *x = input + position / up, *h = phases + position % up * taps;
    float sums[lanes] = {0};
    for (long k = 0; k < taps; k += lanes)
      for (int l = 0; l < lanes; l++) sums[l] += x[k + l] * h[k + l];
    for (int width = lanes / 2; width > 0; width /= 2)
      for (int l = 0; l < width; l++) sums[l] += sums[l + width];
    output[n] = sums[0];
  }
}
