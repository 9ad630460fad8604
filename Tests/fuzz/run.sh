#!/usr/bin/env bash
# run.sh [seconds]: fuzzes every decoder of outside input. Without seconds a fixed number of executions of each (for `make check`, about a
# minute); with them so many seconds each (for `make check-long`). Exit 1 at a finding, which stays in .build/fuzz/findings.
# TAKT_FUZZ="yaml http" runs only these; TAKT_SCRATCH names the build's folder.
set -uo pipefail
cd "$(dirname "$0")/../.."
scratch=${TAKT_SCRATCH:-.build/fuzz}
findings=.build/fuzz/findings
mkdir -p "$findings"
# The folders are read anew each time, else files that came since the last build are missing.
# One product with libFuzzer's coverage in every module of the package, unoptimised, so that every check stands.
swift build --disable-build-manifest-caching --package-path Tests/fuzz --scratch-path "$scratch" --product TaktFuzz -Xswiftc -sanitize=fuzzer,address -Xswiftc -use-ld=lld >"$scratch.log" 2>&1 \
  || { tail -30 "$scratch.log"; exit 1; }
program="$(swift build --package-path Tests/fuzz --scratch-path "$scratch" --show-bin-path)/TaktFuzz"

# Executions of each without a time: decoders are of different speed.
declare -A runs=([answers]=2000 [questions]=3000 [timelines]=3000 [yaml]=600 [safetensors]=5000 [checkpoints]=5000 [rollouts]=3000 [midi]=4000
  [wad]=5000 [requests]=3000 [http]=5000)
failed=0
for format in ${TAKT_FUZZ:-answers questions timelines yaml safetensors checkpoints rollouts midi wad requests http}; do
  corpus=.build/fuzz/corpus/$format
  mkdir -p "$corpus"
  "$program" "$format" --seeds "$corpus"
  amount=(-runs="${runs[$format]}" -seed=1)
  [ $# -gt 0 ] && amount=(-max_total_time="$1")
  start=$SECONDS
  if ASAN_OPTIONS=detect_leaks=0 SWIFT_BACKTRACE=enable=no "$program" "$format" "${amount[@]}" -max_len=4096 -timeout=20 -rss_limit_mb=3000 \
    -dict=Tests/fuzz/dictionaries/words.txt -artifact_prefix="$findings/$format-" -print_final_stats=1 "$corpus" >"$findings/$format.log" 2>&1; then
    echo "fuzz: $format: $(sed -n 's/^stat::number_of_executed_units: *//p' "$findings/$format.log") executions in $((SECONDS - start)) s"
  else
    failed=1
    echo "fuzz: $format: a finding; see $findings/$format.log" >&2
    grep -aE "Fatal error|ERROR: |SUMMARY|Test unit written" "$findings/$format.log" | head -5 >&2
  fi
done
exit $failed
