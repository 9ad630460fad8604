#!/usr/bin/env bash
# The table of MusT's stages: each arm over several seeds, on a smaller configuration than the shipped one (fewer tracks and steps,
# said below). Runs that are finished are not done again, a run that was killed goes on.
#   experiments/must-table.sh [SEED…]        default 1 2 3; arms with reinforcement learning want 1 2 3 4 5
set -euo pipefail
cd "$(dirname "$0")/.."
seeds=("${@:-1}")
[ $# -gt 0 ] || seeds=(1 2 3)
takt=${TAKT:-.build/release/takt}
encoder=experiments/must/checkpoints/must-encoder.safetensors
runs=runs/must-table
tracks=(--set tracks.train=800 --set tracks.validation=0 --set tracks.sound-font-share=0 --set tracks.long-share=0
  --set evaluation.every=0 --set evaluation.samples=1 --set training.checkpoint-every=100 --quiet)
steps=${STEPS:-300}        # of each supervised stage
updates=${UPDATES:-150}    # of the RL stage

# run NAME STAGE-FILE OPTION…: one run in its own folder; the policy it leaves is at $runs/NAME/policy.safetensors
run() {
  local name=$1 file=$2
  shift 2
  "$takt" train "experiments/must/$file.yaml" --output "$runs/$name" "${tracks[@]}" --set "export=$runs/$name/export.safetensors" "$@"
}
captions() { run "$1" 2-captions --seed "$seed" --set "training.steps=$steps" --set tracks.test=0 "${@:2}"; }
questions() {
  run "$1" 3-questions --seed "$seed" --set "training.steps=$steps" --set "training.learning-rate.hold=$((2 * steps / 3))" \
    --set tracks.test=200 "${@:2}"
}
grpo() { run "$1" "$2" --seed "$seed" --set "training.steps=$updates" --set tracks.test=200 "${@:3}"; }
after() { echo "start.policy=$runs/$1/policy.safetensors"; }

# An encoder that was never trained, for the arm without stage 1.
run untrained-encoder 1-encoder --set training.steps=1 --set training.learning-rate.peak=0
for seed in "${seeds[@]}"; do
  questions "base-$seed" --set 'start.policy=""' --set training.steps=1 --set training.learning-rate.peak=0
  captions "captions-$seed"
  questions "captions-only-$seed" --set "$(after "captions-$seed")" --set training.steps=1 --set training.learning-rate.peak=0
  questions "qa-only-$seed" --set 'start.policy=""' --set "training.steps=$((2 * steps))" \
    --set "training.learning-rate.hold=$((4 * steps / 3))"
  questions "captions-qa-$seed" --set "$(after "captions-$seed")"
  grpo "grpo-must-$seed" 4-grpo --set "$(after "captions-qa-$seed")"
  grpo "grpo-takt-$seed" 4-grpo-takt --set "$(after "captions-qa-$seed")"
  for tokens in silent dynamic; do
    captions "captions-$tokens-$seed" --set "policy.audio-tokens=$tokens"
    questions "$tokens-$seed" --set "policy.audio-tokens=$tokens" --set "$(after "captions-$tokens-$seed")"
  done
  for stage in captions questions; do
    start=()
    [ "$stage" = questions ] && start=(--set "$(after "captions-untrained-$seed")")
    name=$([ "$stage" = captions ] && echo "captions-untrained-$seed" || echo "without-stage-1-$seed")
    "$stage" "$name" --set "start.encoder=$runs/untrained-encoder/policy.safetensors" "${start[@]}"
  done
done

# Arms beside one another: greedy answers, all five tasks, means over tracks and seeds with 95 % intervals.
python=$(bash experiments/python.sh)
"$python" experiments/must-table.py "$runs" "${seeds[@]}"
