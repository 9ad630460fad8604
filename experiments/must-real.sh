#!/usr/bin/env bash
# MusT's stages gone on with for real pieces, and stage 4 with its control on the pieces themselves, cross-validated: every piece is held out
# once. experiments/prepare-variations.sh first; `make must` only to make the shipped checkpoints again. Runs that are finished are not done again, a run that was killed goes on.
#   experiments/must-real.sh [FOLDS [OPTION…]]      default 3 folds; options go to stage 4 and its control
set -euo pipefail
cd "$(dirname "$0")/.."
folds=${1:-3}
shift || true
takt=${TAKT:-.build/release/takt}
"$takt" train experiments/must-real/1-encoder.yaml
"$takt" train experiments/must-real/3-questions.yaml
runs=() controls=()
for ((fold = 0; fold < folds; fold++)); do
  # stage NAME FILE OPTION…
  stage() {
    "$takt" train "experiments/must-real/$2.yaml" --output "runs/must-real-$1-fold-$fold" \
      --set "tracks.folds=$folds" --set "tracks.fold=$fold" "${@:3}"
  }
  stage encoder 1b-encoder
  stage questions 3b-questions --set "start.encoder=runs/must-real-encoder-fold-$fold/policy.safetensors"
  for arm in main control; do
    name=grpo
    [ "$arm" = main ] || name=$arm
    stage "$name" 4-grpo --arm "$arm" --set "start.encoder=runs/must-real-encoder-fold-$fold/policy.safetensors" \
      --set "start.policy=runs/must-real-questions-fold-$fold/policy.safetensors" "$@"
  done
  runs+=("runs/must-real-grpo-fold-$fold")
  controls+=("runs/must-real-control-fold-$fold")
done
"$takt" runs scores "${runs[@]}" --control "${controls[@]}" --blind --markdown
