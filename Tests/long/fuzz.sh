#!/usr/bin/env bash
# Covers every decoder of outside input: ten minutes of libFuzzer with the address sanitizer for each format.
set -euo pipefail
cd "$(dirname "$0")/../.."
bash Tests/fuzz/run.sh "${TAKT_FUZZ_SECONDS:-600}"
