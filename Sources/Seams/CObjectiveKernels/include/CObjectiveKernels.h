// Loops over columns of tokens, each compiled for AVX-512, AVX2 and the baseline and chosen when the program loads. The arithmetic
// is that of double precision without fused operations, and sums run in eight lanes: the same bytes on every machine.
#pragma once

#include <stddef.h>

// y = x.
void takt_widen(const float *x, double *y, size_t n);
void takt_narrow(const double *x, float *y, size_t n);
// z = x - y.
void takt_difference(const double *x, const double *y, double *z, size_t n);
// y = exp(x) where |x| <= 708; returns how many x lie outside, where y holds nothing of use.
size_t takt_exponentials(const double *x, double *y, size_t n);
// The sum of a column.
double takt_sum(const double *x, size_t n);
// sums = the sums of d, d^2, r and (r - 1) - d.
void takt_ratio_moments(const double *d, const double *r, size_t n, double sums[4]);

// The bounds of a clipped surrogate; infinite where there is none, dual 0 where there is none.
typedef struct {
  double smallest, largest, ceiling, low, high, dual;
} takt_clip_bounds;

// gradients += coefficient w l'; sums = the sum of w l, and of tokens beyond the lower and the upper bound.
void takt_clipped_surrogate(const double *ratios, const double *advantages, const double *weights, size_t n,
                            takt_clip_bounds bounds, double coefficient, double *gradients, double sums[3]);
// k3 = (r - 1) - d with derivative 1 - r by -d, d within +-difference, k3 within +-bound, derivative 0 beyond; infinite bounds
// for none. gradients += coefficient w k3'; returns the sum of w k3.
double takt_k3_penalty(const double *d, const double *r, const double *weights, size_t n, double difference, double smallest,
                       double largest, double bound, double coefficient, double *gradients);

// What one pass over tokens adds up: w l of the surrogate and of the penalty, tokens beyond the bounds, the four sums of
// takt_ratio_moments of log pi - log pi_old and of log pi_ref - log pi.
typedef struct {
  double surrogate, penalty, below, above;
  double behavior[4], reference[4];
} takt_objective_sums;

// The bounds of takt_k3_penalty with its coefficient.
typedef struct {
  double difference, smallest, largest, estimate, coefficient;
} takt_penalty_bounds;

// takt_clipped_surrogate and, where reference is not NULL, takt_k3_penalty in one pass from the columns as they are stored.
// gradients = the derivative by log pi; adds to sums. Returns how many log ratios lie beyond 708; then results mean nothing.
size_t takt_clipped_objective(const float *policy, const float *behavior, const float *reference, const float *advantages,
                              const float *weights, size_t n, takt_clip_bounds bounds, double coefficient,
                              takt_penalty_bounds penalty, float *gradients, takt_objective_sums *sums);
// The sum of a column in double.
double takt_sum_floats(const float *x, size_t n);
