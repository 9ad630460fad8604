"""The base class of a worker."""

from __future__ import annotations

import contextlib
import copy
import json
import math
import os
import time
from dataclasses import asdict, dataclass, fields
from typing import Any, Callable, Iterator, List, Optional

from ._messages import Batch, Completion, Cotangents, Outputs, Refusal, Request, Sampling


#: What is offered by a method in place of a capability.
_BY_METHOD = {
    "nudge": "a subclass offers it by overriding Policy.nudge",
    "supervised": "a subclass offers it by overriding Policy.tokens",
    "checkpoint": "checkpoints are files in a folder, by Policy.save and load or state and take",
}


@dataclass(frozen=True)
class Capabilities:
    """What a worker can do; Takt looks at it before anything is sampled.

    That it takes reference answers (`supervised`) and can be nudged is no field: `Policy.tokens` and `Policy.nudge` say so by being there.
    """

    #: It estimates values: completions and outputs carry them.
    values: bool = False
    #: It gives entropies of whole distributions and follows their derivative.
    entropies: bool = True
    #: `any`, or `one` where probabilities can be had at temperature 1 alone.
    temperatures: str = "any"
    #: Completions say where the text of each token begins.
    text_offsets: bool = False
    #: It wants recordings.
    audio: bool = False
    #: Seconds of a recording that it hears at most; longer ones are refused, never cut in silence.
    longest_audio: Optional[float] = None
    #: It answers with the recording shuffled or silent where the prompt says so.
    perturbed_audio: bool = False
    #: `apply` returns the gradient's norm.
    norm: bool = True
    #: Requests to sample that are sent before the first is answered; more than 1 lets Takt judge some answers while others are drawn.
    in_flight: int = 1
    #: It can be trained; where false, `start` and `sample` are all that it needs.
    gradients: bool = True

    def __new__(cls, *_: Any, **named: Any) -> "Capabilities":
        names = [field.name for field in fields(cls)]
        for name in named:
            if name not in names:
                raise TypeError(f"Capabilities has no '{name}': {_BY_METHOD.get(name, 'it has ' + ', '.join(names))}")
        return super().__new__(cls)


class Policy:
    """A policy in this process; `serve` answers Takt's calls with it.

    A subclass has `start`, `sample`, `outputs` with `backward`, `apply` and `discard`, and keeps all that a step moves, or a frozen copy
    needs, in `parameters`. What the optimiser remembers is not a parameter. `tokens`, `nudge`, `save`, `load` and `freeze` may be had.

    What goes out is looked at before it is sent: a number that is not finite refuses the call and names its place. Derivatives that are not
    finite never reach `backward`; the next `apply` is refused. Tokens outside `vocabulary`, where there is one, never reach `outputs`.
    """

    #: What logs call it.
    name: str = ""
    capabilities: Capabilities = Capabilities()
    #: Tokens are 0…vocabulary − 1, which is held against what comes and what goes; `start` may set it. `None` leaves it to `outputs`,
    #: which then refuses others with `Refusal("bad-completion", …)`.
    vocabulary: Optional[int] = None
    #: All that decides what it answers.
    parameters: Any = None
    _sign: Optional[Callable[[Optional[float]], None]] = None
    _signed = 0.0

    # What a subclass gives.

    def start(self, seed: int) -> None:
        """Makes the parameters, the same for the same seed, and an empty optimiser."""
        raise NotImplementedError

    def sample(self, requests: List[Request], sampling: Sampling) -> List[List[Completion]]:
        """Draws completions, request by request, in order, as `sampling` says: `draw` heeds its temperature and `top_p`."""
        raise NotImplementedError

    def outputs(self, batch: Batch, keep: bool) -> Outputs:
        """Evaluates completions; where `keep`, `backward` follows with the derivative by each number that is returned."""
        raise NotImplementedError

    def backward(self, cotangents: Cotangents) -> None:
        """Adds Σ cotangent · ∂output/∂parameter to the gradient: the sum over all tokens, never a mean over rows or ranks."""
        raise NotImplementedError

    def apply(self, learning_rate: float, maximum_norm: float) -> float:
        """Takes one optimiser step with the gradient, clipped to `maximum_norm`, clears it, and returns its norm before it was clipped.

        A norm that is not finite (finite derivatives can overflow) is refused with code `non-finite`, and nothing moves.
        """
        raise NotImplementedError

    def discard(self) -> None:
        """Clears the gradient, and what `outputs` kept."""
        raise NotImplementedError

    def state(self) -> bytes:
        """Parameters and optimiser, where `save` and `load` are not overridden."""
        raise NotImplementedError

    def take(self, state: bytes) -> None:
        """Takes what `state` gave; refuses with `bad-checkpoint` what is none, and changes nothing then."""
        raise NotImplementedError

    # What a subclass may give.

    def tokens(self, text: str) -> List[int]:
        """The tokens of a reference answer, with the one that ends it: for supervised stages and demonstrations."""
        raise NotImplementedError

    def nudge(self, step: float) -> None:
        """Moves the parameters by −step · gradient, without optimiser or clipping, and clears nothing: `takt policy check` sees the scale."""
        raise NotImplementedError

    def save(self, folder: str) -> None:
        """Writes the state as files into an empty folder; the manifest is written after it."""
        with open(os.path.join(folder, "state.bin"), "wb") as file:
            file.write(self.state())
            file.flush()
            os.fsync(file.fileno())

    def load(self, folder: str) -> None:
        """Takes what `save` wrote; the digests of the files have been verified."""
        with open(os.path.join(folder, "state.bin"), "rb") as file:
            self.take(file.read())

    def freeze(self) -> Any:
        """A copy of `parameters` that no step moves. An adapter may give a marker and switch itself off in `using`."""
        return copy.deepcopy(self.parameters)

    @contextlib.contextmanager
    def using(self, frozen: Any) -> Iterator[None]:
        """Has `sample` and `outputs` answer from a frozen copy."""
        mine, self.parameters = self.parameters, frozen
        try:
            yield
        finally:
            self.parameters = mine

    # What a subclass may call.

    def working(self, progress: Optional[float] = None) -> None:
        """Says that it is at work, so that Takt's limit on silence begins anew; call it in long loops, at most one a second is sent."""
        now = time.monotonic()
        if self._sign is not None and now - self._signed >= 1:
            self._signed = now
            self._sign(float(progress) if progress is not None and math.isfinite(progress) else None)

    def _begin(self, sign: Callable[[Optional[float]], None]) -> None:
        self._sign, self._signed = sign, time.monotonic()

    def described(self) -> "dict[str, Any]":
        """Capabilities as the greeting says them."""
        said = asdict(self.capabilities)
        said["supervised"] = type(self).tokens is not Policy.tokens
        said["nudge"] = type(self).nudge is not Policy.nudge
        said["checkpoint"] = "folder"
        json.dumps(said)
        return said


def missing(policy: Policy) -> List[str]:
    """Methods that every worker has and this one lacks."""
    needed = ["start", "sample"]
    if policy.capabilities.gradients:
        needed += ["outputs", "backward", "apply", "discard"]
    own_files = type(policy).save is not Policy.save and type(policy).load is not Policy.load
    needed += [] if own_files or not policy.capabilities.gradients else ["state", "take"]
    return [name for name in needed if getattr(type(policy), name) is getattr(Policy, name)]


__all__ = ["Capabilities", "Policy", "Refusal", "missing"]
