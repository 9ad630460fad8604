"""The smallest worker that learns: one logit for each second of the first minute, in Python alone. It hears nothing and reads nothing."""

import takt_rl  # first, so that nothing else can print among the answers

import json
import math
import random


class Seconds(takt_rl.Policy):
    name = "one logit a second"

    def start(self, seed):
        self.parameters, self.gradient, self.kept = [0.0] * 60, [0.0] * 60, []

    def logs(self, temperature):
        logits = [value / temperature for value in self.parameters]
        total = math.log(sum(math.exp(value - max(logits)) for value in logits)) + max(logits)
        return [value - total for value in logits]

    def sample(self, requests, sampling):
        logs = self.logs(sampling.temperature or 1)

        def one(seed, number):
            order = sorted(range(60), key=lambda second: -logs[second])
            mass, allowed = 0.0, []
            while mass < sampling.top_p * (1 - 1e-9) and len(allowed) < (60 if sampling.temperature else 1):
                allowed.append(order[len(allowed)])
                mass += math.exp(logs[allowed[-1]])
            weights = [math.exp(logs[second]) for second in allowed]
            second = random.Random(f"{seed}-{number}").choices(allowed, weights)[0]
            log = logs[second] - (math.log(mass) if sampling.temperature and len(allowed) < 60 else 0)
            return takt_rl.Completion([second], [log], f"0:{second:02d}")

        return [[one(request.seed, number) for number in range(request.count)] for request in requests]

    def outputs(self, batch, keep):
        logs = self.logs(batch.temperature)
        tokens = [token for _, tokens in batch.rows() for token in tokens]
        if any(not 0 <= token < 60 for token in tokens):
            raise takt_rl.Refusal("bad-completion", f"tokens are 0…59, not {max(tokens)}")
        self.kept = [(token, logs, batch.temperature) for token in tokens] if keep else self.kept
        entropy = -sum(math.exp(log) * log for log in logs)
        return takt_rl.Outputs([logs[token] for token in tokens], [entropy] * len(tokens))

    def backward(self, cotangents):
        for (token, logs, temperature), a, b in zip(self.kept, cotangents.log_probabilities, cotangents.entropies):
            entropy = -sum(math.exp(log) * log for log in logs)
            for k, log in enumerate(logs):
                self.gradient[k] += (a * ((k == token) - math.exp(log)) - b * math.exp(log) * (log + entropy)) / temperature

    def apply(self, learning_rate, maximum_norm):
        norm = math.sqrt(sum(slope * slope for slope in self.gradient))
        if not math.isfinite(norm):
            raise takt_rl.Refusal("non-finite", f"the gradient's norm is {norm}")
        self.nudge(learning_rate * min(1, maximum_norm / max(norm, 1e-12)))
        self.discard()
        return norm

    def nudge(self, step):
        self.parameters = [value - step * slope for value, slope in zip(self.parameters, self.gradient)]

    def discard(self):
        self.gradient, self.kept = [0.0] * 60, []

    def tokens(self, text):
        return [int(text.split(":")[-1]) % 60]

    def state(self):
        return json.dumps(self.parameters).encode()

    def take(self, state):
        self.parameters = json.loads(state)


if __name__ == "__main__":
    takt_rl.serve(Seconds)
