#!/usr/bin/env bash
# Covers the answer reader: a million generated answers in which the truth is known; none may be misread, at most 5 % of the well-formed refused.
set -euo pipefail
cd "$(dirname "$0")/../.."
read -ra flags <<< "$(make -s --no-print-directory flags)"
swift build "${flags[@]}" --build-tests > /dev/null
counts=$(mktemp)
TAKT_LONG=1 TAKT_COUNTS=$counts swift test "${flags[@]}" --skip-build --filter GeneratedAnswers
cat "$counts"
rm -f "$counts"
