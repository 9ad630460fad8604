// Loops over contiguous float arrays, each compiled for AVX-512, AVX2 and the baseline and chosen when the program loads.
// Arguments: n counts elements, rows and columns count a row-major matrix. Pointers must not overlap unless a line says so.
#pragma once

#include <stddef.h>
#include <stdint.h>

// y = gelu(x) with gelu(x) = x/2 (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3))). y may be x.
void takt_gelu(const float *x, float *y, size_t n);
// dx = dy gelu'(x), or dx += where accumulates.
void takt_gelu_derivative(const float *x, const float *dy, float *dx, size_t n, int accumulates);
// y = 1 / (1 + exp(-x)). y may be x.
void takt_sigmoid(const float *x, float *y, size_t n);
// y = exp(x), 0 below -87.3. y may be x.
void takt_exp(const float *x, float *y, size_t n);

// z = x + y. z may be x or y.
void takt_add(const float *x, const float *y, float *z, size_t n);
// y += a x.
void takt_add_scaled(float a, const float *x, float *y, size_t n);
// y = a x. y may be x.
void takt_scale(float a, const float *x, float *y, size_t n);
// z = x y. z may be x or y.
void takt_multiply(const float *x, const float *y, float *z, size_t n);
// The sum of the squares, in double.
double takt_sum_of_squares(const float *x, size_t n);
// The inner product, in float over 16 lanes.
float takt_dot(const float *x, const float *y, size_t n);

// Each row of y += bias.
void takt_add_bias(float *y, const float *bias, size_t rows, size_t columns);
// sum[c] += the sum of column c.
void takt_add_column_sums(const float *x, float *sum, size_t rows, size_t columns);

// Each row: y = (x - mean) / sqrt(variance + epsilon) * gain + bias. Keeps mean and 1/sqrt a row where pointers are not NULL.
void takt_layer_norm(const float *x, const float *gain, const float *bias, float epsilon, float *y, float *mean, float *scale,
                     size_t rows, size_t columns);
// The derivative of takt_layer_norm: dx (set, or added to where accumulates), d_gain += and d_bias += (either may be NULL).
void takt_layer_norm_derivative(const float *x, const float *gain, const float *mean, const float *scale, const float *dy,
                                float *dx, float *d_gain, float *d_bias, size_t rows, size_t columns, int accumulates);

// x = softmax(scale x) in place; returns the log of the normaliser of scale x. n >= 1.
float takt_softmax(float *x, float scale, size_t n);
// x = z = scale (x - max x) in place; returns log sum exp z and writes the entropy of softmax(z), in nats. n >= 1, scale > 0.
// Small z keep log softmax(z) exact to the last digits where the logits are large.
float takt_log_normalizer(float *x, float scale, size_t n, float *entropy);
// d[k] = factor (a (1[k = token] - p_k) - b p_k (log p_k + entropy)), log p_k = z[k] - log_normalizer. d may be z.
void takt_token_derivative(const float *z, float log_normalizer, float entropy, size_t token, float a, float b, float factor,
                           float *d, size_t n);
// The derivative of a softmax row: ds = scale p (dp - sum(dp p)). ds may be dp.
void takt_softmax_derivative(const float *p, const float *dp, float scale, float *ds, size_t n);

// Tells the C library's allocator to keep what is freed instead of handing it back to the system.
void takt_keep_freed_memory(void);

// Whether `count` buffers of the matrix kernels fit into memory; they are taken then and kept for later calls.
int takt_reserve_blas_buffers(int count);

// Bytes of one such buffer.
size_t takt_blas_buffer_bytes(void);

// One AdamW step on n elements: decay, moments, move. correction1 = 1 - beta1^t, correction2 = 1 - beta2^t.
void takt_adamw(float *parameter, float *mean, float *square, const float *gradient, size_t n, float gradient_scale,
                float rate, float decay, float beta1, float beta2, float epsilon, float correction1, float correction2);
#include "spectrum.h"
