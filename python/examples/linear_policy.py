"""A policy in numpy: a linear softmax over seconds that hears nothing.

Each token is a time such as 0:57, a hyphen, a comma, or the end. The logits of the token at place p are x·W[p], where x holds a one, the
question's words hashed into 32 features, and the token before.
"""

import takt_rl  # first, so that nothing else can print among the answers

import re
import zlib

import numpy as np

WORDS = [f"{second // 60}:{second % 60:02d}" for second in range(64)] + ["-", ", "]
END = len(WORDS)
SIZE = END + 1
PLACES, HASHES = 8, 32
FEATURES = 1 + HASHES + SIZE


class Linear(takt_rl.Policy):
    name = "linear softmax"
    capabilities = takt_rl.Capabilities(text_offsets=True, in_flight=4)
    vocabulary = SIZE
    shape = (PLACES, FEATURES, SIZE)

    def start(self, seed):
        self.parameters = self.first_parameters()
        self.gradient, self.mean, self.square = (np.zeros(self.shape) for _ in range(3))
        self.steps, self.kept = 0, []

    def first_parameters(self):
        weights = np.zeros(self.shape)
        weights[1:, 0, END] = 5  # at first, one time and the end
        return weights

    # The model: a distribution at a place, and the derivative by its parameters.

    def features(self, prompt, before):
        x = np.zeros(FEATURES)
        x[0] = 1
        words = prompt.question.lower().split()
        for word in words:
            x[1 + zlib.crc32(word.encode()) % HASHES] += len(words) ** -0.5
        x[1 + HASHES + (END if before is None else before)] = 1
        return x

    def logits(self, prompt, place, before):
        """The logits at a place, and what `accumulate` needs of it."""
        x = self.features(prompt, before)
        return x @ self.parameters[place], (place, x)

    def accumulate(self, needed, by_logits):
        place, x = needed
        self.gradient[place] += np.outer(x, by_logits)

    # What every softmax over words has in common.

    def log_softmax(self, logits, temperature):
        scaled = logits / temperature
        return scaled - scaled.max() - np.log(np.exp(scaled - scaled.max()).sum())

    def sample(self, requests, sampling):
        groups = []
        for request in requests:
            self.working()
            groups.append([self.sample_one(request, number, sampling) for number in range(request.count)])
        return groups

    def stream(self, request, number):
        return np.random.Generator(np.random.PCG64([request.seed, number]))

    def sample_one(self, request, number, sampling):
        random = self.stream(request, number)
        tokens, logs = [], []
        while len(tokens) < min(PLACES, sampling.maximum_tokens) and tokens[-1:] != [END]:
            logits, _ = self.logits(request.prompt, len(tokens), tokens[-1] if tokens else None)
            log = self.log_softmax(logits, sampling.temperature or 1)
            order = np.argsort(-log, kind="stable")
            mass = np.cumsum(np.exp(log[order]))
            enough = int(np.searchsorted(mass, sampling.top_p * (1 - 1e-12))) + 1
            allowed = 1 if sampling.temperature == 0 else min(enough, SIZE)
            place = int(np.searchsorted(mass[:allowed], random.random() * mass[allowed - 1], side="right"))
            tokens.append(int(order[min(place, allowed - 1)]))
            renormalised = np.log(mass[allowed - 1]) if sampling.temperature > 0 and allowed < SIZE else 0
            logs.append(float(log[tokens[-1]] - renormalised))
        pieces = ["" if token == END else WORDS[token] for token in tokens]
        return takt_rl.Completion(tokens, logs, "".join(pieces), END not in tokens, takt_rl.text_offsets(pieces))

    def outputs(self, batch, keep):
        logs, entropies, kept = [], [], []
        for prompt, tokens in batch.rows():
            for place, token in enumerate(tokens):
                if place >= PLACES:
                    raise takt_rl.Refusal("bad-completion", f"a completion of {len(tokens)} tokens: it has at most {PLACES}")
                logits, needed = self.logits(prompt, place, tokens[place - 1] if place else None)
                log = self.log_softmax(logits, batch.temperature)
                logs.append(float(log[token]))
                entropies.append(float(-(np.exp(log) * log).sum()))
                kept.append((log, token, needed, batch.temperature))
        if keep:
            self.kept = kept
        return takt_rl.Outputs(logs, entropies)

    def backward(self, cotangents):
        for (log, token, needed, temperature), a, b in zip(self.kept, cotangents.log_probabilities, cotangents.entropies):
            p = np.exp(log)
            by_logits = -a * p - b * p * (log - (p * log).sum())
            by_logits[token] += a
            self.accumulate(needed, by_logits / temperature)
        self.kept = []

    def apply(self, learning_rate, maximum_norm):
        norm = float(np.sqrt((self.gradient**2).sum()))
        if not np.isfinite(norm):
            raise takt_rl.Refusal("non-finite", f"the gradient's norm is {norm}: lower the learning rate")
        self.step(self.gradient * min(1, maximum_norm / max(norm, 1e-12)), learning_rate)
        self.discard()
        return norm

    def step(self, gradient, learning_rate):
        self.steps += 1  # Adam
        self.mean += 0.1 * (gradient - self.mean)
        self.square += 0.001 * (gradient**2 - self.square)
        scale = np.sqrt(self.square / (1 - 0.999**self.steps)) + 1e-8
        self.parameters = self.parameters - learning_rate * self.mean / (1 - 0.9**self.steps) / scale

    def nudge(self, step):
        self.parameters = self.parameters - step * self.gradient

    def discard(self):
        self.gradient = np.zeros(self.shape)
        self.kept = []

    def tokens(self, text):
        pieces = [piece if piece == ", " else piece.strip() for piece in re.split(r"(, | *- *)", takt_rl.whole_seconds(text))]
        unknown = [piece for piece in pieces if piece not in WORDS]
        if unknown or len(pieces) >= PLACES:
            raise takt_rl.Refusal(
                "bad-completion", f"'{text}' cannot be written: this policy has times from 0:00 to 1:03, {PLACES - 1} of them, hyphens and "
                "commas at most; ask for such answers alone (questions: {tasks: [tsg], answers-to: 63})")
        return [WORDS.index(piece) for piece in pieces] + [END]

    def state(self):
        return b"".join(part.tobytes() for part in [self.parameters, self.mean, self.square, np.array([self.steps], dtype=float)])

    def take(self, state):
        if len(state) != 8 * (3 * self.parameters.size + 1):
            raise takt_rl.Refusal("bad-checkpoint", f"{len(state)} bytes are no checkpoint of this policy")
        numbers = np.frombuffer(state)
        parts = np.split(numbers[:-1].copy(), 3)
        self.parameters, self.mean, self.square = (part.reshape(self.shape) for part in parts)
        self.steps = int(numbers[-1])


if __name__ == "__main__":
    takt_rl.serve(Linear)
