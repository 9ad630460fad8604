// Shared by the loops: the clones attribute, eight lanes, and the losses of eight tokens.
#pragma once

#include "CObjectiveKernels.h"

#include <stdint.h>
#include <string.h>

// The same roundings on every machine.
#pragma STDC FP_CONTRACT OFF

// No clones under the thread sanitizer: their resolvers run before it is there.
#if defined(__x86_64__) && defined(__linux__) && !__has_feature(thread_sanitizer)
#define CLONES __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define CLONES
#endif
#define ELEMENTWISE _Pragma("clang loop vectorize(assume_safety)")

enum { LANES = 8 };
typedef double lanes __attribute__((vector_size(8 * LANES)));
typedef int64_t choice __attribute__((vector_size(8 * LANES)));

// Statements rather than functions: vectors wider than the baseline's have no calling convention there.
#define LOAD(name, column) \
  lanes name;              \
  memcpy(&name, column + i, sizeof name)
#define PICK(condition, yes, no) ((lanes)(((condition) & (choice)(yes)) | (~(condition) & (choice)(no))))
#define KEEP(condition, value) ((lanes)((condition) & (choice)(value)))
#define AT_MOST(value, bound) PICK((bound) < (value), bound, value)
#define AT_LEAST(value, bound) PICK((bound) > (value), bound, value)
#define TOTAL(v) ((((v)[0] + (v)[1]) + ((v)[2] + (v)[3])) + (((v)[4] + (v)[5]) + ((v)[6] + (v)[7])))

#define SURROGATE_BOUNDS(bounds)                                                                                     \
  const lanes smallest = zero + bounds.smallest, largest = zero + bounds.largest, ceiling = zero + bounds.ceiling;   \
  const lanes low = zero + bounds.low, high = zero + bounds.high;                                                    \
  const int has_dual = bounds.dual > 0

// Defines value and derivative of ClippedSurrogate.
#define SURROGATE_LOSSES(given, advantage)                                                        \
  lanes raised = AT_LEAST(given, smallest);                                                       \
  lanes ratio = AT_MOST(raised, largest);                                                         \
  lanes capped = AT_MOST(ratio, ceiling);                                                         \
  lanes at_least = AT_LEAST(ratio, low);                                                          \
  lanes clipped = AT_MOST(at_least, high);                                                        \
  lanes one_loss = -capped * advantage, other_loss = -clipped * advantage;                        \
  lanes pull = KEEP(ratio == given, -ratio * advantage);                                          \
  choice is_clipped = other_loss > one_loss;                                                      \
  lanes value = PICK(is_clipped, other_loss, one_loss);                                           \
  lanes derivative = PICK(is_clipped, KEEP(clipped == ratio, pull), KEEP(capped == ratio, pull)); \
  if (has_dual) {                                                                                 \
    lanes bound = -bounds.dual * advantage;                                                       \
    choice is_bounded = (advantage < zero) & (value > bound);                                     \
    value = PICK(is_bounded, bound, value);                                                       \
    derivative = KEEP(~is_bounded, derivative);                                                   \
  }

// Defines estimate and slope of ReferenceKL's k3.
#define K3_LOSSES(given, ratio)                                                                                  \
  lanes raised_distance = AT_LEAST(given, -reach), raised_ratio = AT_LEAST(ratio, least);                        \
  lanes bounded = AT_MOST(raised_distance, reach), bounded_ratio = AT_MOST(raised_ratio, most);                  \
  lanes k3 = (bounded_ratio - 1.0) - bounded;                                                                    \
  choice trusted = (given >= -reach) & (given <= reach) & (k3 <= limit) & (k3 >= -limit);                        \
  lanes floored = AT_LEAST(k3, -limit);                                                                          \
  lanes estimate = AT_MOST(floored, limit);                                                                      \
  lanes slope = KEEP(trusted, 1.0 - bounded_ratio)
