#!/usr/bin/env bash
# Same seed, same bytes: a short run on all cores that fills the cache of tracks, the same on one core without a cache, and the same from
# the cache, killed half way and run again, must leave the same checkpoint, rollouts, policy and log (times aside).
set -euo pipefail
cd "$(dirname "$0")/../.."
takt=$PWD/.build/release/takt
export TAKT_INDEX=off
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export TAKT_CACHE=$folder/cache TAKT_INDEX=off
options=(--set training.steps=20 --set tracks.train=64 --set tracks.validation=10 --set tracks.test=0
  --set evaluation.every=10 --set training.checkpoint-every=10 --quiet)

"$takt" train experiments/demo.yaml "${options[@]}" --output "$folder/whole"
TAKT_CACHE=off taskset -c 0 "$takt" train experiments/demo.yaml "${options[@]}" --output "$folder/one-core"

"$takt" train experiments/demo.yaml "${options[@]}" --output "$folder/killed" &
killed=$!
for _ in $(seq 2000); do
  steps=$(grep -c '"kind":"step"' "$folder/killed/log.jsonl" 2>/dev/null || true)
  [ "${steps:-0}" -ge 13 ] && break
  sleep 0.02
done
kill -9 "$killed" 2>/dev/null || true
wait "$killed" 2>/dev/null || true
"$takt" train experiments/demo.yaml "${options[@]}" --output "$folder/killed"

without_times() { sed -E 's/"time\/[^"]*":[^,}]*,?//g' "$1"; }
for other in one-core killed; do
  for file in checkpoints/step-00000020.checkpoint rollouts.bin policy.safetensors; do
    cmp "$folder/whole/$file" "$folder/$other/$file"
  done
  diff <(without_times "$folder/whole/log.jsonl") <(without_times "$folder/$other/log.jsonl") >/dev/null \
    || { echo "the logs of the whole run and of $other differ" >&2; exit 1; }
done
