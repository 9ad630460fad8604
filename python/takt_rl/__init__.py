"""Policies in Python for Takt: a worker is a subclass of `Policy` and a call of `serve`.

Import this before anything that may print. Where Takt reads the answers from standard output, the import moves them to a descriptor of
their own and points file descriptor 1 at standard error, so that no library's progress bar ends up among the answers.
"""

from . import _streams  # first: before any other import can write

_streams.claim_if_asked()

from ._audio import Recording, recording, take_sound, take_wave  # noqa: E402
from ._checkpoints import Damaged, read_manifest, write_manifest  # noqa: E402
from ._drawing import draw  # noqa: E402
from ._messages import (  # noqa: E402
    Batch,
    Completion,
    Cotangents,
    Outputs,
    Prompt,
    Refusal,
    Request,
    Sampling,
    pack,
    text_offsets,
    unpack,
)
from ._policy import Capabilities, Policy  # noqa: E402
from ._serve import serve  # noqa: E402
from ._times import whole_seconds  # noqa: E402

__all__ = [
    "Batch",
    "Capabilities",
    "Completion",
    "Cotangents",
    "Damaged",
    "Outputs",
    "Policy",
    "Prompt",
    "Recording",
    "Refusal",
    "Request",
    "Sampling",
    "draw",
    "pack",
    "read_manifest",
    "recording",
    "serve",
    "take_sound",
    "take_wave",
    "text_offsets",
    "unpack",
    "whole_seconds",
    "write_manifest",
]
__version__ = "0.1.0"
