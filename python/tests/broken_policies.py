"""The listening policy, broken in one way each: `takt policy check` has to see it. broken_policies.py WAY"""

import takt_rl  # first, so that nothing else can print among the answers

import dataclasses
import os
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "examples"))

import numpy as np  # noqa: E402
from linear_policy import END  # noqa: E402
from listening_policy import Listening  # noqa: E402


class Silent(Listening):
    """Says nothing at all where it would end at once."""

    def sample_one(self, request, number, sampling):
        completion = super().sample_one(request, number, sampling)
        return takt_rl.Completion([], [], "", False, []) if number == 1 else completion


class WrongPlaces(Listening):
    """Says places in the text that lie beyond it."""

    def sample_one(self, request, number, sampling):
        completion = super().sample_one(request, number, sampling)
        completion.text_offsets = [offset + 1 for offset in completion.text_offsets]
        return completion


class BatchSeeds(Listening):
    """Draws from one stream for the whole batch."""

    def sample(self, requests, sampling):
        self.shared = np.random.Generator(np.random.PCG64(requests[0].seed))
        return super().sample(requests, sampling)

    def stream(self, request, number):
        return self.shared


class LoudGreed(Listening):
    """Samples at temperature 1 where 0 is asked for."""

    def sample_one(self, request, number, sampling):
        return super().sample_one(request, number, dataclasses.replace(sampling, temperature=sampling.temperature or 1))


class SpecialTokens(Listening):
    """May not end at once when it samples, and scores as if it could."""

    def logits(self, prompt, place, before):
        logits, needed = super().logits(prompt, place, before)
        if self.is_sampling:
            logits[END] += 1
        return logits, needed

    is_sampling = False

    def sample(self, requests, sampling):
        self.is_sampling = True
        try:
            return super().sample(requests, sampling)
        finally:
            self.is_sampling = False


class SharedBatch(Listening):
    """Its outputs depend on how many rows are in the batch, as with padding that is attended to."""

    def outputs(self, batch, keep):
        outputs = super().outputs(batch, keep)
        shift = 0.001 * len(batch.prompts)
        return takt_rl.Outputs([log - shift for log in outputs.log_probabilities], outputs.entropies)


class AnyToken(Listening):
    """Takes a token outside the vocabulary, which it does not state, for the last one."""

    vocabulary = None

    def outputs(self, batch, keep):
        completions = [[min(token, END) for token in tokens] for tokens in batch.completions]
        return super().outputs(dataclasses.replace(batch, completions=completions), keep)


class RowMean(Listening):
    """Averages the gradient over the rows of a call."""

    def backward(self, cotangents):
        before, self.gradient = self.gradient, np.zeros(self.shape)
        rows = max(1, len(self.kept))
        super().backward(cotangents)
        self.gradient = before + self.gradient / rows


class RankMean(Listening):
    """Averages over two ranks, as data-parallel wrappers do: every gradient is half of the sum, which Adam hides."""

    def accumulate(self, needed, by_logits):
        super().accumulate(needed, by_logits / 2)


class Unclipped(Listening):
    """Tells the norm, and does not clip to it."""

    def apply(self, learning_rate, maximum_norm):
        return super().apply(learning_rate, 1e30)


class Uphill(Listening):
    """Steps up the gradient."""

    def step(self, gradient, learning_rate):
        super().step(-gradient, learning_rate)


class MovingCopy(Listening):
    """Its frozen copy is the policy itself."""

    def freeze(self):
        return None

    def using(self, frozen):
        return super().using(self.parameters)


class LostOptimiser(Listening):
    """Forgets the optimiser's moments at a restore."""

    def take(self, state):
        super().take(state)
        self.mean, self.square, self.steps = np.zeros(self.shape), np.zeros(self.shape), 0

    def state(self):
        return self.parameters.tobytes() * 3 + np.array([0.0]).tobytes()


class TakesNaN(Listening):
    """Steps with a gradient that is not finite, to zeros, in spite of the base class, which would not let such derivatives through."""

    def start(self, seed):
        super().start(seed)
        takt_rl._calls.unpack = lambda text: np.nan_to_num(takt_rl.unpack(text), nan=1.0).tolist()

    def apply(self, learning_rate, maximum_norm):
        self.gradient = np.nan_to_num(self.gradient, nan=1.0)
        return super().apply(learning_rate, maximum_norm)


class NaNNorm(Listening):
    """Tells a norm that is no number."""

    def apply(self, learning_rate, maximum_norm):
        super().apply(learning_rate, maximum_norm)
        return float("nan")


class Dies(Listening):
    """Ends where it meets a token outside its vocabulary, as a failed assertion on a GPU does."""

    vocabulary = None

    def outputs(self, batch, keep):
        if any(token > END for tokens in batch.completions for token in tokens):
            os._exit(3)
        return super().outputs(batch, keep)


class WrongWords(Listening):
    """Writes a reference answer as tokens that are none."""

    def tokens(self, text):
        return []


class Deaf(Listening):
    """Ignores its recording."""

    def logits(self, prompt, place, before):
        same = dataclasses.replace(prompt, perturb="silent", end=None)
        logits, slopes = super().logits(same, place, before)
        slopes[:64, 0] = 0
        return slopes @ self.parameters, slopes


class HeedsNoChange(Listening):
    """Promises shuffled and silent recordings, and plays them as they are."""

    def logits(self, prompt, place, before):
        return super().logits(dataclasses.replace(prompt, perturb="none"), place, before)


WAYS = {name: value for name, value in globals().items() if isinstance(value, type) and issubclass(value, Listening)}

if __name__ == "__main__":
    takt_rl.serve(WAYS[sys.argv[1]])
