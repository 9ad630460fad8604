"""Recordings as prompts name them: the excerpt, shuffled or silent where the prompt says so."""

from __future__ import annotations

import array
import importlib
import os
import random
import sys
import wave
import zlib
from dataclasses import dataclass
from typing import Callable, List

from ._messages import Prompt, Refusal


@dataclass(frozen=True)
class Recording:
    """Sound of one channel, in the range −1…1."""

    samples: "array.array[float]"
    #: Samples a second.
    rate: int

    @property
    def duration(self) -> float:
        """In seconds."""
        return len(self.samples) / self.rate

    def cut(self, start: float, end: float | None) -> "Recording":
        """The seconds from `start` to `end`."""
        first = round(start * self.rate)
        last = len(self.samples) if end is None else min(len(self.samples), round(end * self.rate))
        return Recording(self.samples[first : max(first, last)], self.rate)

    def shuffled(self, key: str) -> "Recording":
        """Its seconds in another order, which `key` decides; none of them stays where it was, if there are two."""
        pieces = [self.samples[i : i + self.rate] for i in range(0, len(self.samples), self.rate)]
        order = list(range(len(pieces)))
        random.Random(zlib.crc32(key.encode())).shuffle(order)
        # Along one circle through all places, so that each piece moves.
        moved: List["array.array[float]"] = list(pieces)
        for here, there in zip(order, order[1:] + order[:1]):
            moved[there] = pieces[here]
        samples = array.array("f")
        for piece in moved:
            samples.extend(piece)
        return Recording(samples, self.rate)

    def silent(self) -> "Recording":
        """As long, and nothing to be heard."""
        return Recording(array.array("f", bytes(4 * len(self.samples))), self.rate)


def take_wave(path: str, start: float = 0, end: float | None = None) -> Recording:
    """The seconds from `start` to `end` of a WAV file of 8, 16, 24 or 32 bits, its channels averaged; `take_sound` has other formats.

    What lies beside them is not read: the file may last hours.
    """
    try:
        with wave.open(path, "rb") as file:
            channels, width, rate = file.getnchannels(), file.getsampwidth(), file.getframerate()
            first = min(round(start * rate), file.getnframes())
            last = file.getnframes() if end is None else min(file.getnframes(), round(end * rate))
            file.setpos(first)
            data = file.readframes(max(0, last - first))
    except (OSError, EOFError, wave.Error) as error:
        raise Refusal("bad-prompt", f"{path}: cannot be read as WAV: {error}") from None
    if width == 2:
        numbers = array.array("h")
        numbers.frombytes(data[: len(data) // 2 * 2])
        if sys.byteorder == "big":
            numbers.byteswap()
        whole, scale = list(numbers), 1 / 32768
    elif width == 1:
        whole, scale = [byte - 128 for byte in data], 1 / 128
    else:
        whole = [int.from_bytes(data[i : i + width], "little", signed=True) for i in range(0, len(data) - width + 1, width)]
        scale = 1 / (1 << (8 * width - 1))
    if channels == 1:
        return Recording(array.array("f", (number * scale for number in whole)), rate)
    scale /= channels
    mono = (sum(whole[i : i + channels]) * scale for i in range(0, len(whole) - channels + 1, channels))
    return Recording(array.array("f", mono), rate)


def take_sound(path: str, start: float = 0, end: float | None = None) -> Recording:
    """As `take_wave`, and what else the library soundfile reads where it is installed: MP3, FLAC, OGG, WAV in floating point."""
    try:
        return take_wave(path, start, end)
    except Refusal as refusal:
        if not os.path.isfile(path):
            raise
        try:
            soundfile = importlib.import_module("soundfile")
        except (ImportError, OSError):
            raise Refusal(
                "bad-prompt", f"{refusal.message}; other formats, such as MP3, FLAC and OGG, need soundfile where the policy runs "
                f"(pip install soundfile), or a WAV file in its place (ffmpeg -i {os.path.basename(path)} sound.wav)") from None
    try:
        with soundfile.SoundFile(path) as file:
            rate = int(file.samplerate)
            first = min(round(start * rate), len(file))
            last = len(file) if end is None else min(len(file), round(end * rate))
            file.seek(first)
            frames = file.read(max(0, last - first), dtype="float32", always_2d=True)
    except (OSError, RuntimeError) as error:  # soundfile's own errors are RuntimeErrors
        raise Refusal("bad-prompt", f"{path}: soundfile cannot read it: {error}") from None
    return Recording(array.array("f", frames.mean(axis=1).tolist()), rate)


def recording(prompt: Prompt, read: Callable[[str], Recording] = take_sound) -> Recording:
    """What the prompt is about: its excerpt, perturbed where it says so. `read` opens the file, `take_sound` unless another is given."""
    if prompt.path is None:
        raise Refusal("bad-prompt", f"the prompt of {prompt.id or prompt.track} names no recording: give the run tracks with sound")
    if read is take_sound or read is take_wave:
        excerpt = (take_sound if read is take_sound else take_wave)(prompt.path, prompt.start, prompt.end)
    else:
        excerpt = read(prompt.path).cut(prompt.start, prompt.end)
    if prompt.perturb == "shuffled":
        return excerpt.shuffled(prompt.track)
    return excerpt.silent() if prompt.perturb == "silent" else excerpt
