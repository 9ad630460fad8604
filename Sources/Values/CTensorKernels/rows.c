#include "CTensorKernels.h"
#include "Vectorized.h"

INLINE float row_sum(const float *x, size_t n) {
  float lanes[LANES] = {0};
  size_t i = 0;
  for (; i + LANES <= n; i += LANES)
    for (int l = 0; l < LANES; l++) lanes[l] += x[i + l];
  for (int l = 0; i < n; i++, l++) lanes[l] += x[i];
  return lane_sum(lanes);
}

INLINE float row_squared_deviation(const float *x, float center, size_t n) {
  float lanes[LANES] = {0};
  size_t i = 0;
  for (; i + LANES <= n; i += LANES)
    for (int l = 0; l < LANES; l++) lanes[l] += (x[i + l] - center) * (x[i + l] - center);
  for (int l = 0; i < n; i++, l++) lanes[l] += (x[i] - center) * (x[i] - center);
  return lane_sum(lanes);
}

INLINE float row_maximum(const float *x, size_t n) {
  float lanes[LANES];
  for (int l = 0; l < LANES; l++) lanes[l] = x[0];
  size_t i = 0;
  for (; i + LANES <= n; i += LANES)
    for (int l = 0; l < LANES; l++) lanes[l] = x[i + l] > lanes[l] ? x[i + l] : lanes[l];
  for (int l = 0; i < n; i++, l++) lanes[l] = x[i] > lanes[l] ? x[i] : lanes[l];
  float largest = lanes[0];
  for (int l = 1; l < LANES; l++) largest = lanes[l] > largest ? lanes[l] : largest;
  return largest;
}

CLONES void takt_layer_norm(const float *x, const float *gain, const float *bias, float epsilon, float *y, float *mean,
                            float *scale, size_t rows, size_t columns) {
  for (size_t r = 0; r < rows; r++) {
    const float *from = x + r * columns;
    float *to = y + r * columns;
    float m = row_sum(from, columns) / (float)columns;
    float s = 1.0f / __builtin_elementwise_sqrt(row_squared_deviation(from, m, columns) / (float)columns + epsilon);
    ELEMENTWISE
    for (size_t c = 0; c < columns; c++) to[c] = (from[c] - m) * s * gain[c] + bias[c];
    if (mean) mean[r] = m;
    if (scale) scale[r] = s;
  }
}

// With h = (x - mean) scale and g = dy gain: dx = scale (g - mean(g) - h mean(g h)).
CLONES void takt_layer_norm_derivative(const float *x, const float *gain, const float *mean, const float *scale,
                                       const float *dy, float *dx, float *d_gain, float *d_bias, size_t rows,
                                       size_t columns, int accumulates) {
  for (size_t r = 0; r < rows; r++) {
    const float *from = x + r * columns;
    const float *above = dy + r * columns;
    float *to = dx + r * columns;
    const float m = mean[r];
    const float s = scale[r];
    float sums[LANES] = {0};
    float products[LANES] = {0};
    size_t i = 0;
    for (; i + LANES <= columns; i += LANES)
      for (int l = 0; l < LANES; l++) {
        float g = above[i + l] * gain[i + l];
        sums[l] += g;
        products[l] += g * (from[i + l] - m) * s;
      }
    for (int l = 0; i < columns; i++, l++) {
      float g = above[i] * gain[i];
      sums[l] += g;
      products[l] += g * (from[i] - m) * s;
    }
    const float center = lane_sum(sums) / (float)columns;
    const float slope = lane_sum(products) / (float)columns;
    if (accumulates) {
      ELEMENTWISE
      for (size_t c = 0; c < columns; c++) to[c] += s * (above[c] * gain[c] - center - (from[c] - m) * s * slope);
    } else {
      ELEMENTWISE
      for (size_t c = 0; c < columns; c++) to[c] = s * (above[c] * gain[c] - center - (from[c] - m) * s * slope);
    }
    if (d_gain)
      ELEMENTWISE
      for (size_t c = 0; c < columns; c++) d_gain[c] += above[c] * (from[c] - m) * s;
    if (d_bias)
      ELEMENTWISE
      for (size_t c = 0; c < columns; c++) d_bias[c] += above[c];
  }
}

// x = exp(scale (x - largest)); returns the sum.
INLINE float shifted_exp(float *x, float scale, float largest, size_t n) {
  float lanes[LANES] = {0};
  size_t i = 0;
  for (; i + LANES <= n; i += LANES)
    for (int l = 0; l < LANES; l++) {
      x[i + l] = vector_exp(scale * (x[i + l] - largest));
      lanes[l] += x[i + l];
    }
  for (int l = 0; i < n; i++, l++) {
    x[i] = vector_exp(scale * (x[i] - largest));
    lanes[l] += x[i];
  }
  return lane_sum(lanes);
}

CLONES float takt_softmax(float *x, float scale, size_t n) {
  const float largest = row_maximum(x, n);
  const float sum = shifted_exp(x, scale, largest, n);
  const float inverse = 1.0f / sum;
  ELEMENTWISE
  for (size_t i = 0; i < n; i++) x[i] *= inverse;
  return scale * largest + logf(sum);
}

CLONES float takt_log_normalizer(float *x, float scale, size_t n, float *entropy) {
  const float largest = row_maximum(x, n);
  float sums[LANES] = {0};
  float weighted[LANES] = {0};
  size_t i = 0;
  for (; i + LANES <= n; i += LANES)
    for (int l = 0; l < LANES; l++) {
      float z = scale * (x[i + l] - largest);
      float e = vector_exp(z);
      x[i + l] = z;
      sums[l] += e;
      weighted[l] += e * z;
    }
  for (int l = 0; i < n; i++, l++) {
    float z = scale * (x[i] - largest);
    float e = vector_exp(z);
    x[i] = z;
    sums[l] += e;
    weighted[l] += e * z;
  }
  const float sum = lane_sum(sums);
  const float log_sum = logf(sum);
  *entropy = log_sum - lane_sum(weighted) / sum;
  return log_sum;
}

CLONES void takt_token_derivative(const float *z, float log_normalizer, float entropy, size_t token, float a, float b,
                                  float factor, float *d, size_t n) {
  ELEMENTWISE
  for (size_t k = 0; k < n; k++) {
    float log_p = z[k] - log_normalizer;
    d[k] = -factor * vector_exp(log_p) * (a + b * (log_p + entropy));
  }
  d[token] += factor * a;
}

CLONES void takt_softmax_derivative(const float *p, const float *dp, float scale, float *ds, size_t n) {
  float lanes[LANES] = {0};
  size_t i = 0;
  for (; i + LANES <= n; i += LANES)
    for (int l = 0; l < LANES; l++) lanes[l] += p[i + l] * dp[i + l];
  for (int l = 0; i < n; i++, l++) lanes[l] += p[i] * dp[i];
  const float sum = lane_sum(lanes);
  ELEMENTWISE
  for (size_t k = 0; k < n; k++) ds[k] = scale * p[k] * (dp[k] - sum);
}
