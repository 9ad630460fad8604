#!/usr/bin/env bash
# MusT's stages on real pieces, cross-validated: every piece is held out once, from the encoder on. `make must` and `make data` first.
# Runs that are finished are not done again, a run that was killed goes on.
#   experiments/must-real.sh [FOLDS [OPTION…]]      default 3 folds; options go to stage 4 and its control
set -euo pipefail
cd "$(dirname "$0")/.."
folds=${1:-3}
shift || true
takt=${TAKT:-.build/release/takt}
out=${RUNS:-runs}
runs=() controls=()
for ((fold = 0; fold < folds; fold++)); do
  # stage NAME FILE OPTION…
  stage() {
    "$takt" train "experiments/must-real/$2.yaml" --output "$out/$1-fold-$fold" \
      --set "tracks.folds=$folds" --set "tracks.fold=$fold" "${@:3}"
  }
  encoder="start.encoder=$out/must-real-encoder-fold-$fold/policy.safetensors"
  policy="start.policy=$out/must-real-questions-fold-$fold/policy.safetensors"
  stage must-real-encoder 1-encoder
  stage must-real-questions 3-questions --set "$encoder"
  stage must-real 4-grpo --set "$encoder" --set "$policy" "$@"
  stage must-real-control 4-control --set "$encoder" --set "$policy" "$@"
  runs+=("$out/must-real-fold-$fold")
  controls+=("$out/must-real-control-fold-$fold")
done
"$takt" compare "${runs[@]}" --control "${controls[@]}" --markdown
