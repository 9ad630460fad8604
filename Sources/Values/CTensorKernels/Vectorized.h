// Shared by the loops: the clones attribute, an exponential that vectorises, and sums in a fixed order.
#pragma once

#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

// No clones under the thread sanitizer: their resolvers run before it is there.
#if defined(__x86_64__) && defined(__linux__) && !__has_feature(thread_sanitizer)
#define CLONES __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define CLONES
#endif
#define INLINE static inline __attribute__((always_inline))

// Before a loop whose arguments are the same array or apart, element by element: no check for overlap is needed.
#define ELEMENTWISE _Pragma("clang loop vectorize(assume_safety)")

// Sums run in 16 lanes that are added pairwise at the end, so that the order does not depend on the instruction set.
enum { LANES = 16 };

// exp(x), relative error below 1e-7 on [-87.3, 88.3]; 0 below. Cephes' polynomial of degree 6; the exponent is set by
// adding it to the bits.
INLINE float vector_exp(float x) {
  float bounded = x < -87.3f ? -87.3f : x;
  bounded = bounded > 88.3f ? 88.3f : bounded;
  float shifted = bounded * 1.44269504088896341f + 12582912.0f;
  float n = shifted - 12582912.0f;
  float r = bounded - n * 0.693359375f;
  r = r + n * 2.12194440e-4f;
  float p = 1.9875691500e-4f;
  p = p * r + 1.3981999507e-3f;
  p = p * r + 8.3334519073e-3f;
  p = p * r + 4.1665795894e-2f;
  p = p * r + 1.6666665459e-1f;
  p = p * r + 5.0000001201e-1f;
  p = p * r * r + r + 1.0f;
  int32_t bits;
  memcpy(&bits, &shifted, 4);
  int32_t scale = (int32_t)((uint32_t)bits << 23);
  int32_t value;
  memcpy(&value, &p, 4);
  value += scale;
  float result;
  memcpy(&result, &value, 4);
  return x < -87.3f ? 0.0f : result;
}

INLINE float lane_sum(const float *lanes) {
  float sums[LANES];
  for (int i = 0; i < LANES; i++) sums[i] = lanes[i];
  for (int width = LANES / 2; width > 0; width /= 2)
    for (int i = 0; i < width; i++) sums[i] += sums[i + width];
  return sums[0];
}
