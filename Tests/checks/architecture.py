#!/usr/bin/env python3
"""docs/ARCHITECTURE.md against Package.swift: the column "needs" of the table of modules, and the floors of the drawing.

Every target outside Tests has a row; its needs are what Package.swift lists, with products of other packages in italics and the trait
behind a part that may be left out. In the drawing a module stands on the lowest floor that is above all it needs. `--write` writes both
into the document, as they should be.
"""
import json
import pathlib
import re
import subprocess
import sys

PAGE = pathlib.Path("docs/ARCHITECTURE.md")
WIDTH = 120
package = json.loads(subprocess.run(["swift", "package", "dump-package"], check=True, capture_output=True, text=True).stdout)
targets = {
    target["name"]: target for target in package["targets"]
    if target["type"] != "test" and not (target.get("path") or "").startswith("Tests/")
}


def dependency(entry):
    """The name, whether it is of another package, and the trait without which it is left out."""
    (kind, parts), = entry.items()
    trait = "".join((parts[-1] or {}).get("traits", []))
    return parts[0], kind == "product", trait


def needs(target):
    words = []
    for entry in target["dependencies"]:
        name, foreign, trait = dependency(entry)
        words.append((foreign, name, (f"*{name}*" if foreign else name) + (f" (trait {trait})" if trait else "")))
    return ", ".join(word for _, _, word in sorted(words, key=lambda word: (word[0], word[1].lower()))) or "–"


def floor(name, above=()):
    if name in above:
        sys.exit(f"architecture: {' → '.join(above)} → {name} is a circle")
    own = [dependency(entry)[0] for entry in targets[name]["dependencies"] if not dependency(entry)[1]]
    return 1 + max((floor(other, (*above, name)) for other in own), default=-1)


def drawing():
    floors = {}
    for name in targets:
        floors.setdefault(floor(name), []).append(name)
    lines = []
    for number in sorted(floors, reverse=True):
        row = f"    {number:2} │"
        for name in sorted(floors[number], key=str.lower):
            if len(row) + len(name) + 2 > WIDTH:
                lines.append(row.rstrip())
                row = "       │"
            row += f" {name} "
        lines.append(row.rstrip())
    return lines


lines = PAGE.read_text(encoding="utf-8").splitlines()
faults, seen = [], []
row = re.compile(r"^\| `(\w+)`.* \| (?P<needs>[^|]*) \|$")
for number, line in enumerate(lines):
    found = row.match(line)
    if not found or line.count("|") != 5:
        continue
    name = found[1]
    seen.append(name)
    if name not in targets:
        faults.append(f"line {number + 1}: Package.swift has no target {name}")
        continue
    told, true = found["needs"], needs(targets[name])
    if told != true:
        faults.append(f"line {number + 1}: {name} needs '{told}' here, '{true}' in Package.swift")
        lines[number] = line[:found.start("needs")] + true + " |"
missing = [name for name in targets if name not in seen]
faults += [f"no row for {name}" for name in missing]
faults += [f"{name} has {seen.count(name)} rows" for name in sorted(set(seen)) if seen.count(name) > 1]

drawn = [number for number, line in enumerate(lines) if re.match(r"^    [ \d]{2} │", line)]
if not drawn or [lines[number] for number in drawn] != drawing():
    faults.append("the floors drawn are not those of Package.swift")
    if drawn:
        lines[drawn[0]:drawn[-1] + 1] = drawing()
if "--write" in sys.argv[1:]:
    PAGE.write_text("\n".join(lines) + "\n", encoding="utf-8")
    faults = [f"no row for {name}: add one" for name in missing]
for fault in faults:
    print(f"architecture: {fault}" + ("" if "--write" in sys.argv[1:] else "; python3 Tests/checks/architecture.py --write"), file=sys.stderr)
sys.exit(bool(faults))
