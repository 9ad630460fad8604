"""The smallest worker that learns: one logit for each second of the first minute, in Python alone. It hears nothing and reads nothing."""

import takt_rl  # first, so that nothing else can print among the answers

import json
import math


class Seconds(takt_rl.Policy):
    name = "one logit a second"
    vocabulary = 60

    def start(self, seed):
        self.parameters, self.gradient, self.kept = [0.0] * 60, [0.0] * 60, []

    def logs(self, temperature):
        logits = [value / temperature for value in self.parameters]
        total = math.log(sum(math.exp(value - max(logits)) for value in logits)) + max(logits)
        return [value - total for value in logits]

    def sample(self, requests, sampling):
        def one(seed, number):
            second, log = takt_rl.draw(self.parameters, (seed, number), sampling)
            return takt_rl.Completion([second], [log], f"0:{second:02d}")

        return [[one(request.seed, number) for number in range(request.count)] for request in requests]

    def outputs(self, batch, keep):
        logs = self.logs(batch.temperature)
        tokens = [token for _, tokens in batch.rows() for token in tokens]
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
        self.nudge(learning_rate * min(1, maximum_norm / max(norm, 1e-12)))
        self.discard()
        return norm

    def nudge(self, step):
        self.parameters = [value - step * slope for value, slope in zip(self.parameters, self.gradient)]

    def discard(self):
        self.gradient, self.kept = [0.0] * 60, []

    def tokens(self, text):
        minute, _, second = takt_rl.whole_seconds(text).partition(":")
        if minute != "0" or not second.isdigit():
            raise takt_rl.Refusal("bad-completion", f"'{text}' cannot be written, only 0:00 to 0:59 can (questions: {{answers-to: 59}})")
        return [int(second)]

    def state(self):
        return json.dumps(self.parameters).encode()

    def take(self, state):
        self.parameters = json.loads(state)


if __name__ == "__main__":
    takt_rl.serve(Seconds)
