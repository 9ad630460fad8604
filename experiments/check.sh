#!/usr/bin/env bash
# What `make check` asks beside the tests: the import graph, format, budgets, experiment files, the example plug-in.
set -euo pipefail
cd "$(dirname "$0")/.."
takt=.build/release/takt
failures=0
fail() { echo "check: $*" >&2; failures=$((failures + 1)); }

echo "check: imports are declared"
swift build -c release --product takt --explicit-target-dependency-import-check error >/dev/null || fail "a target imports what Package.swift does not give it"

echo "check: format"
swift format lint --strict --recursive --configuration .swift-format Package.swift Sources Tests rewards || fail "run: swift format -i -r Sources Tests rewards"

echo "check: budgets"
while read -r lines file; do
  [ "$file" = total ] && continue
  if [ "$lines" -gt 400 ]; then fail "$file has $lines lines; at most 400"; fi
done < <(find Sources rewards -name '*.swift' -not -path '*/.build/*' -print0 | xargs -0 wc -l)
if [ "$(wc -l < README.md)" -gt 200 ]; then fail "README.md is longer than 200 lines"; fi
entries=$(git ls-tree --name-only HEAD | grep -cv '^\.')
if [ "$entries" -gt 10 ]; then fail "$entries entries at the top of the tree; at most 10"; fi

echo "check: names"
bad=$(git ls-files 'Sources/*.swift' 'rewards/*.swift' | grep -E '(Manager|Helper|Utils|Utilities|Common|Misc|Impl)[^/]*\.swift$' || true)
[ -z "$bad" ] || fail "names that say nothing: $bad"
bad=$(grep -rnE '\b(struct|class|enum|protocol|actor) \w*(Manager|Helper|Utils)\b' Sources rewards --include='*.swift' | grep -v '/.build/' || true)
[ -z "$bad" ] || fail "names that say nothing: $bad"
bad=$(grep -rnE '^\s*print\(' Sources rewards --include='*.swift' | grep -vE '^(Sources/takt/|rewards/example-plugin/)' || true)
[ -z "$bad" ] || fail "only the executable prints: $bad"
bad=$(grep -rnE '@unchecked Sendable|nonisolated\(unsafe\)' Sources rewards --include='*.swift' | grep -vE '^Sources/Tensors/' || true)
[ -z "$bad" ] || fail "unchecked concurrency outside Tensors: $bad"
bad=$(grep -rnE '\.disabled\(|withKnownIssue|XCTSkip' Tests --include='*.swift' || true)
[ -z "$bad" ] || fail "a test may be skipped: $bad"

echo "check: every experiment resolves"
for file in $(git ls-files 'experiments/*.yaml'); do
  case "$file" in experiments/ablations/*) "$takt" ablate "$file" --dry-run >/dev/null || fail "$file does not resolve" ;;
    experiments/rewards/*) "$takt" list rewards --spec "$file" >/dev/null || fail "$file does not resolve" ;;
    *) "$takt" train "$file" --dry-run >/dev/null || fail "$file does not resolve" ;; esac
done

echo "check: same seed, same bytes"
bash experiments/check-bytes.sh || fail "a run depends on the number of cores, or a resumed one differs"

echo "check: killed runs go on as if nothing had happened"
bash experiments/check-resume.sh || fail "a killed run differs from a whole one"
bash experiments/check-grid.sh || fail "a killed grid differs from a whole one"

echo "check: the example script in Swift builds and runs"
rm -rf runs/script
TAKT_INDEX=off swift run -c release --package-path experiments/example-script --scratch-path .build/example-script CompareSeeds >/dev/null \
  || fail "experiments/example-script does not run"

echo "check: the example plug-in builds and runs"
(cd rewards/example-plugin && swift run -c release --scratch-path ../../.build/example-plugin >/dev/null) || fail "rewards/example-plugin does not run"

if [ "$failures" -gt 0 ]; then echo "check: $failures failed" >&2; exit 1; fi
echo "check: all held"
