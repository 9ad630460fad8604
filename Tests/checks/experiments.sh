#!/usr/bin/env bash
# Every experiment, grid and file of rewards in the tree resolves.
set -euo pipefail
cd "$(dirname "$0")/../.."
takt=.build/release/takt
failures=0
for file in $(git ls-files 'experiments/*.yaml'); do
  case "$file" in
    experiments/ablations/*) command=(ablate "$file" --dry-run) ;;
    experiments/rewards/*) command=(rewards check "$file") ;;
    *) command=(train "$file" --dry-run) ;;
  esac
  if said=$("$takt" "${command[@]}" 2>&1 >/dev/null); then continue; fi
  # What an earlier run leaves, in runs/ or where another experiment exports to, need not be there; nothing else may be wrong.
  wrong=$(grep -c '^  ' <<<"$said" || true)
  for path in $(sed -n 's/^  .*start\.[a-z]*: \(.*\): there is no such file.*/\1/p' <<<"$said"); do
    if git check-ignore -q "$path" || git grep -q "^export: $path\$" -- experiments; then wrong=$((wrong - 1)); fi
  done
  if [ "$said" != "" ] && grep -q '^  ' <<<"$said" && [ "$wrong" = 0 ]; then continue; fi
  printf 'experiments: %s does not resolve:\n%s\n' "$file" "$said" >&2
  failures=$((failures + 1))
done
exit $((failures > 0))
