"""A policy that speaks version 1 of the messages, in numpy: a linear softmax over seconds.

Each token is a time such as 0:57, a hyphen, a comma, or the end. The logits of the token at place p are x·W[p], where x holds a
one, the question's words hashed into 32 features, and the token before.
"""

import base64
import json
import sys
import zlib

import numpy as np

WORDS = [f"{second // 60}:{second % 60:02d}" for second in range(64)] + ["-", ", "]
END = len(WORDS)
SIZE = END + 1
PLACES, HASHES = 8, 32
FEATURES = 1 + HASHES + SIZE


class Refusal(Exception):
    def __init__(self, code, message):
        super().__init__(message)
        self.code = code


class LinearPolicy:
    def __init__(self):
        self.weights = np.zeros((PLACES, FEATURES, SIZE))
        self.weights[1:, 0, END] = 5  # at first, one time and the end
        self.gradient, self.mean, self.square = (np.zeros_like(self.weights) for _ in range(3))
        self.steps = 0
        self.copies = {0: self.weights}
        self.kept = []

    def features(self, prompt, before):
        x = np.zeros(FEATURES)
        x[0] = 1
        words = prompt["question"].lower().split()
        for word in words:
            x[1 + zlib.crc32(word.encode()) % HASHES] += len(words) ** -0.5
        x[1 + HASHES + (END if before is None else before)] = 1
        return x

    def log_distribution(self, weights, x, place, temperature):
        logits = x @ weights[place] / temperature
        return logits - logits.max() - np.log(np.exp(logits - logits.max()).sum())

    def sample_one(self, weights, prompt, seed, number, call):
        random = np.random.Generator(np.random.PCG64([seed, number]))
        tokens, logs = [], []
        while len(tokens) < min(PLACES, call["maximum_tokens"]) and tokens[-1:] != [END]:
            x = self.features(prompt, tokens[-1] if tokens else None)
            log = self.log_distribution(weights, x, len(tokens), call["temperature"] or 1)
            order = np.argsort(-log, kind="stable")
            mass = np.cumsum(np.exp(log[order]))
            enough = int(np.searchsorted(mass, call["top_p"] * (1 - 1e-12))) + 1
            allowed = 1 if call["temperature"] == 0 else min(enough, SIZE)
            place = int(np.searchsorted(mass[:allowed], random.random() * mass[allowed - 1], side="right"))
            tokens.append(int(order[min(place, allowed - 1)]))
            logs.append(float(log[tokens[-1]]) - (np.log(mass[allowed - 1]) if call["temperature"] > 0 and allowed < SIZE else 0))
        text = "".join(WORDS[token] for token in tokens if token != END)
        return {"tokens": tokens, "log_probabilities": logs, "text": text, "truncated": END not in tokens}

    def sample(self, call):
        weights = self.copies[call["policy"]]
        def group(r):
            return [self.sample_one(weights, r["prompt"], r["seed"], number, call) for number in range(r["count"])]

        return {"completions": [group(request) for request in call["requests"]]}

    def outputs(self, call):
        weights, temperature = self.copies[call["policy"]], call["temperature"]
        logs, entropies, kept = [], [], []
        for tokens, index in zip(call["completions"], call["prompt_indices"]):
            for place, token in enumerate(tokens):
                if place >= PLACES or not 0 <= token < SIZE:
                    raise Refusal("bad-completion", f"token {token} at place {place}: 0…{END} at places below {PLACES} are known")
                x = self.features(call["prompts"][index], tokens[place - 1] if place else None)
                log = self.log_distribution(weights, x, place, temperature)
                logs.append(float(log[token]))
                entropies.append(float(-(np.exp(log) * log).sum()))
                kept.append((x, log, token, place, temperature))
        if call["keep"]:
            self.kept = kept
        return {"log_probabilities": logs, "entropies": entropies}

    def backward(self, call):
        by_log = np.array(call["log_probabilities"], dtype=float)
        by_entropy = np.array(call["entropies"], dtype=float)
        for (x, log, token, place, temperature), a, b in zip(self.kept, by_log, by_entropy):
            p = np.exp(log)
            by_logits = -a * p - b * p * (log - (p * log).sum())
            by_logits[token] += a
            self.gradient[place] += np.outer(x, by_logits / temperature)
        self.kept = []
        return {}

    def apply(self, call):
        norm = float(np.sqrt((self.gradient**2).sum()))
        if not np.isfinite(norm):
            raise Refusal("non-finite", f"the gradient's norm is {norm}: lower the learning rate")
        gradient = self.gradient * min(1, call["maximum_norm"] / max(norm, 1e-12))
        self.steps += 1  # Adam
        self.mean += 0.1 * (gradient - self.mean)
        self.square += 0.001 * (gradient**2 - self.square)
        step = self.mean / (1 - 0.9**self.steps) / (np.sqrt(self.square / (1 - 0.999**self.steps)) + 1e-8)
        self.weights -= call["learning_rate"] * step
        return {"norm": norm} | self.discard(call)

    def discard(self, call):
        self.gradient[:] = 0
        return {}

    def freeze(self, call):
        self.copies[len(self.copies)] = self.weights.copy()
        return {"policy": len(self.copies) - 1}

    def tokens(self, call):
        try:
            return {"tokens": [WORDS.index(word) for word in call["text"].replace("-", " - ").split()] + [END]}
        except ValueError as error:
            raise Refusal("bad-completion", f"'{call['text']}' cannot be written: {error}") from None

    def checkpoint(self, call):
        parts = [self.weights, self.mean, self.square, np.array([self.steps], dtype=float)]
        return {"state": base64.b64encode(b"".join(part.tobytes() for part in parts)).decode()}

    def restore(self, call):
        numbers = base64.b64decode(call["state"])
        if len(numbers) != 8 * (3 * self.weights.size + 1):
            raise Refusal("bad-checkpoint", f"{len(numbers)} bytes are no checkpoint of this policy")
        numbers = np.frombuffer(numbers)
        for part, values in zip([self.weights, self.mean, self.square], np.split(numbers[:-1], 3)):
            part[:] = values.reshape(part.shape)
        self.steps = int(numbers[-1])
        return self.discard(call)

    def hello(self, call):
        return {"protocol": 1, "name": "linear softmax", "value_head": False}


policy = LinearPolicy()
for line in sys.stdin:
    call = json.loads(line)
    try:
        reply = getattr(policy, call["call"])(call)
    except Refusal as refusal:
        reply = {"error": {"code": refusal.code, "message": str(refusal)}}
    print(json.dumps({"id": call["id"], **reply}), flush=True)
