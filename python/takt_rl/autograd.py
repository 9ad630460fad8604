"""A worker over PyTorch: `log_probs` with autograd in place of the pair `outputs` and `backward`.

The one module of the package that needs more than the standard library; `import takt_rl` stays the first import of a worker.
"""

from __future__ import annotations

import contextlib
import os
import zlib
from typing import Any, Iterable, Iterator, List, Optional, Sequence, Tuple

import torch

from ._messages import Batch, Cotangents, Outputs, Refusal, Sampling
from ._policy import Policy

#: Log-probabilities, entropies (or `None`) and values (or `None`), one number a token, completion after completion.
Tokens = Tuple[torch.Tensor, Optional[torch.Tensor], Optional[torch.Tensor]]


class AutogradPolicy(Policy):
    """A subclass has `sample`, `log_probs`, and a `start` that ends with `train_with`."""

    #: Rows of a forward pass; 0 for all at once.
    slice_rows: int = 0
    #: Whether `backward` runs forward once more in place of keeping the activations: memory of one slice for a third more time.
    recompute: bool = False

    def log_probs(self, batch: Batch) -> Tokens:
        """What the model says of completions at `batch.temperature`, with a graph where gradients are on. Log-softmax in float32."""
        raise NotImplementedError

    def train_with(self, parameters: Iterable[torch.nn.Parameter], **options: Any) -> None:
        """These are trained, by AdamW with these options (no weight decay unless they say so)."""
        self.trained: List[torch.nn.Parameter] = [parameter for parameter in parameters if parameter.requires_grad]
        self.optimizer = torch.optim.AdamW(self.trained, lr=0.0, **{"weight_decay": 0.0, **options})
        self._batch: Optional[Batch] = None
        self._kept: List[Tokens] = []

    def _slices(self, batch: Batch) -> Iterator[Batch]:
        rows = self.slice_rows or max(1, len(batch.completions))
        for first in range(0, len(batch.completions), rows):
            self.working(first / max(1, len(batch.completions)))
            place = slice(first, first + rows)
            yield Batch(batch.prompts, batch.completions[place], batch.prompt_indices[place], batch.temperature)

    def outputs(self, batch: Batch, keep: bool) -> Outputs:
        """`log_probs` slice by slice."""
        parts: List[Tokens] = []
        keeps_graph = keep and not self.recompute
        with torch.enable_grad() if keeps_graph else torch.no_grad():
            for part in self._slices(batch):
                parts.append(self.log_probs(part))
        if keep:
            self._batch, self._kept = batch, parts if keeps_graph else []

        def joined(column: int) -> Optional[torch.Tensor]:
            tensors = [part[column] for part in parts]
            whole = [tensor.detach().float() for tensor in tensors if tensor is not None]
            return torch.cat(whole) if whole else None

        logs, entropies, values = joined(0), joined(1), joined(2)
        empty: List[float] = []
        return Outputs(
            empty if logs is None else logs,
            entropies if entropies is not None or not self.capabilities.entropies else empty,
            values if values is not None or not self.capabilities.values else empty,
        )

    def backward(self, cotangents: Cotangents) -> None:
        """Adds the gradient of Σ a·log π + b·H + c·V."""
        if self._batch is None:
            raise Refusal("bad-call", "backward follows outputs with keep")
        batch, kept = self._batch, self._kept
        self._batch, self._kept = None, []
        columns = [cotangents.log_probabilities, cotangents.entropies, cotangents.values]
        done = 0
        for place, part in enumerate(self._slices(batch)):
            with torch.enable_grad():
                tokens = kept[place] if kept else self.log_probs(part)
            count = part.token_count
            terms = [
                (tensor * tensor.new_tensor(column[done : done + count])).sum()
                for tensor, column in zip(tokens, columns)
                if tensor is not None and column
            ]
            done += count
            loss = sum(terms[1:], terms[0])
            if loss.requires_grad:
                torch.autograd.backward(loss)

    def _gradients(self) -> List[torch.Tensor]:
        return [parameter.grad for parameter in self.trained if parameter.grad is not None]

    def apply(self, learning_rate: float, maximum_norm: float) -> float:
        """One step of the optimiser with the clipped gradient."""
        gradients = self._gradients()
        norm = float(torch.sqrt(sum((g.double().pow(2).sum() for g in gradients), torch.zeros((), dtype=torch.float64))))
        if not norm < float("inf"):
            raise Refusal("non-finite", f"the gradient's norm is {norm}: lower the learning rate")
        if norm > maximum_norm:
            for gradient in gradients:
                gradient.mul_(maximum_norm / norm)
        for group in self.optimizer.param_groups:
            group["lr"] = learning_rate
        if gradients:
            self.optimizer.step()
        self.discard()
        return norm

    def discard(self) -> None:
        """Clears the gradient and what was kept."""
        self.optimizer.zero_grad(set_to_none=True)
        self._batch, self._kept = None, []

    def nudge(self, step: float) -> None:
        """Down the gradient without the optimiser."""
        with torch.no_grad():
            for parameter in self.trained:
                if parameter.grad is not None:
                    parameter.add_(parameter.grad, alpha=-step)

    def save(self, folder: str) -> None:
        """Trained parameters and optimiser as `state.pt`."""
        state = {"parameters": [parameter.detach() for parameter in self.trained], "optimizer": self.optimizer.state_dict()}
        torch.save(state, os.path.join(folder, "state.pt"))

    def load(self, folder: str) -> None:
        """Takes what `save` wrote, all or nothing."""
        try:
            state = torch.load(os.path.join(folder, "state.pt"), map_location="cpu", weights_only=True)
            shapes = [tuple(tensor.shape) for tensor in state["parameters"]]
        except Exception as error:
            raise Refusal("bad-checkpoint", f"{folder}: {error}") from None
        own = [tuple(parameter.shape) for parameter in self.trained]
        if shapes != own:
            raise Refusal("bad-checkpoint", f"{folder}: holds tensors of shapes {shapes[:4]}…, this model has {own[:4]}…")
        with torch.no_grad():
            for parameter, tensor in zip(self.trained, state["parameters"]):
                parameter.copy_(tensor)
        self.optimizer.load_state_dict(state["optimizer"])

    def freeze(self) -> List[torch.Tensor]:
        """Copies of the trained parameters; with an adapter, override `freeze` and `using` and switch it off instead."""
        return [parameter.detach().clone() for parameter in self.trained]

    @contextlib.contextmanager
    def using(self, frozen: Any) -> Iterator[None]:
        """Has the model answer with frozen parameters."""
        mine = [parameter.data for parameter in self.trained]
        for parameter, copy in zip(self.trained, frozen):
            parameter.data = copy
        try:
            yield
        finally:
            for parameter, data in zip(self.trained, mine):
                parameter.data = data


def draw(logits: torch.Tensor, streams: Sequence[Sequence[int]], sampling: Sampling) -> Tuple[torch.Tensor, torch.Tensor]:
    """One token for each row of logits, and its log-probability under the distribution that it was drawn from.

    `streams` says for each row what its noise depends on, such as (seed, number, place): not on the other rows. Mask tokens that may not be
    said with −10,000 here and in `log_probs` alike; −inf would make entropies NaN.
    """
    logs = torch.log_softmax(logits.float() / (sampling.temperature or 1.0), -1)
    if sampling.top_p < 1 and sampling.temperature > 0:
        ordered, places = logs.sort(-1, descending=True)
        beyond = ordered.exp().cumsum(-1) - ordered.exp() >= sampling.top_p
        logs = logs.masked_fill(torch.zeros_like(beyond).scatter(-1, places, beyond), -torch.inf)
        logs = torch.log_softmax(logs, -1)
    noisy = logs
    if sampling.temperature > 0:
        noise = torch.empty(logs.shape, dtype=torch.float64)
        for row, stream in enumerate(streams):
            key = ",".join(str(int(part)) for part in stream).encode()
            generator = torch.Generator().manual_seed(zlib.crc32(key) << 31 ^ zlib.adler32(key))
            noise[row] = -torch.empty(logs.shape[-1], dtype=torch.float64).exponential_(generator=generator).log()
        noisy = logs.double().cpu() + noise
    tokens = noisy.argmax(-1).to(logs.device)
    return tokens, logs.gather(-1, tokens[:, None])[:, 0]
