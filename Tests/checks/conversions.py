#!/usr/bin/env python3
"""Refuses conversions of floating point to whole numbers outside Sources/Values/Numbers/WholeNumbers.swift.

    python3 Tests/checks/conversions.py [MANIFEST]

`Int(x)` ends the process where a Double or Float x is not finite or too large. The compiler finds each use by its type: every module is type-checked
once more, as the build did it (MANIFEST is SwiftPM's list of its commands, default .build/release.yaml), with one file beside its own
in which the same initialisers are declared as deprecated. Declarations of a module come before those of the standard library, so each
use gets a warning with file and line. The modules that it imports must have been built.
"""
import concurrent.futures
import json
import os
import re
import subprocess
import sys
import tempfile

EXEMPT = {"Numbers"}
WHOLE = ["Int", "Int8", "Int16", "Int32", "Int64", "UInt", "UInt8", "UInt16", "UInt32", "UInt64"]
NOTE = "floating point to whole number"
DROPPED = {
    "-emit-module", "-emit-dependencies", "-incremental", "-c", "-enable-batch-mode", "-serialize-diagnostics", "-warnings-as-errors",
    "-whole-module-optimization", "-parseable-output", "-enable-testing",
}
DROPPED_WITH_VALUE = {"-emit-module-path", "-output-file-map", "-index-store-path", "-num-threads"}


def declarations():
    """Swift that shadows the conversions."""
    mark = f'@available(*, deprecated, message: "{NOTE}")'
    text = ""
    for whole in WHOLE:
        text += f"extension {whole} {{\n"
        text += "".join(f"  {mark} init(_ source: {real}) {{ self = 0 }}\n" for real in ["Double", "Float"])
        text += f"  {mark} init<Source: BinaryFloatingPoint>(_ source: Source) {{ self = 0 }}\n}}\n"
    for protocol in ["BinaryInteger", "FixedWidthInteger"]:
        text += f"extension {protocol} {{\n  {mark} init<Source: BinaryFloatingPoint>(_ source: Source) {{ self = 0 }}\n}}\n"
    return text


def commands(manifest, root):
    """Name and arguments of the compilation of each module of this package."""
    for line in open(manifest, encoding="utf-8"):
        if not line.startswith('    args: ["') or '"-module-name"' not in line:
            continue
        arguments = json.loads(line.split("args: ", 1)[1])
        if not os.path.basename(arguments[0]).startswith("swiftc"):
            continue
        name = arguments[arguments.index("-module-name") + 1]
        lists = [a[1:] for a in arguments if a.startswith("@")]
        sources = [a for a in arguments if a.endswith(".swift")] + [s for l in lists if os.path.exists(l) for s in open(l).read().split("\n")]
        first = os.path.relpath(next((s.strip("'\"") for s in sources if s.strip("'\"").endswith(".swift")), "/"), root)
        if first.startswith(("Sources/", "rewards/")) and name not in EXEMPT:
            yield name, arguments


def kept(arguments):
    result, skip = [], False
    for argument in arguments:
        if skip:
            skip = False
        elif argument in DROPPED_WITH_VALUE:
            skip = True
        elif argument not in DROPPED:
            result.append(argument)
    return result


def check(name, arguments, extra, root):
    run = subprocess.run(kept(arguments) + ["-typecheck", extra], cwd=root, capture_output=True, text=True)
    lines = (run.stdout + run.stderr).split("\n")
    found = sorted({l for l in lines if re.match(r"\S+:\d+:\d+: (warning|error): ", l) and (NOTE in l or " error: " in l)})
    if run.returncode != 0 and not found:
        found = [f"{name}: cannot be type-checked: " + " ".join(lines)[:2000]]
    return found


def main():
    root = os.getcwd()
    manifest = sys.argv[1] if len(sys.argv) > 1 else ".build/release.yaml"
    if not os.path.exists(manifest):
        sys.exit(f"conversions: {manifest}: there is no such file; build first")
    with tempfile.TemporaryDirectory() as folder:
        extra = os.path.join(folder, "Conversions.swift")
        with open(extra, "w", encoding="utf-8") as file:
            file.write(declarations())
        modules = list(commands(manifest, root))
        with concurrent.futures.ThreadPoolExecutor(max_workers=2) as pool:
            found = [l for part in pool.map(lambda m: check(m[0], m[1], extra, root), modules) for l in part]
    for line in found:
        print(line.replace(root + "/", "").replace(f"'init(_:)' is deprecated: {NOTE}", f"{NOTE}: use init(saturating:) or init?(checked:) of Numbers"))
    if not modules:
        sys.exit(f"conversions: {manifest} names no module of this package")
    print(f"conversions: {len(modules)} modules, {len(found)} outside Sources/Values/Numbers")
    sys.exit(1 if found else 0)


main()
