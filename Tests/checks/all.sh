#!/usr/bin/env bash
# What `make check` runs, each section with its minutes; a failure does not keep the later sections from running.
# `Tests/checks/all.sh NAME…` runs only these sections.
set -uo pipefail
cd "$(dirname "$0")/../.."
failed=()
summary=()
section() { # NAME COMMAND…
  local name=$1 start status minutes
  shift
  if [ ${#chosen[@]} -gt 0 ] && [[ " ${chosen[*]} " != *" $name "* ]]; then return; fi
  echo "check: $name"
  start=$(date +%s%N)
  "$@"
  status=$?
  minutes=$(awk "BEGIN { printf \"%.1f\", ($(date +%s%N) - $start) / 6e10 }")
  summary+=("$(printf '  %-12s %6s min%s' "$name" "$minutes" "$([ $status -eq 0 ] || echo '   FAILED')")")
  [ $status -eq 0 ] || failed+=("$name")
}
chosen=("$@")

section tests make --no-print-directory test
section build make --no-print-directory build
section source bash Tests/checks/source.sh
section conversions python3 Tests/checks/conversions.py
section experiments bash Tests/checks/experiments.sh
section bytes bash Tests/checks/bytes.sh
section resume bash Tests/checks/resume.sh
section grid bash Tests/checks/grid.sh
section processes bash Tests/checks/processes.sh
section policies bash Tests/checks/policies.sh
section own-data bash Tests/checks/own-data.sh
section outside bash Tests/checks/outside.sh
section fuzz bash Tests/fuzz/run.sh

printf '%s\n' "check: minutes by section" "${summary[@]}"
if [ ${#failed[@]} -gt 0 ]; then echo "check: failed: ${failed[*]}" >&2; exit 1; fi
echo "check: all held"
