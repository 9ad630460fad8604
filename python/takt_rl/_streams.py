"""The descriptor that the answers go to, taken away from everything else that writes."""

from __future__ import annotations

import os
import sys
from typing import Optional

_answers: Optional[int] = None


def claim() -> int:
    """The descriptor of the answers; from the first call on, file descriptor 1 is standard error."""
    global _answers
    if _answers is None:
        sys.stdout.flush()
        _answers = os.dup(1)
        os.set_inheritable(_answers, False)
        os.dup2(2, 1)
        sys.stdout = sys.stderr
    return _answers


def claim_if_asked() -> None:
    """Claims where Takt has started this process and reads its standard output."""
    if os.environ.get("TAKT_POLICY") == "stdio":
        claim()
