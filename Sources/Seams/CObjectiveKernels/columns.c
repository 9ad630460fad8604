#include "Lanes.h"

CLONES void takt_widen(const float *x, double *y, size_t n) {
  ELEMENTWISE
  for (size_t i = 0; i < n; i++) y[i] = x[i];
}

CLONES void takt_narrow(const double *x, float *y, size_t n) {
  ELEMENTWISE
  for (size_t i = 0; i < n; i++) y[i] = (float)x[i];
}

CLONES void takt_difference(const double *x, const double *y, double *z, size_t n) {
  ELEMENTWISE
  for (size_t i = 0; i < n; i++) z[i] = x[i] - y[i];
}

// See Exponential.swift for the method.
CLONES size_t takt_exponentials(const double *x, double *y, size_t n) {
  int64_t outside = 0;
  ELEMENTWISE
  for (size_t i = 0; i < n; i++) {
    double shifted = x[i] * 0x1.71547652b82fep0 + 0x1.8p52;
    double count = shifted - 0x1.8p52;
    double r = (x[i] - count * 0x1.62e42fefa3800p-1) - count * 0x1.ef35793c76730p-45;
    double r2 = r * r;
    double r4 = r2 * r2;
    double low = (0.5 + r * (1.0 / 6)) + r2 * (1.0 / 24 + r * (1.0 / 120));
    double middle = (1.0 / 720 + r * (1.0 / 5040)) + r2 * (1.0 / 40320 + r * (1.0 / 362880));
    double high = (1.0 / 3628800 + r * (1.0 / 39916800)) + r2 * (1.0 / 479001600 + r * (1.0 / 6227020800));
    double p = (low + r4 * (middle + r4 * high)) * r2 + r + 1;
    uint64_t bits;
    memcpy(&bits, &shifted, sizeof bits);
    bits = (bits + 1023) << 52;
    double scale;
    memcpy(&scale, &bits, sizeof scale);
    y[i] = p * scale;
    // True for what is no number too.
    outside += !(x[i] <= 708.0 && x[i] >= -708.0);
  }
  return (size_t)outside;
}

CLONES double takt_sum(const double *x, size_t n) {
  lanes sum = {0};
  size_t i = 0;
  for (; i + LANES <= n; i += LANES) {
    LOAD(v, x);
    sum += v;
  }
  double total = TOTAL(sum);
  for (; i < n; i++) total += x[i];
  return total;
}

CLONES void takt_ratio_moments(const double *d, const double *r, size_t n, double sums[4]) {
  lanes first = {0}, second = {0}, third = {0}, fourth = {0};
  size_t i = 0;
  for (; i + LANES <= n; i += LANES) {
    LOAD(difference, d);
    LOAD(ratio, r);
    first += difference;
    second += difference * difference;
    third += ratio;
    fourth += (ratio - 1.0) - difference;
  }
  sums[0] = TOTAL(first), sums[1] = TOTAL(second), sums[2] = TOTAL(third), sums[3] = TOTAL(fourth);
  for (; i < n; i++) {
    sums[0] += d[i], sums[1] += d[i] * d[i], sums[2] += r[i], sums[3] += (r[i] - 1.0) - d[i];
  }
}

// One group of eight tokens. A column's last few are padded with tokens of weight and advantage 0.
#define CLIPPED_SURROGATE(ratios, advantages, weights, gradients)                                   \
  do {                                                                                              \
    LOAD(given, ratios);                                                                            \
    LOAD(advantage, advantages);                                                                    \
    LOAD(weight, weights);                                                                          \
    LOAD(gradient, gradients);                                                                      \
    SURROGATE_LOSSES(given, advantage);                                                             \
    loss += weight * value;                                                                         \
    gradient += coefficient * weight * derivative;                                                  \
    memcpy(gradients + i, &gradient, sizeof gradient);                                              \
    below -= (given < low) & (advantage < zero);                                                    \
    above -= (given > high) & (advantage > zero);                                                   \
  } while (0)

CLONES void takt_clipped_surrogate(const double *ratios, const double *advantages, const double *weights, size_t n,
                                   takt_clip_bounds bounds, double coefficient, double *gradients, double sums[3]) {
  const lanes zero = {0};
  SURROGATE_BOUNDS(bounds);
  lanes loss = {0};
  choice below = {0}, above = {0};
  size_t i = 0;
  for (; i + LANES <= n; i += LANES) CLIPPED_SURROGATE(ratios, advantages, weights, gradients);
  if (i < n) {
    const size_t start = i, rest = (n - i) * sizeof(double);
    double r[LANES] = {1, 1, 1, 1, 1, 1, 1, 1}, a[LANES] = {0}, w[LANES] = {0}, g[LANES] = {0};
    memcpy(r, ratios + start, rest);
    memcpy(a, advantages + start, rest);
    memcpy(w, weights + start, rest);
    memcpy(g, gradients + start, rest);
    i = 0;
    CLIPPED_SURROGATE(r, a, w, g);
    memcpy(gradients + start, g, rest);
  }
  sums[0] = TOTAL(loss);
  sums[1] = (double)TOTAL(below);
  sums[2] = (double)TOTAL(above);
}

#define K3_PENALTY(d, r, weights, gradients)                                                                   \
  do {                                                                                                         \
    LOAD(given, d);                                                                                            \
    LOAD(ratio, r);                                                                                            \
    LOAD(weight, weights);                                                                                     \
    LOAD(gradient, gradients);                                                                                 \
    K3_LOSSES(given, ratio); \
    loss += weight * estimate; \
    gradient += coefficient * weight * slope; \
    memcpy(gradients + i, &gradient, sizeof gradient);                                                         \
  } while (0)

CLONES double takt_k3_penalty(const double *d, const double *r, const double *weights, size_t n, double difference,
                              double smallest, double largest, double bound, double coefficient, double *gradients) {
  const lanes zero = {0};
  const lanes reach = zero + difference, least = zero + smallest, most = zero + largest, limit = zero + bound;
  lanes loss = {0};
  size_t i = 0;
  for (; i + LANES <= n; i += LANES) K3_PENALTY(d, r, weights, gradients);
  if (i < n) {
    const size_t start = i, rest = (n - i) * sizeof(double);
    double e[LANES] = {0}, q[LANES] = {1, 1, 1, 1, 1, 1, 1, 1}, w[LANES] = {0}, g[LANES] = {0};
    memcpy(e, d + start, rest);
    memcpy(q, r + start, rest);
    memcpy(w, weights + start, rest);
    memcpy(g, gradients + start, rest);
    i = 0;
    K3_PENALTY(e, q, w, g);
    memcpy(gradients + start, g, rest);
  }
  return TOTAL(loss);
}
