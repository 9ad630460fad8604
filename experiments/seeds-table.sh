#!/usr/bin/env bash
# An RL stage and its control over several seeds, and the table of results. Runs that are finished are not done again.
#   experiments/seeds-table.sh NAME [SEED…] [-- OPTION…]
# NAME.yaml of this folder and its arm `control`; default seeds 1 2 3; options go to both, such as --set tracks.test=1000
set -euo pipefail
cd "$(dirname "$0")/.."
name=${1:?"say which experiment, such as demo, imprecise or transfer"}
shift
seeds=()
while [ $# -gt 0 ] && [ "$1" != -- ]; do
  seeds+=("$1")
  shift
done
shift || true
[ ${#seeds[@]} -gt 0 ] || seeds=(1 2 3)
takt=${TAKT:-.build/release/takt}
runs=() controls=()
for seed in "${seeds[@]}"; do
  for arm in main control; do
    "$takt" train "experiments/$name.yaml" --arm "$arm" --seed "$seed" "$@"
  done
  runs+=("runs/$name-seed-$seed")
  controls+=("runs/$name-control-seed-$seed")
done
"$takt" runs scores "${runs[@]}" --control "${controls[@]}" --markdown
