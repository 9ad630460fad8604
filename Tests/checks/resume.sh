#!/usr/bin/env bash
# Exact resume: runs that are killed with SIGKILL at random moments, again and again, leave the bytes of runs that never were: the last
# checkpoint, rollouts, policy, held-out answers, and log and table without their times. So does a run whose newest checkpoint is damaged
# (the one before it is used, with a warning). grid.sh does the same to grids.
#
#   Tests/checks/resume.sh [SEED]      SEED picks the moments; default 1
#
# TAKT names another executable than .build/release/takt.
set -euo pipefail
cd "$(dirname "$0")/../.."
takt=${TAKT:-$PWD/.build/release/takt}
RANDOM=${1:-1}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export TAKT_CACHE=$folder/cache TAKT_INDEX=off
kills=0

rewards='rewards=[{reward: adaptive-onset-error, tasks: [tsg]}, {reward: scheduled-onset-error, label: schedule, weight: 0.5, tasks: [tsg]},
  {reward: soft-f1, sigma: 5, tasks: [mtr], baseline: {}}, {reward: out-of-track, weight: -0.5}, {reward: unreadable, weight: -1}]'
common=(--quiet --set training.steps=12 --set training.tracks=4
  --set tracks.train=20 --set tracks.validation=4 --set tracks.test=4 --set evaluation.every=5 --set training.checkpoint-every=3
  --set training.learning-rate.shape=cosine)

fail() { echo "check-resume: $*" >&2; exit 1; }

# The log without times, and without the warning of a damaged checkpoint where one was damaged.
log_of() { sed -E 's/"time\/[^"]*":[^,}]*,?//g; s/,}/}/' "$1/log.jsonl" | grep -v 'the checkpoint before it is used' || true; }

# The table without its columns of time.
table_of() {
  awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) keep[i] = $i !~ /^time\// && $i != "text" } $4 !~ /checkpoint before/ {
    line = ""; for (i = 1; i <= NF; i++) if (keep[i]) line = line "," $i; print line }' "$1/metrics.csv"
}

compare() {
  local file
  for file in resolved.yaml checkpoints/step-00000012.checkpoint rollouts.bin policy.safetensors evaluation.jsonl; do
    if [ -e "$1/$file" ] || [ -e "$2/$file" ]; then cmp "$1/$file" "$2/$file" || fail "$3: $file differs"; fi
  done
  diff <(log_of "$1") <(log_of "$2") >/dev/null || fail "$3: the logs differ"
  diff <(table_of "$1") <(table_of "$2") >/dev/null || fail "$3: the tables differ"
}

# Runs a command and kills it after up to $1 hundredths of a second; true where it ended by itself before.
killed_after() {
  local delay=$1 process status=0
  shift
  "$@" 2>/dev/null &
  process=$!
  sleep "$(printf '%d.%02d' $((delay / 100)) $((delay % 100)))"
  kill -9 "$process" 2>/dev/null && kills=$((kills + 1))
  wait "$process" 2>/dev/null || status=$?
  [ "$status" -eq 0 ]
}

# check_run NAME FILE OPTION…
check_run() {
  local name=$1 start length
  shift
  echo "check-resume: $name"
  start=$(date +%s%N)
  "$takt" train "${common[@]}" "$@" --output "$folder/$name-whole"
  length=$((($(date +%s%N) - start) / 10000000 + 20))
  for _ in $(seq 12); do
    if killed_after $((RANDOM * length / 32768)) "$takt" train "${common[@]}" "$@" --output "$folder/$name-killed"; then break; fi
  done
  "$takt" train "${common[@]}" "$@" --output "$folder/$name-killed"
  compare "$folder/$name-whole" "$folder/$name-killed" "$name"
}

demo=experiments/demo.yaml
sampled=(--set training.completions=4)
check_run grpo "$demo" "${sampled[@]}" --set "$rewards" --set algorithm.kl.coefficient=0.02 --set algorithm.kl.target=0.05 --set algorithm.tied-groups=refill \
  --set algorithm.entropy.coefficient=0.01 --set algorithm.entropy.target=0.9
check_run ppo "$demo" "${sampled[@]}" --set "$rewards" --set algorithm.algorithm=ppo --set training.demonstrations=0 --set algorithm.kl.coefficient=0.02 --set algorithm.kl.target=0.05
check_run rloo "$demo" "${sampled[@]}" --set algorithm.algorithm=rloo --set 'rewards=[{reward: onset-error, baseline: {below: 0.3}, tasks: [tsg]},
  {reward: interval-iou, baseline: {}, tasks: [mtr]}, {reward: unreadable, weight: -1}]'
check_run reinforce++ "$demo" "${sampled[@]}" --set algorithm.algorithm=reinforce++
check_run fine-tuning "$demo" --arm control

echo "check-resume: a damaged checkpoint"
# Stopped after nine steps with two checkpoints, the newest then damaged.
damaged=$folder/damaged
"$takt" train "$demo" "${common[@]}" "${sampled[@]}" --output "$folder/plain"
"$takt" train "$demo" "${common[@]}" "${sampled[@]}" --output "$damaged" 2>/dev/null &
process=$!
for _ in $(seq 3000); do
  [ -e "$damaged/checkpoints/step-00000009.checkpoint" ] && break
  sleep 0.01
done
kill -9 "$process" 2>/dev/null || true
wait "$process" 2>/dev/null || true
newest=$(ls "$damaged"/checkpoints/*.checkpoint | tail -1)
printf 'x' | dd of="$newest" bs=1 seek=1000 conv=notrunc status=none
rm -f "$damaged/policy.safetensors" "$damaged/evaluation.jsonl"
"$takt" train "$demo" "${common[@]}" "${sampled[@]}" --output "$damaged"
grep -q "its checksum does not match.*the checkpoint before it is used" "$damaged/log.jsonl" || fail "a damaged checkpoint: no warning"
compare "$folder/plain" "$damaged" "a damaged checkpoint"

echo "check-resume: $kills kills, same bytes"
