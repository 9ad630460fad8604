#!/usr/bin/env bash
# Every experiment, grid and file of rewards in the tree resolves.
set -euo pipefail
cd "$(dirname "$0")/../.."
takt=.build/release/takt
failures=0
for file in $(git ls-files 'experiments/*.yaml'); do
  case "$file" in
    experiments/ablations/*) command=(ablate "$file" --dry-run) ;;
    experiments/rewards/*) command=(list rewards --spec "$file") ;;
    *) command=(train "$file" --dry-run) ;;
  esac
  "$takt" "${command[@]}" >/dev/null || { echo "experiments: $file does not resolve" >&2; failures=$((failures + 1)); }
done
exit $((failures > 0))
