#!/usr/bin/env bash
# A grid whose process and workers are killed (kill -9) at random moments and that is started again leaves the same tables, byte for byte, as
# one that ran through, and makes no finished run twice. Usage: Tests/checks/grid.sh [SEED OF THE MOMENTS]
set -euo pipefail
cd "$(dirname "$0")/../.."
takt=${TAKT:-$PWD/.build/release/takt}
RANDOM=${1:-1}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export TAKT_INDEX=$folder/index.sqlite
cat > "$folder/grid.yaml" <<'YAML'
name: check
experiment: experiments/demo.yaml
set: {training.steps: 8, training.tracks: 4, tracks.train: 16, tracks.validation: 0, tracks.test: 6, evaluation.every: 0, training.checkpoint-every: 2, training.demonstrations: 0}
grid: {algorithm: [grpo, ppo, rloo]}
seeds: 2
YAML

"$takt" ablate "$folder/grid.yaml" --output "$folder/whole" --workers 2 --quiet > "$folder/whole.txt"

finished() { find "$folder/killed" -name evaluation.jsonl -printf '%p %T@ %s\n' 2>/dev/null | sort; }
kills=0
for _ in $(seq 6); do
  "$takt" ablate "$folder/grid.yaml" --output "$folder/killed" --workers 2 --quiet > /dev/null 2>&1 &
  grid=$!
  sleep "$((RANDOM % 4)).$((RANDOM % 10))"
  kill -0 "$grid" 2>/dev/null || break
  before=$(finished)
  # A worker first, or the supervisor between it and the grid, every other time; the grid starts it again.
  if [ $((kills % 2)) -eq 0 ]; then
    worker=$(pgrep -P "$grid" | head -n 1 || true)
    if [ $((kills % 4)) -eq 0 ] && [ -n "$worker" ]; then worker=$(pgrep -P "$worker" | head -n 1 || true); fi
    [ -n "$worker" ] && kill -9 "$worker" 2>/dev/null || true
    sleep 0.3
  fi
  kill -9 "$grid" 2>/dev/null || true
  wait "$grid" 2>/dev/null || true
  kills=$((kills + 1))
done
before=$(finished)
"$takt" ablate "$folder/grid.yaml" --output "$folder/killed" --workers 2 --quiet > "$folder/killed.txt"
after=$(finished)
while read -r line; do
  [ -z "$line" ] || grep -qxF "$line" <<< "$after" || { echo "a finished run was made again: $line" >&2; exit 1; }
done <<< "$before"
for file in grid.json arms.csv runs.csv ablation.json; do cmp "$folder/whole/$file" "$folder/killed/$file"; done
cmp "$folder/whole.txt" "$folder/killed.txt"
[ "$(wc -l < "$folder/killed/runs.csv")" -eq 7 ] || { echo "runs.csv does not hold six runs" >&2; exit 1; }
indexed=$("$takt" runs list --where 'status = finished and training.steps = 8' --json | grep -c '"folder"')
[ "$indexed" -eq 12 ] || { echo "the index holds $indexed of the 12 runs" >&2; exit 1; }
echo "check-grid: the same tables after $kills kills"
