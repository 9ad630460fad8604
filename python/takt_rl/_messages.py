"""What the messages carry, as Python has it."""

from __future__ import annotations

import array
import base64
import math
import sys
from dataclasses import dataclass, field
from typing import Any, Dict, Iterable, List, Optional, Sequence


class Refusal(Exception):
    """Says that a call cannot be answered; it must have changed nothing.

    `code` is one of `bad-prompt`, `bad-completion`, `bad-checkpoint`, `non-finite`, or anything else for a failure of the backend.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


@dataclass(frozen=True)
class Prompt:
    """A question about a recording. The worker makes its chat template of it."""

    #: The question's id.
    id: str
    #: The text that is asked.
    question: str
    #: The track's id.
    track: str
    #: Such as `tsg`.
    task: str = ""
    #: Length of the track in seconds.
    duration: float = 0.0
    #: How the answer is to be written, in words.
    form: str = ""
    #: Texts of the options of a choice.
    options: Sequence[str] = ()
    #: Names of what is to be put in order.
    items: Sequence[str] = ()
    #: The file of the recording; `None` where the worker finds it by the track's id.
    path: Optional[str] = None
    #: Where the excerpt that is asked about begins and ends in the recording, in seconds; `None` for the end of the file.
    start: float = 0.0
    end: Optional[float] = None
    #: `none`, `shuffled` (the recording's seconds in another order) or `silent`.
    perturb: str = "none"
    #: The whole message, for what is not named here.
    raw: Dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    @staticmethod
    def of(message: Any) -> "Prompt":
        """A prompt from a message; missing parts have their defaults."""
        if not isinstance(message, dict):
            raise Refusal("bad-prompt", f"a prompt is an object, not {type(message).__name__}")
        audio = message.get("audio") or {}
        end = audio.get("end")
        return Prompt(
            id=str(message.get("id", "")),
            question=str(message.get("question", "")),
            track=str(message.get("track", "")),
            task=str(message.get("task", "")),
            duration=float(message.get("duration", 0.0)),
            form=str(message.get("form", "")),
            options=tuple(message.get("options") or ()),
            items=tuple(message.get("items") or ()),
            path=audio.get("path"),
            start=float(audio.get("start") or 0.0),
            end=None if end is None else float(end),
            perturb=str(message.get("perturb", "none")),
            raw=message,
        )


@dataclass(frozen=True)
class Request:
    """How many completions of a prompt are wanted.

    Completion `i` may depend on (prompt, `seed`, `i`) and the parameters alone: give each a generator of its own, seeded with both.
    """

    prompt: Prompt
    #: At least 1.
    count: int
    #: From 0 to 2⁶⁴ − 1.
    seed: int


@dataclass(frozen=True)
class Sampling:
    """How completions are drawn."""

    #: What logits are divided by; 0 takes the likeliest token each time.
    temperature: float
    #: The smallest set of likeliest tokens with at least this probability is kept; 1 keeps all.
    top_p: float
    #: A completion has at most so many, with the one that ends it; one that was cut off there is `truncated`.
    maximum_tokens: int


@dataclass
class Completion:
    """One sampled answer."""

    #: With the token that ended it, where one did.
    tokens: List[int]
    #: Natural logarithm of the probability with which each token was drawn.
    log_probabilities: Sequence[float]
    #: Without the token that ended it.
    text: str
    #: Whether `maximum_tokens` cut it off.
    truncated: bool = False
    #: Where the text of each token begins, in bytes of the text's UTF-8; see `text_offsets`.
    text_offsets: Optional[List[int]] = None
    #: The value head's estimate before each token.
    values: Optional[Sequence[float]] = None


@dataclass(frozen=True)
class Batch:
    """Completions to evaluate, each under one of the prompts."""

    prompts: List[Prompt]
    #: The tokens of each, with the one that ended it.
    completions: List[List[int]]
    #: For each completion the place of its prompt.
    prompt_indices: List[int]
    #: What logits are divided by, above 0.
    temperature: float

    def rows(self) -> Iterable[tuple[Prompt, List[int]]]:
        """Each completion with its prompt."""
        for tokens, index in zip(self.completions, self.prompt_indices):
            yield self.prompts[index], tokens

    @property
    def token_count(self) -> int:
        """Tokens of all completions."""
        return sum(len(tokens) for tokens in self.completions)


@dataclass
class Outputs:
    """One number a token, completion after completion, without padding."""

    log_probabilities: Any
    #: Entropy of the whole distribution at each position, in nats; `None` where `Capabilities.entropies` is false.
    entropies: Any = None
    #: `None` without a value head.
    values: Any = None


@dataclass(frozen=True)
class Cotangents:
    """The derivative of the loss by each output of the last `outputs` with `keep`, in their order; all of them are finite."""

    #: By each token's log-probability.
    log_probabilities: List[float]
    #: By each entropy; empty where `Capabilities.entropies` is false.
    entropies: List[float]
    #: By each value; empty without a value head.
    values: List[float]


def pack(numbers: Any, name: str = "") -> str:
    """Numbers as base 64 of little-endian float32; takes lists, arrays and tensors of one axis. `name` is where they go, for a refusal."""
    if hasattr(numbers, "detach"):
        numbers = numbers.detach().cpu()
    if hasattr(numbers, "tolist"):
        numbers = numbers.tolist()
    try:
        packed = array.array("f", [float(number) for number in numbers])
    except (TypeError, ValueError, OverflowError) as error:
        raise Refusal("backend", f"{name or 'an array'} is no list of numbers, one a token: {error}") from None
    for place, number in enumerate(packed):
        if not math.isfinite(number):
            raise Refusal("non-finite", f"{name and name + ': '}number {place} of {len(packed)} is {number}")
    if sys.byteorder == "big":
        packed.byteswap()
    return base64.b64encode(packed.tobytes()).decode("ascii")


def unpack(text: Any) -> List[float]:
    """What `pack` gave, or a list of numbers as it is; NaN and infinities are numbers here."""
    if text is None:
        return []
    if isinstance(text, list):
        return [float(number) for number in text]
    numbers = array.array("f")
    numbers.frombytes(base64.b64decode(text))
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers.tolist()


def text_offsets(pieces: Sequence[str]) -> List[int]:
    """Where each piece begins in the UTF-8 of all of them; the token that ends a completion is an empty piece."""
    offsets, place = [], 0
    for piece in pieces:
        offsets.append(place)
        place += len(piece.encode("utf-8", "replace"))
    return offsets
