#pragma once

/// Loops over audio samples. Rows of results never depend on the processor's vector width: no kernel reassociates a sum.

/// target[i] += gain · source[i] for i in 0..<count, the last `fade` samples falling linearly to 0.
void takt_mix_note(float *target, const float *source, long count, long fade, float gain);

/// As `takt_mix_note`, reading `source` at `rate` source samples a target sample with linear interpolation.
/// Reads source[0] … source[(count - 1) · rate + 1].
void takt_mix_note_at_rate(float *target, const float *source, long count, long fade, float gain, float rate);

/// target[i] += amplitude · decay^i · cos(phase + i · frequency), frequency in radians a sample, 0 < decay <= 1.
void takt_add_partial(float *target, long count, double frequency, double phase, double amplitude, double decay);

/// target[i] += amplitude · (u + v - 1) · sqrt(6), u and v uniform in [0, 1): white noise of standard deviation `amplitude`.
void takt_add_noise(float *target, long count, float amplitude, unsigned seed);

/// target[i] += Σ_k gains[k] · source[i - delays[k]], samples before the start being 0.
void takt_add_echoes(float *target, const float *source, long count, const int *delays, const float *gains, int echoes);

enum { takt_fft_length = 1024, takt_fft_lanes = 16 };

/// Floats that `takt_log_mel` needs as scratch.
enum { takt_log_mel_scratch = (4 * takt_fft_length / 2 + takt_fft_length / 2 + 1) * takt_fft_lanes };

/// Triangular bands over the bins of a power spectrum: band b sums weights[offsets[b] …] over the bins first[b]..<first[b] + length[b].
struct takt_bands {
  int count;
  const int *first;
  const int *length;
  const int *offset;
  const float *weights;
};

/// Log-mel features of frames first … first + frames - 1: frame i is samples[i · hop ..< i · hop + 1024] times `window`.
///
/// `output` is row-major [frames, bands.count]: (ln(P + floor) + shift) · scale. `roots` holds cos(2πk/1024), then
/// sin(2πk/1024), k in 0..<1024. `samples` must hold frames rounded up to a multiple of 16.
void takt_log_mel(
  float *output, const float *samples, long frames, long hop, const float *window, const float *roots,
  struct takt_bands bands, float floor, float shift, float scale, float *scratch);

/// output[n] = Σ_k phases[p][k] · input[i + k] with i = position div up, p = position mod up, position = start + n · down.
/// `phases` is row-major [up, taps], taps a multiple of 16.
void takt_resample(
  float *output, long count, const float *input, const float *phases, long taps, long up, long down, long start);
