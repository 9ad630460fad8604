#!/usr/bin/env bash
# Covers data races and bad accesses: the tests of the modules that have threads, processes, pointers or input from outside, in release builds
# under the thread sanitizer and then under the address sanitizer. Leaks are not asked for: Foundation keeps some to the end by design.
#   Tests/long/sanitizers.sh [thread|address …]
set -uo pipefail
cd "$(dirname "$0")/../.."
tests='(RunLogs|Training|Tensors|Questions|ExternalPolicy|ChildProcesses|Experiments|MLflowSink)Tests\.'
python="$(bash experiments/python.sh)"
kinds=("$@")
[ ${#kinds[@]} -gt 0 ] || kinds=(thread address)
failed=0
for kind in "${kinds[@]}"; do
  log=.build/sanitizer-$kind.log
  flags=(-c release -Xswiftc -enable-testing --sanitize "$kind" --scratch-path ".build/$kind")
  swift build "${flags[@]}" --build-tests > "$log.build" 2>&1 || { tail -n 20 "$log.build"; exit 1; }
  ASAN_OPTIONS=detect_leaks=0 TSAN_OPTIONS=halt_on_error=0 TAKT_PYTHON=$python \
    swift test "${flags[@]}" --skip-build --filter "$tests" > "$log" 2>&1 || failed=1
  echo "sanitizers: $kind: $(grep -c 'WARNING: ThreadSanitizer\|ERROR: AddressSanitizer' "$log") reports; $(grep -a 'Test run with' "$log" | tail -n 1)"
  grep -a 'SUMMARY: .*Sanitizer' "$log" | sort | uniq -c | sort -rn | head -n 10
done
exit $failed
