#!/usr/bin/env bash
# Instructions of five hot paths, counted by valgrind, since seconds are not stable here: fails where one does a third more work than
# Tests/instructions/counts.txt says. A path is taken twice, 2,000 and 6,000 times, so that the start counts nothing.
# `instructions.sh --write` writes the counts, after work that is meant to be there.
set -euo pipefail
cd "$(dirname "$0")/../.."
counts=Tests/instructions/counts.txt
if ! command -v valgrind >/dev/null; then
  if [ "$(id -u)" -eq 0 ]; then (apt-get update -qq && apt-get install -y -qq --no-install-recommends valgrind) >/dev/null 2>&1 || true; fi
  command -v valgrind >/dev/null || { echo "instructions: not counted, since valgrind is not here and cannot be installed"; exit 0; }
fi
program=${TAKT_HOT_PATHS:-}
if [ -z "$program" ]; then
  read -ra flags <<< "$(make -s --no-print-directory flags)"
  swift build "${flags[@]}" --package-path Tests/instructions --scratch-path .build --product HotPaths
  program=.build/release/HotPaths
fi
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
count() { # PATH TIMES
  TAKT_THREADS=1 SWIFT_DETERMINISTIC_HASHING=1 OPENBLAS_NUM_THREADS=1 valgrind --tool=callgrind --callgrind-out-file=/dev/null \
    "$program" "$1" "$2" "$folder" 2>&1 | sed -n 's/^==[0-9]*== Collected : *//p'
}
failed=0
written=""
for path in questions service asked reader rewards; do
  few=$(count "$path" 2000)
  many=$(count "$path" 6000)
  [ -n "$few" ] && [ -n "$many" ] || { echo "instructions: $path: valgrind gives no count" >&2; exit 1; }
  now=$(((many - few) / 4000))
  written+="$path $now"$'\n'
  was=$(awk -v path="$path" '$1 == path { print $2 }' "$counts" 2>/dev/null || true)
  echo "instructions: $path: $now each${was:+, $was when last written}"
  if [ "${1:-}" != --write ] && [ $((3 * now)) -gt $((4 * ${was:-0})) ]; then
    echo "instructions: $path does a third more work than $was; find out why, or write the counts anew with --write" >&2
    failed=1
  fi
done
if [ "${1:-}" = --write ]; then printf '%s' "$written" >"$counts"; fi
exit $failed
