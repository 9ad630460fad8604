#!/usr/bin/env bash
# Covers speed: every hot path beside the machine's limits and beside the Python packages that do the same.
set -euo pipefail
make --no-print-directory bench
