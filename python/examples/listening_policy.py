"""A policy in numpy that listens a little: where in the recording does it get louder?

The logit of a second is a weighted sum of how loud it is there, how much louder than before, and how much softer. Ten weights learn which
of these the questions are about; under shuffled or silent sound its answers are others.
"""

import takt_rl  # first, so that nothing else can print among the answers

import functools

import numpy as np
from linear_policy import END, PLACES, SIZE, Linear

KINDS = {"enter": 0, "stop": 1}  # which word of the question chooses which weights
PER_KIND = 5


@functools.lru_cache(maxsize=512)
def heard(path, start, end, perturb, track):
    """For each second up to 64: a one, loudness, rise, fall, and whether there is sound at all."""
    prompt = takt_rl.Prompt("", "", track, path=path, start=start, end=end, perturb=perturb)
    recording = takt_rl.recording(prompt)
    samples = np.frombuffer(recording.samples, dtype=np.float32)
    table = np.zeros((64, PER_KIND))
    seconds = min(64, int(np.ceil(len(samples) / recording.rate)))
    level = np.zeros(seconds + 2)
    for second in range(seconds):
        piece = samples[second * recording.rate : (second + 1) * recording.rate]
        level[second + 1] = np.log10(1e-4 + np.sqrt((piece**2).mean())) / 4 + 1
    change = level[1 : seconds + 1] - level[:seconds]
    table[:, 0] = np.where(np.arange(64) < seconds, 0, -8)
    table[:seconds, 1] = level[1 : seconds + 1]
    table[:seconds, 2] = np.maximum(change, 0)
    table[:seconds, 3] = np.maximum(-change, 0)
    table[:seconds, 4] = (np.arange(seconds) / max(1, seconds)) - 0.5
    return table


class Listening(Linear):
    name = "loudness"
    capabilities = takt_rl.Capabilities(text_offsets=True, in_flight=4, audio=True, longest_audio=64, perturbed_audio=True)
    #: For each kind of question the weights of what is heard and the logit of ending at once; last, that of ending after a time.
    shape = (2 * (PER_KIND + 1) + 1,)

    def first_parameters(self):
        weights = np.zeros(self.shape)
        for kind in range(2):
            weights[kind * (PER_KIND + 1)] = 1
            weights[kind * (PER_KIND + 1) + 2 + kind] = 1
            weights[kind * (PER_KIND + 1) + PER_KIND] = -3
        weights[-1] = 5
        return weights

    def logits(self, prompt, place, before):
        slopes = np.zeros((SIZE, self.shape[0]))
        if place > 0:
            slopes[END, -1] = 1
        else:
            kind = next((kind for word, kind in KINDS.items() if word in prompt.question.lower()), 0)
            first = kind * (PER_KIND + 1)
            slopes[:64, first : first + PER_KIND] = heard(prompt.path, prompt.start, prompt.end, prompt.perturb, prompt.track)
            slopes[64:END, first] = -8
            slopes[END, first + PER_KIND] = 1
        return slopes @ self.parameters, slopes

    def accumulate(self, needed, by_logits):
        self.gradient += by_logits @ needed


assert PLACES > 1

if __name__ == "__main__":
    takt_rl.serve(Listening)
