"""What JSON cannot say, and where it stands."""

from __future__ import annotations

import math
from typing import Any, Iterable, Tuple

#: Deeper than any message.
_DEEPEST = 64


def unwritable(value: Any, place: str = "", depth: int = 0) -> str:
    """The first part of a value that JSON has no word for, as `completions[0][1].text, which is no text but bytes`."""
    said = _first(value, place, depth)
    return said or "what cannot be written as JSON"


def _parts(value: Any, place: str) -> Iterable[Tuple[str, Any]]:
    if isinstance(value, dict):
        return [(f"{place}.{key}" if place else str(key), part) for key, part in value.items()]
    return [(f"{place}[{index}]", part) for index, part in enumerate(value)]


def _first(value: Any, place: str, depth: int) -> str:
    if value is None or isinstance(value, (str, bool, int)):
        return ""
    if isinstance(value, float):
        return "" if math.isfinite(value) else f"{place} {value}, which is no number of JSON"
    if not isinstance(value, (dict, list, tuple)):
        return f"{place} of the type {type(value).__name__}, which JSON cannot write: give a text, a number or a list of them"
    if depth > _DEEPEST:
        return f"{place}, which is nested too deeply"
    for inner, part in _parts(value, place):
        said = _first(part, inner, depth + 1)
        if said:
            return said
    return ""
