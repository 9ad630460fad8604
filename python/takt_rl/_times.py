"""Times of reference answers, for vocabularies of whole seconds."""

from __future__ import annotations

import re
import sys

_TIME = re.compile(r"(?<![\d:.])(?:(\d+):)?(\d+):(\d\d)(\.\d+)(?![\d:])")
_said = False


def whole_seconds(text: str) -> str:
    """The text with each time such as 0:39.4 at its nearest whole second, 0:39, halves up; the first that changes is said in the log."""

    def rounded(found: "re.Match[str]") -> str:
        hours, minutes, seconds, fraction = found.groups()
        total = (int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds) + (float(fraction) >= 0.5)
        if hours is None:
            return f"{total // 60}:{total % 60:02d}"
        return f"{total // 3600}:{total // 60 % 60:02d}:{total % 60:02d}"

    written = _TIME.sub(rounded, text)
    global _said
    if written != text and not _said:
        _said = True
        print(f"takt_rl: times are taught at their nearest whole second, the first '{text}' as '{written}'", file=sys.stderr)
    return written
