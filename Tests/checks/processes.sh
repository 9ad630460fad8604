#!/usr/bin/env bash
# A policy in another process ends with its run, with all that it has started, however the run ends; its checkpoints cost little.
# Usage: Tests/checks/processes.sh
set -euo pipefail
cd "$(dirname "$0")/../.."
takt=${TAKT:-$PWD/.build/release/takt}
folder=$(mktemp -d)
export TAKT_INDEX=$folder/index.sqlite CHECK_MARK=takt-check-$$-$RANDOM
cat > "$folder/run.yaml" <<YAML
name: check
stage: reinforcement
policy: {kind: external, command: [python3, Tests/checks/processes.py], timeout: 60}
tracks: {train: 8, validation: 0, test: 0}
questions: {tasks: [tsg], per-track: [1]}
rewards: [{reward: onset-error, scale: 15}, {reward: unreadable, weight: -1}]
algorithm: {algorithm: grpo}
training: {steps: 4, tracks: 4, completions: 4, maximum-tokens: 4, checkpoint-every: 1, learning-rate: {peak: 0.05, shape: constant}}
evaluation: {every: 0}
YAML

# Processes that carry the mark of this check, but for the shells that make it.
left() {
  local found=
  for environ in /proc/[0-9]*/environ; do
    local pid=${environ#/proc/} name
    pid=${pid%/environ}
    grep -qzxF "CHECK_MARK=$CHECK_MARK" "$environ" 2>/dev/null || continue
    name=$(tr '\0' ' ' < "/proc/$pid/cmdline" 2>/dev/null || true)
    case $name in *processes.py*|*time.sleep*) found="$found $pid" ;; esac
  done
  echo "$found"
}
await_none() { # WHAT
  for _ in $(seq 200); do
    [ -n "$(left)" ] || return 0
    sleep 0.1
  done
  echo "left $1: $(left)" >&2
  for pid in $(left); do tr '\0' ' ' < "/proc/$pid/cmdline" >&2; kill -9 "$pid" 2>/dev/null || true; done
  exit 1
}
await_family() {
  for _ in $(seq 600); do
    case $(for pid in $(left); do tr '\0' ' ' < "/proc/$pid/cmdline" 2>/dev/null || true; done) in *time.sleep*) return 0 ;; esac
    sleep 0.1
  done
  echo "the policy did not start its rank" >&2
  exit 1
}
trap 'for pid in $(left); do kill -9 "$pid" 2>/dev/null || true; done; rm -rf "$folder"' EXIT
says() { grep -qF "$1" "$2" || { echo "expected: $1" >&2; cat "$2" >&2; exit 1; }; }

# The end of every kind: normal, an error, too late, Ctrl-C twice, a kill. A rank in a session of its own, deaf to SIGTERM, ends with it.
"$takt" train "$folder/run.yaml" --output "$folder/normal" > "$folder/normal.txt" 2>&1 || { cat "$folder/normal.txt" >&2; exit 1; }
await_none "after a run to its end"
says "starts: python3 Tests/checks/processes.py" "$folder/normal.txt"
says "the model is loaded" "$folder/normal/policy.log"

# Standard streams that are closed, or take nothing more.
closed() { # NAME, then a run whose streams the caller has set
  "$takt" train "$folder/run.yaml" --output "$folder/$1"
}
closed no-error 2>&- || { echo "a run without standard error failed" >&2; exit 1; }
closed full-error 2> /dev/full || { echo "a run whose standard error is full failed" >&2; exit 1; }
closed nothing <&- >&- 2>&- || { echo "a run without standard streams failed" >&2; exit 1; }
for run in no-error full-error nothing; do
  cmp "$folder/normal/policy.bin" "$folder/$run/policy.bin"
  cmp "$folder/normal/rollouts.bin" "$folder/$run/rollouts.bin"
done
await_none "after runs without streams"

MODE=fail AFTER=2 "$takt" train "$folder/run.yaml" --output "$folder/fail" > "$folder/fail.txt" 2>&1 && exit 1
await_none "after an error"
says "ended with exit code 1 and left 'sample' unanswered" "$folder/fail.txt"
says "  | RuntimeError: CUDA error: device-side assert triggered" "$folder/fail.txt"
says "The run goes on from its checkpoint after 2 steps" "$folder/fail.txt"
"$takt" train "$folder/run.yaml" --output "$folder/fail" > "$folder/fail.txt" 2>&1
says "goes on after 2 of 4 steps" "$folder/fail.txt"

MODE=family "$takt" train "$folder/run.yaml" --output "$folder/late" --set policy.timeout=3 > "$folder/late.txt" 2>&1 && exit 1
[ -z "$(left)" ] || { echo "left when takt had said that the answer was late: $(left)" >&2; exit 1; }
says "gave no answer to 'sample' for 3.0 s" "$folder/late.txt"
if grep -q "goes on" "$folder/late.txt"; then echo "no checkpoint was there to go on from" >&2; exit 1; fi

for signals in "INT INT" "TERM TERM" "KILL"; do
  MODE=family "$takt" train "$folder/run.yaml" --output "$folder/${signals// /-}" > /dev/null 2>&1 &
  run=$!
  await_family
  for signal in $signals; do
    kill "-$signal" "$run"
    sleep 0.5
  done
  wait "$run" 2>/dev/null || true
  await_none "after $signals"
done

# The processor time of Takt alone for a checkpoint of 200 MB: one at the last step, one as the run's policy.
ticks() { # MEGABYTES
  MEGABYTES=$1 "$takt" train "$folder/run.yaml" --output "$folder/size$1" --set training.steps=1 > /dev/null 2>&1 &
  local run=$! last=0 now
  while now=$(awk '{ print $14 + $15 }' "/proc/$run/stat" 2>/dev/null) && [ -n "$now" ]; do
    last=$now
    sleep 0.02
  done
  wait "$run"
  rm -rf "$folder/size$1"
  echo "$last"
}
small=$(ticks 0)
large=$(ticks 200)
seconds=$(awk "BEGIN { printf \"%.2f\", ($large - $small) / 2 / $(getconf CLK_TCK) }")
awk "BEGIN { exit !($seconds < 2) }" || { echo "a checkpoint of 200 MB costs $seconds s of processor time, more than 2" >&2; exit 1; }
echo "check-processes: nothing left after a normal end, an error, a timeout, Ctrl-C, SIGTERM and SIGKILL; 200 MB of checkpoint cost $seconds s"
