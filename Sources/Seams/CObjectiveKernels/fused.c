#include "Lanes.h"

#include <math.h>

// Nats that a log ratio must keep from a bound's logarithm for its ratio to lie on the same side, whatever the roundings.
#define MARGIN 1e-9

typedef float narrow __attribute__((vector_size(4 * LANES)));

#define WIDEN(name, column)                                \
  lanes name;                                              \
  {                                                        \
    narrow stored;                                         \
    memcpy(&stored, column + i, sizeof stored);            \
    name = __builtin_convertvector(stored, lanes);         \
  }

// e to the power of x; see Exponential.swift for the method.
#define EXPONENTIAL(name, x)                                                                                           \
  lanes name;                                                                                                          \
  {                                                                                                                    \
    lanes shifted = x * 0x1.71547652b82fep0 + 0x1.8p52;                                                                \
    lanes whole = shifted - 0x1.8p52;                                                                                  \
    lanes e = (x - whole * 0x1.62e42fefa3800p-1) - whole * 0x1.ef35793c76730p-45;                                      \
    lanes e2 = e * e;                                                                                                  \
    lanes e4 = e2 * e2;                                                                                                \
    lanes lower = (0.5 + e * (1.0 / 6)) + e2 * (1.0 / 24 + e * (1.0 / 120));                                           \
    lanes middle = (1.0 / 720 + e * (1.0 / 5040)) + e2 * (1.0 / 40320 + e * (1.0 / 362880));                           \
    lanes upper = (1.0 / 3628800 + e * (1.0 / 39916800)) + e2 * (1.0 / 479001600 + e * (1.0 / 6227020800));            \
    name = ((lower + e4 * (middle + e4 * upper)) * e2 + e + 1) * (lanes)(((choice)shifted + 1023) << 52);              \
  }

// Where no log ratio of the eight is near a bound, the clipped surrogate is the plain one: the same numbers in half the work.
#define GROUP(policy, behavior, reference, advantages, weights, gradients)                         \
  do {                                                                                             \
    WIDEN(log_policy, policy);                                                                     \
    WIDEN(log_behavior, behavior);                                                                 \
    WIDEN(advantage, advantages);                                                                  \
    WIDEN(weight, weights);                                                                        \
    lanes difference = log_policy - log_behavior;                                                  \
    EXPONENTIAL(given, difference);                                                                \
    first += difference;                                                                           \
    second += difference * difference;                                                             \
    third += given;                                                                                \
    fourth += (given - 1.0) - difference;                                                          \
    lanes gradient;                                                                                \
    if (__builtin_reduce_and((difference >= inner_low) & (difference <= inner_high))) {            \
      lanes plain = -given * advantage;                                                            \
      loss += weight * plain;                                                                      \
      gradient = coefficient * weight * plain;                                                     \
    } else {                                                                                       \
      outside -= ~((difference <= 708.0) & (difference >= -708.0));                                \
      SURROGATE_LOSSES(given, advantage);                                                          \
      loss += weight * value;                                                                      \
      gradient = coefficient * weight * derivative;                                                \
      below -= (given < low) & (advantage < zero);                                                 \
      above -= (given > high) & (advantage > zero);                                                \
    }                                                                                              \
    if (has_reference) {                                                                           \
      WIDEN(log_reference, reference);                                                             \
      lanes distance = log_reference - log_policy;                                                 \
      EXPONENTIAL(share, distance);                                                                \
      outside -= ~((distance <= 708.0) & (distance >= -708.0));                                    \
      distances += distance;                                                                       \
      squares += distance * distance;                                                              \
      shares += share;                                                                             \
      excesses += (share - 1.0) - distance;                                                        \
      K3_LOSSES(distance, share);                                                                  \
      penalties += weight * estimate;                                                              \
      gradient += penalty.coefficient * weight * slope;                                            \
    }                                                                                              \
    narrow stored = __builtin_convertvector(gradient, narrow);                                     \
    memcpy(gradients + i, &stored, sizeof stored);                                                 \
  } while (0)

CLONES size_t takt_clipped_objective(const float *policy, const float *behavior, const float *reference, const float *advantages,
                                     const float *weights, size_t n, takt_clip_bounds bounds, double coefficient,
                                     takt_penalty_bounds penalty, float *gradients, takt_objective_sums *sums) {
  const lanes zero = {0};
  SURROGATE_BOUNDS(bounds);
  const double dual = has_dual ? bounds.dual : INFINITY;
  const double most_plain = fmin(fmin(bounds.high, bounds.largest), fmin(bounds.ceiling, dual));
  const double least_plain = fmax(bounds.low, bounds.smallest);
  const lanes inner_high = zero + fmin(log(most_plain) - MARGIN, 700), inner_low = zero + fmax(log(least_plain) + MARGIN, -700);
  const lanes reach = zero + penalty.difference, least = zero + penalty.smallest, most = zero + penalty.largest;
  const lanes limit = zero + penalty.estimate;
  const int has_reference = reference != NULL;
  lanes first = {0}, second = {0}, third = {0}, fourth = {0}, distances = {0}, squares = {0}, shares = {0}, excesses = {0};
  lanes loss = {0}, penalties = {0};
  choice below = {0}, above = {0}, outside = {0};
  size_t i = 0;
  for (; i + LANES <= n; i += LANES) GROUP(policy, behavior, reference, advantages, weights, gradients);
  double padding = 0;
  if (i < n) {
    // The last few with tokens of weight, advantage and log ratio 0, which add 1 each to the sums of ratios.
    const size_t start = i, rest = (n - i) * sizeof(float);
    padding = (double)(LANES - (n - i));
    float p[LANES] = {0}, b[LANES] = {0}, q[LANES] = {0}, a[LANES] = {0}, w[LANES] = {0}, g[LANES];
    memcpy(p, policy + start, rest);
    memcpy(b, behavior + start, rest);
    if (has_reference) memcpy(q, reference + start, rest);
    memcpy(a, advantages + start, rest);
    memcpy(w, weights + start, rest);
    i = 0;
    GROUP(p, b, q, a, w, g);
    memcpy(gradients + start, g, rest);
  }
  sums->surrogate += TOTAL(loss);
  sums->penalty += TOTAL(penalties);
  sums->below += (double)TOTAL(below);
  sums->above += (double)TOTAL(above);
  sums->behavior[0] += TOTAL(first);
  sums->behavior[1] += TOTAL(second);
  sums->behavior[2] += TOTAL(third) - padding;
  sums->behavior[3] += TOTAL(fourth);
  if (has_reference) {
    sums->reference[0] += TOTAL(distances);
    sums->reference[1] += TOTAL(squares);
    sums->reference[2] += TOTAL(shares) - padding;
    sums->reference[3] += TOTAL(excesses);
  }
  return (size_t)TOTAL(outside);
}

CLONES double takt_sum_floats(const float *x, size_t n) {
  lanes sum = {0};
  size_t i = 0;
  for (; i + LANES <= n; i += LANES) {
    WIDEN(v, x);
    sum += v;
  }
  double total = TOTAL(sum);
  for (; i < n; i++) total += x[i];
  return total;
}
