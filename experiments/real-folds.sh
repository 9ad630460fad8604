#!/usr/bin/env bash
# The RL stage on real pieces and its control, cross-validated: every piece is held out once. `make data` first. Runs that are finished are
# not done again, a run that was killed goes on.
#   experiments/real-folds.sh [FOLDS [OPTION…]]      default 3 folds; options go to both, such as --set training.steps=1200
set -euo pipefail
cd "$(dirname "$0")/.."
folds=${1:-3}
shift || true
takt=${TAKT:-.build/release/takt}
runs=() controls=()
for ((fold = 0; fold < folds; fold++)); do
  for arm in main control; do
    name=real-midi
    [ "$arm" = main ] || name=real-midi-$arm
    "$takt" train experiments/real-midi.yaml --arm "$arm" --output "${RUNS:-runs}/$name-fold-$fold" \
      --set "tracks.folds=$folds" --set "tracks.fold=$fold" "$@"
  done
  runs+=("${RUNS:-runs}/real-midi-fold-$fold")
  controls+=("${RUNS:-runs}/real-midi-control-fold-$fold")
done
"$takt" runs scores "${runs[@]}" --control "${controls[@]}" --markdown
