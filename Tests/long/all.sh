#!/usr/bin/env bash
# What `make check-long` runs: what is too heavy for every change. Whoever changes what a part covers runs that part and commits its log:
#   Tests/long/all.sh [PART…]        writes Tests/long/logs/DATE-PART.log
# Each part is an executable script Tests/long/PART.sh, whose head says what it covers.
set -uo pipefail
cd "$(dirname "$0")/../.."
parts=("$@")
[ ${#parts[@]} -gt 0 ] || parts=($(ls Tests/long/*.sh | xargs -n 1 basename | sed 's/\.sh$//' | grep -vx all))
mkdir -p Tests/long/logs
failed=()
for part in "${parts[@]}"; do
  log=Tests/long/logs/$(date +%F)-$part.log
  echo "check-long: $part → $log"
  {
    echo "$(date -u +'%F %H:%M UTC'), commit $(git rev-parse --short HEAD)$(git diff --quiet HEAD || echo ' with changes')"
    bash "Tests/long/$part.sh"
  } > "$log" 2>&1 || failed+=("$part")
  tail -n 3 "$log"
done
if [ ${#failed[@]} -gt 0 ]; then echo "check-long: failed: ${failed[*]}" >&2; exit 1; fi
