"""A folder with a checkpoint: files, and a manifest of their digests."""

from __future__ import annotations

import hashlib
import json
import os
from typing import Dict, List

MANIFEST = "manifest.json"


class Damaged(Exception):
    """A folder is no checkpoint, or not the one that was written."""


def _digest(path: str) -> str:
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        while True:
            part = file.read(1 << 20)
            if not part:
                return digest.hexdigest()
            digest.update(part)


def _files(folder: str) -> List[str]:
    found = []
    for place, _, names in os.walk(folder):
        for name in names:
            found.append(os.path.relpath(os.path.join(place, name), folder).replace(os.sep, "/"))
    return sorted(name for name in found if name != MANIFEST)


def write_manifest(folder: str) -> None:
    """Writes `manifest.json` for all files that lie in the folder; the last thing a checkpoint does."""
    files = {
        name: {"bytes": os.path.getsize(os.path.join(folder, name)), "sha256": _digest(os.path.join(folder, name))}
        for name in _files(folder)
    }
    with open(os.path.join(folder, MANIFEST), "w", encoding="utf-8") as file:
        json.dump({"files": files}, file, indent=1, sort_keys=True)
        file.flush()
        os.fsync(file.fileno())


def read_manifest(folder: str, verify: bool = True) -> Dict[str, int]:
    """Names and sizes of a checkpoint's files; raises `Damaged` where one is not as it was written.

    Takt has verified the digests before it asks for a restore; `verify=False` spares the second look.
    """
    path = os.path.join(folder, MANIFEST)
    try:
        with open(path, encoding="utf-8") as file:
            files = json.load(file)["files"]
        for name, entry in files.items():
            place = os.path.join(folder, name)
            if os.path.getsize(place) != entry["bytes"]:
                raise Damaged(f"{place}: has {os.path.getsize(place)} bytes where {path} says {entry['bytes']}")
            if verify and _digest(place) != entry["sha256"]:
                raise Damaged(f"{place}: its digest is not that of {path}")
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Damaged(f"{path}: {error}") from None
    return {name: entry["bytes"] for name, entry in files.items()}
