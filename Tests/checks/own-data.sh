#!/usr/bin/env bash
# Somebody's own WAV files with a table of times, and a question file about them, train a policy in another process: supervised and by GRPO, the
# latter killed and gone on with to the same log.
set -euo pipefail
cd "$(dirname "$0")/../.."
takt=$PWD/.build/release/takt
python=$(bash experiments/python.sh)
[ -n "$python" ] || { echo "check-own-data: no Python with numpy can be made here" >&2; exit 1; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export TAKT_INDEX=off TAKT_CACHE=$folder/cache PYTHONPATH=$PWD/python
fail() { echo "check-own-data: $*" >&2; exit 1; }

# 24 recordings of 20 s in which a tone enters and stops, a table of times, and questions about excerpts.
"$python" - "$folder" << 'PY'
import json, math, random, struct, sys, wave
folder, stream = sys.argv[1], random.Random(7)
table, questions = open(f"{folder}/times.csv", "w"), open(f"{folder}/questions.jsonl", "w")
table.write("track,start,end,label\n")
for number in range(24):
    enters, stops = stream.randint(3, 8), stream.randint(11, 17)
    with wave.open(f"{folder}/song{number}.wav", "wb") as file:
        file.setparams((1, 2, 8000, 0, "NONE", ""))
        file.writeframes(b"".join(
            struct.pack("<h", int(9000 * math.sin(0.3 * frame)) if enters * 8000 <= frame < stops * 8000 else int(40 * math.sin(frame)))
            for frame in range(20 * 8000)))
    table.write(f"song{number}.wav,{enters},{stops},piano\n")
    for kind, time, words in (("onset", enters, "When does the piano first enter?"), ("offset", stops, "When does the piano stop?")):
        questions.write(json.dumps({
            "id": f"{number}/{kind}", "track_id": f"song{number}", "task": "TSG", "qa_type": kind, "question": words,
            "answers": [time - 1], "audio": {"path": f"song{number}.wav", "start": 1, "end": 19}, "split": None}) + "\n")
PY

experiment() { # NAME STAGE TRACKS
  cat > "$folder/$1.yaml" << YAML
name: $1
$2
seed: 1
policy: {kind: external, command: ["$python", python/examples/listening_policy.py], timeout: 60}
tracks: {$3}
questions: {tasks: [tsg], per-track: [2]}
training: {steps: 40, tracks: 6, checkpoint-every: 10, maximum-tokens: 4, learning-rate: {peak: 0.05, shape: constant}}
evaluation: {every: 20, samples: 4}
YAML
}
reinforcement='rewards: [{reward: onset-error, scale: 3}, {reward: unreadable, weight: -1}]
algorithm: {algorithm: grpo}'
recordings="source: recordings, all: [$folder/times.csv], shares: [0.6, 0.2, 0.2], excerpt: 18, hop: 2"
questions="source: questions, all: [$folder/questions.jsonl], shares: [0.6, 0.2, 0.2]"
experiment taught "stage: questions" "$questions"
experiment table "$reinforcement" "$recordings"
experiment asked "$reinforcement" "$questions"

train() { "$takt" train "$folder/$1.yaml" --quiet --output "$folder/$2"; }
train taught taught
train table table
train asked whole
train asked broken 2>/dev/null &
process=$!
for _ in $(seq 6000); do
  [ -e "$folder/broken/checkpoints/step-00000010.checkpoint" ] && break
  sleep 0.01
done
kill -9 "$process" 2>/dev/null || fail "the run ended before it could be killed"
wait "$process" 2>/dev/null || true
train asked broken
log_of() { sed -E 's/"time\/[^"]*":[^,}]*,?//g; s/,}/}/' "$1/log.jsonl"; }
diff <(log_of "$folder/whole") <(log_of "$folder/broken") > /dev/null || fail "the logs differ after a kill"
for file in evaluation.jsonl rollouts.bin; do cmp "$folder/whole/$file" "$folder/broken/$file" || fail "$file differs after a kill"; done

# Each run answers better than it began, and logs the rewards of each kind.
"$python" - "$folder" << 'PY'
import json, sys
for run in ("taught", "table", "whole"):
    hits = {"start": [], "end": []}
    for line in open(f"{sys.argv[1]}/{run}/evaluation.jsonl"):
        answer = json.loads(line)
        if answer["decoding"] == "sampled":
            hits[answer["phase"]].append(answer["scores"]["hit@3s"])
    start, end = (sum(values) / len(values) for values in hits.values())
    print(f"{run}: hit@3s of sampled answers {start:.2f} -> {end:.2f} of {len(hits['end'])}")
    assert end > start, f"{run} answers no better than it began"
    log = open(f"{sys.argv[1]}/{run}/log.jsonl").read()
    assert run == "taught" or all(f'"reward/task/tsg/{kind}/mean"' in log for kind in ("onset", "offset")), f"{run}: no rewards by kind"
PY
"$takt" answers evaluate "$folder/asked.yaml" --policy oracle --json > "$folder/oracle.json"
grep -q 'tsg' "$folder/oracle.json" || fail "the held-out questions of the file are not evaluated"

# A grid over own data; its runs read the files that it writes for them.
printf '%s\n' "name: grid" "experiment: $folder/asked.yaml" "set: {training.steps: 2}" "grid: {algorithm: [grpo, rloo]}" "seeds: 1" > "$folder/grid.yaml"
"$takt" ablate "$folder/grid.yaml" --output "$folder/grid" > "$folder/grid.txt" 2>&1 || fail "$(cat "$folder/grid.txt")"
grep -q 'rloo  *[0-9.]' "$folder/grid.txt" || fail "the grid has no scores: $(cat "$folder/grid.txt")"

# A table of MusTBench's own columns, from Parquet, whose tracks lie in a folder by their names.
"$python" - "$folder" << 'PY'
import json, sys
import pyarrow, pyarrow.parquet
rows = []
for line in open(f"{sys.argv[1]}/questions.jsonl"):
    question = json.loads(line)
    answer = f"0:{question['answers'][0] + 1:02d}"
    rows.append({"id": question["id"], "track_id": question["track_id"], "task": "TSG", "category": "instrument",
                 "qa_type": question["qa_type"], "question": question["question"], "answer": answer, "answers": [answer], "split": "train"})
pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows), f"{sys.argv[1]}/mustbench.parquet")
PY
"$python" experiments/parquet-to-jsonl.py "$folder/mustbench.parquet" "$folder/mustbench.jsonl"
experiment benchmark "$reinforcement" "source: questions, all: [$folder/mustbench.jsonl], audio-folder: $folder"
"$takt" train "$folder/benchmark.yaml" --quiet --set training.steps=2 --set 'questions.categories=[onset]' --output "$folder/benchmark"
[ "$(grep -c '"category":"onset"' "$folder/benchmark/evaluation.jsonl")" = "$(wc -l < "$folder/benchmark/evaluation.jsonl")" ] \
  || fail "other kinds of questions than onsets are asked"

# Takt's own encoder and policy hear the same recordings: two steps of each stage, scores and rules on the held-out ones.
for stage in encoder captions questions; do
  own=$recordings start="start: {encoder: $folder/encoder/policy.safetensors}"
  if [ "$stage" = encoder ]; then start=""; fi
  if [ "$stage" = questions ]; then own=$questions; fi
  printf '%s\n' "name: $stage" "stage: $stage" "$start" "tracks: {$own}" "training: {steps: 2, tracks: 2}" > "$folder/$stage.yaml"
  "$takt" train "$folder/$stage.yaml" --quiet --output "$folder/$stage"
done
"$takt" answers evaluate "$folder/questions.yaml" --policy "$folder/questions/policy.safetensors" | grep -q 'tsg/hit@3s/greedy' \
  || fail "the embedded policy is not scored on own questions"
"$takt" answers evaluate "$folder/questions.yaml" --policy rules | grep -q 'TSG onset' || fail "rules are not scored on own questions"
"$takt" train "$folder/captions.yaml" --set "tracks={$questions}" --output "$folder/captionless" 2> "$folder/no.txt" && fail "captions of questions"
grep -q 'stage captions learns from what is heard when' "$folder/no.txt" || fail "$(cat "$folder/no.txt")"

# What is wrong is named with file and line, or left out.
sed -i '3s/song[0-9]*.wav/gone.wav/' "$folder/times.csv"
train table no 2> "$folder/no.txt" && fail "a missing recording was taken"
grep -q "times.csv:3: track 'gone': its audio $folder/gone.wav is not there" "$folder/no.txt" || fail "$(cat "$folder/no.txt")"
"$takt" train "$folder/table.yaml" --set tracks.skip-bad=true --set training.steps=1 --output "$folder/some" > "$folder/some.txt" 2>&1
grep -q "left out 1 of the tracks and questions" "$folder/some.txt" || fail "what was left out is not said: $(cat "$folder/some.txt")"
