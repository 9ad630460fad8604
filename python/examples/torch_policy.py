"""A worker over PyTorch in thirty lines: which second of the first minute, by a linear map of the question's words."""

import takt_rl  # first, so that nothing else can print among the answers

import zlib

import torch
from takt_rl.autograd import AutogradPolicy, draw


class Words(AutogradPolicy):
    name = "words to seconds"
    vocabulary = 60

    def start(self, seed):
        torch.manual_seed(seed)
        self.model = torch.nn.Linear(32, 60)
        self.train_with(self.model.parameters())

    def logits(self, prompts):
        words = [[zlib.crc32(word.encode()) % 32 for word in prompt.question.lower().split()] for prompt in prompts]
        return self.model(torch.stack([torch.nn.functional.one_hot(torch.tensor(w), 32).float().mean(0) for w in words]))

    def log_probs(self, batch):
        rows = [(prompt, place, token) for prompt, tokens in batch.rows() for place, token in enumerate(tokens)]
        if any(place > 0 for _, place, _ in rows):
            raise takt_rl.Refusal("bad-completion", "a completion is one token")
        logs = torch.log_softmax(self.logits([prompt for prompt, _, _ in rows]) / batch.temperature, -1)
        tokens = torch.tensor([token for _, _, token in rows])
        return logs.gather(-1, tokens[:, None])[:, 0], -(logs.exp() * logs).sum(-1), None

    @torch.no_grad()
    def sample(self, requests, sampling):
        rows = [(request, number) for request in requests for number in range(request.count)]
        logits = self.logits([request.prompt for request, _ in rows])
        tokens, logs = draw(logits, [(request.seed, number, 0) for request, number in rows], sampling)
        drawn = iter([takt_rl.Completion([t], [log], f"0:{t:02d}") for t, log in zip(tokens.tolist(), logs.tolist())])
        return [[next(drawn) for _ in range(request.count)] for request in requests]

    def tokens(self, text):
        minute, _, second = takt_rl.whole_seconds(text).partition(":")
        if minute != "0" or not second.isdigit():
            raise takt_rl.Refusal("bad-completion", f"'{text}' cannot be written, only 0:00 to 0:59 can (questions: {{answers-to: 59}})")
        return [int(second)]


if __name__ == "__main__":
    takt_rl.serve(Words)
