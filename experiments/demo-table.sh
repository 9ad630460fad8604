#!/usr/bin/env bash
# The demo and its control over several seeds, and the table of results. Runs that are finished are not done again.
#   experiments/demo-table.sh [SEED…]        default 1 2 3
set -euo pipefail
cd "$(dirname "$0")/.."
seeds=("${@:-1}")
[ $# -gt 0 ] || seeds=(1 2 3)
takt=.build/release/takt
runs=() controls=()
for seed in "${seeds[@]}"; do
  for name in demo demo-control; do
    "$takt" train "experiments/$name.yaml" --seed "$seed" --output "runs/$name-seed-$seed"
  done
  runs+=("runs/demo-seed-$seed")
  controls+=("runs/demo-control-seed-$seed")
done
"$takt" compare "${runs[@]}" --control "${controls[@]}" --markdown
