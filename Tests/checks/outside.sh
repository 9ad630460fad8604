#!/usr/bin/env bash
# Packages outside the tree, built on public products alone: the example plug-in and the example script build and run. They share the
# tree's build folder and flags, so that nothing of Takt is compiled again for them.
set -euo pipefail
cd "$(dirname "$0")/../.."
read -ra flags <<< "$(make -s --no-print-directory flags)"
run() { # PACKAGE EXECUTABLE [FOLDER TO RUN IN]
  swift build "${flags[@]}" --package-path "$1" --scratch-path .build --product "$2"
  (cd "${3:-.}" && TAKT_INDEX=off "$OLDPWD/.build/release/$2" >/dev/null)
}
rm -rf runs/script
run experiments/example-script CompareSeeds
run rewards/example-plugin LeadTimePlugin rewards/example-plugin
