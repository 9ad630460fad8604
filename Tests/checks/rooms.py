#!/usr/bin/env python3
"""The rooms above the stages: none too large, none that imports half of the house, no folders that import one another in circles.

Circles between targets cannot be: SwiftPM refuses them, and the compiler refuses imports that Package.swift does not declare. Within a
target nothing holds a direction, so a room has no folders: what would be one is a target.
"""
import json
import pathlib
import subprocess
import sys

LINES, DEPENDENCIES = 2500, 15
ROOMS = ["Ablations", "CommandTexts", "Comparisons", "Evaluations", "Judging", "Listening", "Rescoring", "SpeedBenchmark"]
# It measures every part of Takt beside the machine, so it imports every part.
MEASURES_ALL = {"SpeedBenchmark"}

package = json.loads(subprocess.run(["swift", "package", "dump-package"], check=True, capture_output=True, text=True).stdout)
targets = {target["name"]: target for target in package["targets"]}
faults = []
for name in ROOMS:
    target = targets[name]
    folder = pathlib.Path(target.get("path") or f"Sources/{name}")
    files = sorted(folder.rglob("*.swift"))
    lines = sum(len(file.read_text(encoding="utf-8").splitlines()) for file in files)
    if not files:
        faults.append(f"{name}: holds no file; is its folder {folder}?")
    if lines > LINES:
        faults.append(f"{name} has {lines} lines; at most {LINES}")
    count = len(target["dependencies"])
    if count > DEPENDENCIES and name not in MEASURES_ALL:
        faults.append(f"{name} has {count} dependencies; at most {DEPENDENCIES}")
    inner = sorted({str(file.parent) for file in files if file.parent != folder})
    if inner:
        faults.append(f"{name} has folders ({', '.join(inner)}): make each a target, so that the compiler holds the direction")
for fault in faults:
    print(f"rooms: {fault}", file=sys.stderr)
sys.exit(bool(faults))
