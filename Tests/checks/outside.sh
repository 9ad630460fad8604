#!/usr/bin/env bash
# Packages outside the tree, built on public products alone: the example plug-in, script and policy build and run. They share the
# tree's build folder and flags, so that nothing of Takt is compiled again for them. The policy's run is killed and gone on with, and leaves the
# bytes of one that never was.
set -euo pipefail
cd "$(dirname "$0")/../.."
read -ra flags <<< "$(make -s --no-print-directory flags)"
build() { # PACKAGE EXECUTABLE
  swift build "${flags[@]}" --package-path "$1" --scratch-path .build --product "$2"
}
run() { # PACKAGE EXECUTABLE [FOLDER TO RUN IN]
  build "$1" "$2"
  (cd "${3:-.}" && TAKT_INDEX=off "$OLDPWD/.build/release/$2" >/dev/null)
}
program() { # PACKAGE EXECUTABLE
  build "$1" "$2" >&2
  TAKT_INDEX=off ".build/release/$2"
}
fail() { echo "check-outside: $*" >&2; exit 1; }
rm -rf runs/script runs/outside
run experiments/example-script CompareSeeds
run rewards/example-plugin LeadTimePlugin rewards/example-plugin

# Two programs without YAML. The first draws its learning curve and is the same twice; what it has learnt ends its output.
first=$(program examples/first-program FirstProgram)
[ "$first" = "$(.build/release/FirstProgram)" ] || fail "the first program's output is another the second time"
tail -n 1 <<< "$first" | awk '$1 == "reward" && $2 < -0.5 && $4 > 0.95 { rises = 1 } END { exit !rises }' \
  || fail "the first program's reward does not rise: $first"
rm -rf runs/embedded-program
program examples/embedded-program EmbeddedProgram | grep -q '^| TSG' || fail "the embedded program prints no scores"

build examples/table-policy TablePolicy
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export TAKT_INDEX=off
table=$PWD/.build/release/TablePolicy
train=("$table" train examples/table-policy/table.yaml --quiet --output)
"${train[@]}" "$folder/whole"
"${train[@]}" "$folder/broken" 2>/dev/null &
process=$!
for _ in $(seq 6000); do
  [ -e "$folder/broken/checkpoints/step-00000020.checkpoint" ] && break
  sleep 0.005
done
kill -9 "$process" 2>/dev/null || fail "the run ended before it could be killed"
wait "$process" 2>/dev/null || true
[ ! -e "$folder/broken/policy.bin" ] || fail "the run was at its end before it could be killed"
"${train[@]}" "$folder/broken"
log_of() { sed -E 's/"time\/[^"]*":[^,}]*,?//g; s/,}/}/' "$1/log.jsonl"; }
for file in resolved.yaml policy.bin rollouts.bin baselines.json evaluation.jsonl checkpoints/step-00000200.checkpoint; do
  cmp "$folder/whole/$file" "$folder/broken/$file" || fail "$file differs after a kill"
done
diff <(log_of "$folder/whole") <(log_of "$folder/broken") >/dev/null || fail "the logs differ after a kill"
grep -q '<svg' "$folder/broken/summary.html" || fail "no page"
"$table" answers evaluate examples/table-policy/table.yaml --policy "$folder/whole/policy.bin" --json > "$folder/scores.json"
grep -q 'tsg/hit@3s/greedy' "$folder/scores.json" || fail "the policy's file cannot be evaluated"
"$table" policy ask composed-7-0 "When does the piano first enter?" --experiment examples/table-policy/table.yaml \
  --policy "$folder/whole/policy.bin" | grep -q '^answer: [0-9]' || fail "the policy cannot be asked"
"$table" list policies | grep -q '^table' || fail "takt list does not know the kind"
"$table" train examples/table-policy/table.yaml --set stage=captions --output "$folder/no" 2> "$folder/no.txt" && fail "captions"
grep -q 'policy kind table has none: it can be trained in questions, reinforcement' "$folder/no.txt" || fail "$(cat "$folder/no.txt")"

# The whole command line with a reward and a task of another package: each command knows them, with no edit in Takt.
build rewards/example-plugin TaktLeadTime
plugin() { TAKT_INDEX=off .build/release/TaktLeadTime "$@"; }
holds() { # WORDS COMMAND…
  local words=$1 text
  shift
  text=$(plugin "$@" 2>&1) || { status=$?; [ "$status" = 1 ] || fail "$* ended with $status: $text"; }
  grep -qF -- "$words" <<< "$text" || fail "$* does not say '$words': $text"
}
holds "lead-time" list rewards
holds "how early scores 0" list options
holds "Entry of a Source" list tasks
plugin questions make --composed 12 --tasks entry --output "$folder/questions.jsonl"
python3 - "$folder" << 'PY'
import json, sys
with open(f"{sys.argv[1]}/questions.jsonl") as asked, open(f"{sys.argv[1]}/completions.jsonl", "w") as written:
    for line in asked:
        written.write(json.dumps({"id": json.loads(line)["id"], "completion": "0:10"}) + "\n")
PY
holds "lead-time" answers score "$folder/questions.jsonl" "$folder/completions.jsonl" --rewards rewards/example-plugin/rewards.yaml
holds "instant" rewards audit rewards/example-plugin/rewards.yaml "$folder/questions.jsonl" --json "$folder/audit.json"
holds "ENTRY Lateness" answers evaluate "$folder/questions.jsonl" "$folder/completions.jsonl"
echo '{"id": "a", "text": "0:57", "task": "ENTRY"}' > "$folder/answers.jsonl"
holds '"seconds":57' answers read "$folder/answers.jsonl"
holds "ENTRY Lateness" demo rewards/example-plugin/train.yaml --output runs/outside
holds "ENTRY Lateness" runs scores runs/outside/lead-time --markdown
holds "ENTRY Lateness" report runs/outside/lead-time --format markdown
