#include "spectrum.h"

#include <math.h>

#pragma STDC FP_CONTRACT OFF

enum { lanes = 16, restart = 256 };

#if defined(__x86_64__) && !__has_feature(thread_sanitizer)
__attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#endif
static void turn(float *target, long steps, float *re, float *im, float zr, float zi) {
  for (long s = 0; s < steps; s++) {
    for (int l = 0; l < lanes; l++) {
      target[s * lanes + l] += re[l];
      const float r = re[l] * zr - im[l] * zi;
      im[l] = re[l] * zi + im[l] * zr;
      re[l] = r;
    }
  }
}

// A phasor a lane, turned by 16 samples at a step and set anew from `cos` every 4096 samples, so that rounding does not add up.
void takt_add_partial(float *target, long count, double frequency, double phase, double amplitude, double decay) {
  const double turnBy = frequency * lanes, shrink = pow(decay, lanes);
  const float zr = (float)(shrink * cos(turnBy)), zi = (float)(shrink * sin(turnBy));
  float re[16], im[16], rest[16];
  for (long start = 0; start < count; start += restart * lanes) {
    for (int l = 0; l < lanes; l++) {
      const double level = amplitude * pow(decay, (double)(start + l)), angle = phase + frequency * (double)(start + l);
      re[l] = (float)(level * cos(angle));
      im[l] = (float)(level * sin(angle));
    }
    const long left = count - start, steps = left / lanes < restart ? left / lanes : restart;
    turn(target + start, steps, re, im, zr, zi);
    if (steps < restart) {
      for (int l = 0; l < lanes; l++) rest[l] = re[l];
      for (long i = steps * lanes; i < left; i++) target[start + i] += rest[i - steps * lanes];
    }
  }
}
