#!/usr/bin/env bash
# Killed (kill -9) at random moments and run again, a run leaves the same checkpoint, rollouts, policy and log (times aside) as one that ran
# through: for every kind of state that a run carries, and with a damaged newest checkpoint, over which the one before is used with a
# warning. Usage: experiments/check-resume.sh [SEED OF THE MOMENTS]
set -euo pipefail
cd "$(dirname "$0")/.."
takt=${TAKT:-$PWD/.build/release/takt}
RANDOM=${1:-1}
export TAKT_INDEX=off
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
small=(--set training.steps=16 --set training.tracks=4 --set tracks.train=24 --set tracks.validation=6 --set tracks.test=0
  --set evaluation.every=8 --set training.checkpoint-every=4 --quiet)

without_times() { grep -v '"kind":"warning"' "$1" | sed -E 's/"time\/[^"]*":[^,}]*,?//g'; }
steps() { grep -c '"kind":"step"' "$1/log.jsonl" 2>/dev/null || true; }

# name, then the options of the experiment
check() {
  local name=$1; shift
  local whole=$folder/$name-whole killed=$folder/$name-killed kills=0 target
  "$takt" train experiments/demo.yaml "${small[@]}" "$@" --output "$whole"
  while [ "$kills" -lt 4 ]; do
    "$takt" train experiments/demo.yaml "${small[@]}" "$@" --output "$killed" &
    local pid=$!
    target=$((RANDOM % 14 + 1))
    for _ in $(seq 1500); do
      kill -0 "$pid" 2>/dev/null || break
      local now; now=$(steps "$killed"); [ "${now:-0}" -ge "$target" ] && break
      sleep 0.01
    done
    sleep "0.0$((RANDOM % 9))"
    kill -9 "$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
    kills=$((kills + 1))
    local newest; newest=$(ls "$killed/checkpoints" 2>/dev/null | grep checkpoint$ | tail -n 1 || true)
    local count; count=$(ls "$killed/checkpoints" 2>/dev/null | grep -c checkpoint$ || true)
    if [ "$kills" -eq 2 ] && [ "${count:-0}" -ge 2 ]; then
      truncate -s -100 "$killed/checkpoints/$newest"
      damaged=$((damaged + 1))
    fi
  done
  "$takt" train experiments/demo.yaml "${small[@]}" "$@" --output "$killed"
  local file
  for file in checkpoints/step-00000016.checkpoint policy.safetensors $([ -f "$whole/rollouts.bin" ] && echo rollouts.bin); do
    cmp "$whole/$file" "$killed/$file"
  done
  diff <(without_times "$whole/log.jsonl") <(without_times "$killed/log.jsonl") >/dev/null || { echo "$name: the logs differ" >&2; exit 1; }
  echo "check-resume: $name is the same after $kills kills"
}

damaged=0
check grpo
check ppo-adaptive-kl --set 'algorithm={algorithm: ppo, kl: {coefficient: 0.05, target: 0.02, horizon: 64}, entropy: {coefficient: 0.01, target: 0.8}}'
check adaptive-rewards --set 'rewards=[{reward: adaptive-onset-error, tasks: [tsg]}, {reward: scheduled-onset-error, label: scheduled, tasks: [tsg]}, {reward: soft-f1, tasks: [mtr]}, {reward: unreadable, weight: -1}]' \
  --set 'algorithm={algorithm: grpo, tied-groups: refill, kl: {coefficient: 0.02}}'
check less-guessing --set 'rewards=[{reward: onset-error, baseline: {below: 0.3}, tasks: [tsg]}, {reward: interval-iou, tasks: [mtr], baseline: {}}, {reward: unreadable, weight: -1}]' --set 'algorithm={algorithm: rloo}'
check supervised --set stage=questions
[ "$damaged" -gt 0 ] || echo "check-resume: no run had two checkpoints at its second kill; give another seed to try a damaged one" >&2
