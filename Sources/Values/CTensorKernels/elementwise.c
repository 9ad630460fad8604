#include "CTensorKernels.h"
#include "Vectorized.h"

// sqrt(2/pi) and the cubic coefficient of the tanh form.
#define GELU_SCALE 0.7978845608028654f
#define GELU_CUBIC 0.044715f

// 1 / (1 + exp(-2u)) = (1 + tanh u) / 2.
INLINE float half_tanh(float u) { return 1.0f / (1.0f + vector_exp(-2.0f * u)); }

CLONES void takt_gelu(const float *x, float *y, size_t n) {
  ELEMENTWISE
  for (size_t i = 0; i < n; i++) {
    float v = x[i];
    y[i] = v * half_tanh(GELU_SCALE * (v + GELU_CUBIC * v * v * v));
  }
}

INLINE float gelu_slope(float v) {
  float s = half_tanh(GELU_SCALE * (v + GELU_CUBIC * v * v * v));
  return s + v * s * (1.0f - s) * 2.0f * GELU_SCALE * (1.0f + 3.0f * GELU_CUBIC * v * v);
}

CLONES void takt_gelu_derivative(const float *x, const float *dy, float *dx, size_t n, int accumulates) {
  if (accumulates) {
    ELEMENTWISE
    for (size_t i = 0; i < n; i++) dx[i] += dy[i] * gelu_slope(x[i]);
  } else {
    ELEMENTWISE
    for (size_t i = 0; i < n; i++) dx[i] = dy[i] * gelu_slope(x[i]);
  }
}

CLONES void takt_sigmoid(const float *x, float *y, size_t n) {
  ELEMENTWISE
  for (size_t i = 0; i < n; i++) y[i] = 1.0f / (1.0f + vector_exp(-x[i]));
}

CLONES void takt_exp(const float *x, float *y, size_t n) {
  ELEMENTWISE
  for (size_t i = 0; i < n; i++) y[i] = vector_exp(x[i]);
}

CLONES void takt_add(const float *x, const float *y, float *z, size_t n) {
  ELEMENTWISE
  for (size_t i = 0; i < n; i++) z[i] = x[i] + y[i];
}

CLONES void takt_add_scaled(float a, const float *x, float *y, size_t n) {
  ELEMENTWISE
  for (size_t i = 0; i < n; i++) y[i] += a * x[i];
}

CLONES void takt_scale(float a, const float *x, float *y, size_t n) {
  ELEMENTWISE
  for (size_t i = 0; i < n; i++) y[i] = a * x[i];
}

CLONES void takt_multiply(const float *x, const float *y, float *z, size_t n) {
  ELEMENTWISE
  for (size_t i = 0; i < n; i++) z[i] = x[i] * y[i];
}

CLONES double takt_sum_of_squares(const float *x, size_t n) {
  double lanes[LANES] = {0};
  size_t i = 0;
  for (; i + LANES <= n; i += LANES)
    for (int l = 0; l < LANES; l++) lanes[l] += (double)x[i + l] * (double)x[i + l];
  for (int l = 0; i < n; i++, l++) lanes[l] += (double)x[i] * (double)x[i];
  for (int width = LANES / 2; width > 0; width /= 2)
    for (int l = 0; l < width; l++) lanes[l] += lanes[l + width];
  return lanes[0];
}

CLONES float takt_dot(const float *x, const float *y, size_t n) {
  float lanes[LANES] = {0};
  size_t i = 0;
  for (; i + LANES <= n; i += LANES)
    for (int l = 0; l < LANES; l++) lanes[l] += x[i + l] * y[i + l];
  for (int l = 0; i < n; i++, l++) lanes[l] += x[i] * y[i];
  return lane_sum(lanes);
}

CLONES void takt_add_bias(float *y, const float *bias, size_t rows, size_t columns) {
  for (size_t r = 0; r < rows; r++) {
    float *row = y + r * columns;
    ELEMENTWISE
    for (size_t c = 0; c < columns; c++) row[c] += bias[c];
  }
}

CLONES void takt_add_column_sums(const float *x, float *sum, size_t rows, size_t columns) {
  for (size_t r = 0; r < rows; r++) {
    const float *row = x + r * columns;
    ELEMENTWISE
    for (size_t c = 0; c < columns; c++) sum[c] += row[c];
  }
}

CLONES void takt_adamw(float *parameter, float *mean, float *square, const float *gradient, size_t n, float gradient_scale,
                       float rate, float decay, float beta1, float beta2, float epsilon, float correction1,
                       float correction2) {
  const float kept = 1.0f - rate * decay;
  const float step = rate / correction1;
  const float root = 1.0f / correction2;
  ELEMENTWISE
  for (size_t i = 0; i < n; i++) {
    float g = gradient[i] * gradient_scale;
    float m = beta1 * mean[i] + (1.0f - beta1) * g;
    float v = beta2 * square[i] + (1.0f - beta2) * g * g;
    mean[i] = m;
    square[i] = v;
    parameter[i] = kept * parameter[i] - step * m / (__builtin_elementwise_sqrt(v * root) + epsilon);
  }
}
