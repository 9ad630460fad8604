#!/usr/bin/env python3
"""The rooms above the stages: none too large, none that imports half of the house, no folders that import one another in circles.

Circles between targets cannot be: SwiftPM refuses them, and the compiler refuses imports that Package.swift does not declare. Within a
target nothing holds a direction, so a room has no folders: what would be one is a target.
"""
import json
import pathlib
import re
import subprocess
import sys

LINES, DEPENDENCIES = 2500, 15
ROOMS = [
    "OptionFiles", "Tracks", "RunFolders", "ExperimentKinds", "ExperimentFiles", "PolicyStages", "EncoderStages", "EmbeddedPolicies",
    "ExternalPolicies", "BuiltInPlugins", "Runs", "ExperimentPrograms", "Experiments", "Ablations", "CommandTexts", "Comparisons",
    "Evaluations", "Judging", "Listening", "Rescoring", "SpeedBenchmark", "TaktCommands",
]
# SpeedBenchmark measures every part of Takt beside the machine, and TaktCommands lists every command.
IMPORTS_ALL = {"SpeedBenchmark", "TaktCommands"}
# One import for several rooms; among each other they name what they need.
UMBRELLA = "Experiments"
# Rooms that know a tensor when they see one.
KNOW_TENSORS = {"EncoderStages", "EmbeddedPolicies", "Evaluations", "Listening", "SpeedBenchmark"}

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
    if count > DEPENDENCIES and name not in IMPORTS_ALL:
        faults.append(f"{name} has {count} dependencies; at most {DEPENDENCIES}")
    code = "".join(file.read_text(encoding="utf-8") for file in files)
    if name == UMBRELLA and re.search(r"^(?!//|@_exported public import \w+$|$)", code, re.M):
        faults.append(f"{name} re-exports other rooms and holds nothing of its own")
    if name != UMBRELLA and "@_exported" in code:
        faults.append(f"{name} re-exports: only {UMBRELLA} does")
    needed = [next(iter(entry.values()))[0] for entry in target["dependencies"]]
    if "Tensors" in needed and name not in KNOW_TENSORS:
        faults.append(f"{name} imports Tensors: only {', '.join(sorted(KNOW_TENSORS))} know what a tensor is")
    inner = sorted({str(file.parent) for file in files if file.parent != folder})
    if inner:
        faults.append(f"{name} has folders ({', '.join(inner)}): make each a target, so that the compiler holds the direction")
for fault in faults:
    print(f"rooms: {fault}", file=sys.stderr)
sys.exit(bool(faults))
