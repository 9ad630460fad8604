#include "spectrum.h"

#pragma STDC FP_CONTRACT OFF

#if defined(__x86_64__) && !__has_feature(thread_sanitizer)
#define CLONES __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define CLONES
#endif
#define INLINE static inline __attribute__((always_inline))

enum { half = takt_fft_length / 2, lanes = takt_fft_lanes };

/// One Stockham pass of radix 4 over `stride` interleaved transforms of `length` points; x -> y.
INLINE void pass4(
  int length, int stride, const float *restrict xr, const float *restrict xi, float *restrict yr, float *restrict yi,
  const float *restrict roots) {
  const int quarter = length / 4, block = stride * lanes, step = takt_fft_length / length;
  const float *cosines = roots, *sines = roots + takt_fft_length;
  for (int p = 0; p < quarter; p++) {
    const float c1 = cosines[p * step], s1 = -sines[p * step];
    const float c2 = cosines[2 * p * step], s2 = -sines[2 * p * step];
    const float c3 = cosines[3 * p * step], s3 = -sines[3 * p * step];
    const float *ar = xr + p * block, *ai = xi + p * block;
    const float *br = ar + quarter * block, *bi = ai + quarter * block;
    const float *cr = br + quarter * block, *ci = bi + quarter * block;
    const float *dr = cr + quarter * block, *di = ci + quarter * block;
    float *er = yr + 4 * p * block, *ei = yi + 4 * p * block;
    for (int q = 0; q < block; q++) {
      const float apcr = ar[q] + cr[q], apci = ai[q] + ci[q], amcr = ar[q] - cr[q], amci = ai[q] - ci[q];
      const float bpdr = br[q] + dr[q], bpdi = bi[q] + di[q], bmdr = br[q] - dr[q], bmdi = bi[q] - di[q];
      const float ur = amcr + bmdi, ui = amci - bmdr, vr = apcr - bpdr, vi = apci - bpdi;
      const float wr = amcr - bmdi, wi = amci + bmdr;
      er[q] = apcr + bpdr;
      ei[q] = apci + bpdi;
      er[q + block] = c1 * ur - s1 * ui;
      ei[q + block] = c1 * ui + s1 * ur;
      er[q + 2 * block] = c2 * vr - s2 * vi;
      ei[q + 2 * block] = c2 * vi + s2 * vr;
      er[q + 3 * block] = c3 * wr - s3 * wi;
      ei[q + 3 * block] = c3 * wi + s3 * wr;
    }
  }
}

/// The last pass, of radix 2.
INLINE void pass2(
  const float *restrict xr, const float *restrict xi, float *restrict yr, float *restrict yi) {
  const int block = half / 2 * lanes;
  for (int q = 0; q < block; q++) {
    yr[q] = xr[q] + xr[q + block];
    yi[q] = xi[q] + xi[q + block];
    yr[q + block] = xr[q] - xr[q + block];
    yi[q + block] = xi[q] - xi[q + block];
  }
}

/// Squared magnitudes of the 513 bins of a real transform from the 512 points of the half-length complex one.
INLINE void powers(const float *restrict zr, const float *restrict zi, float *restrict power, const float *restrict roots) {
  const float *cosines = roots, *sines = roots + takt_fft_length;
  for (int k = 0; k <= half; k++) {
    const int forward = (k % half) * lanes, mirror = ((half - k) % half) * lanes;
    const float c = cosines[k], s = -sines[k];
    for (int l = 0; l < lanes; l++) {
      const float ar = zr[forward + l], ai = zi[forward + l], br = zr[mirror + l], bi = -zi[mirror + l];
      const float er = 0.5f * (ar + br), ei = 0.5f * (ai + bi), or = 0.5f * (ai - bi), oi = -0.5f * (ar - br);
      const float re = er + (c * or - s * oi), im = ei + (c * oi + s * or);
      power[k * lanes + l] = re * re + im * im;
    }
  }
}

/// Natural logarithm of a positive normal number: Cephes' logf polynomial.
INLINE float logarithm(float x) {
  union { float f; unsigned u; } bits = {x};
  const unsigned shifted = bits.u - 0x3f3504f3u;
  const int exponent = (int)shifted >> 23;
  bits.u = (shifted & 0x007fffffu) + 0x3f3504f3u;
  const float m = bits.f - 1.0f, e = (float)exponent, z = m * m;
  float y = 7.0376836292e-2f;
  y = y * m - 1.1514610310e-1f;
  y = y * m + 1.1676998740e-1f;
  y = y * m - 1.2420140846e-1f;
  y = y * m + 1.4249322787e-1f;
  y = y * m - 1.6668057665e-1f;
  y = y * m + 2.0000714765e-1f;
  y = y * m - 2.4999993993e-1f;
  y = y * m + 3.3333331174e-1f;
  y = y * m * z + e * -2.12194440e-4f - 0.5f * z;
  return m + y + e * 0.693359375f;
}

CLONES void takt_log_mel(
  float *output, const float *samples, long frames, long hop, const float *window, const float *roots,
  struct takt_bands bands, float floor, float shift, float scale, float *scratch) {
  float *ar = scratch, *ai = ar + half * lanes, *br = ai + half * lanes, *bi = br + half * lanes;
  float *power = bi + half * lanes;
  for (long frame = 0; frame < frames; frame += lanes) {
    const float *start = samples + frame * hop;
    for (int n = 0; n < half; n++) {
      const float even = window[2 * n], odd = window[2 * n + 1];
      for (int l = 0; l < lanes; l++) {
        ar[n * lanes + l] = even * start[l * hop + 2 * n];
        ai[n * lanes + l] = odd * start[l * hop + 2 * n + 1];
      }
    }
    pass4(512, 1, ar, ai, br, bi, roots);
    pass4(128, 4, br, bi, ar, ai, roots);
    pass4(32, 16, ar, ai, br, bi, roots);
    pass4(8, 64, br, bi, ar, ai, roots);
    pass2(ar, ai, br, bi);
    powers(br, bi, power, roots);
    const long count = frames - frame < lanes ? frames - frame : lanes;
    for (int b = 0; b < bands.count; b++) {
      float sum[takt_fft_lanes] = {0};
      const float *row = power + bands.first[b] * lanes, *weight = bands.weights + bands.offset[b];
      for (int k = 0; k < bands.length[b]; k++)
        for (int l = 0; l < lanes; l++) sum[l] += weight[k] * row[k * lanes + l];
      for (int l = 0; l < lanes; l++) sum[l] = (logarithm(sum[l] + floor) + shift) * scale;
      for (long l = 0; l < count; l++) output[(frame + l) * bands.count + b] = sum[l];
    }
  }
}

CLONES void takt_mix_note(float *target, const float *source, long count, long fade, float gain) {
  if (fade > count) fade = count;
  for (long i = 0; i < count - fade; i++) target[i] += gain * source[i];
  const float slope = fade > 0 ? gain / (float)fade : 0;
  for (long i = count - fade; i < count; i++) target[i] += slope * (float)(count - i) * source[i];
}

/// The source at a fractional position.
INLINE float between(const float *source, float position) {
  const int k = (int)position;
  return source[k] + (position - (float)k) * (source[k + 1] - source[k]);
}

CLONES void takt_mix_note_at_rate(
  float *restrict target, const float *restrict source, long count, long fade, float gain, float rate) {
  if (fade > count) fade = count;
  for (long i = 0; i < count - fade; i++) target[i] += gain * between(source, (float)i * rate);
  const float slope = fade > 0 ? gain / (float)fade : 0;
  for (long i = count - fade; i < count; i++) target[i] += slope * (float)(count - i) * between(source, (float)i * rate);
}

CLONES void takt_add_noise(float *target, long count, float amplitude, unsigned seed) {
  const float scale = amplitude * 2.4494897f / 65536.0f;
  for (long i = 0; i < count; i++) {
    unsigned x = (unsigned)i * 0x9e3779b9u + seed;
    x = (x ^ (x >> 16)) * 0x7feb352du;
    x = (x ^ (x >> 15)) * 0x846ca68bu;
    x ^= x >> 16;
    target[i] += scale * (float)((int)(x & 0xffffu) + (int)(x >> 16) - 65535);
  }
}

CLONES void takt_add_echoes(
  float *target, const float *source, long count, const int *delays, const float *gains, int echoes) {
  enum { block = 4096 };
  for (long start = 0; start < count; start += block) {
    const long stop = start + block < count ? start + block : count;
    for (int k = 0; k < echoes; k++) {
      const float gain = gains[k];
      const long from = start > delays[k] ? start : delays[k];
      for (long i = from; i < stop; i++) target[i] += gain * source[i - delays[k]];
    }
  }
}
