#!/usr/bin/env bash
# record.sh FOLDER: leaves what a redesign must not change in FOLDER and prints a checksum of each part: the demo after 40 steps (tensors,
# log without times, held-out answers), the tables of a 2 × 2 grid, `takt answers score` and `takt rewards audit` on the shipped examples. Run it before and
# after on one machine and compare; it is no check of its own, since another machine adds in another order.
set -euo pipefail
folder=$(realpath -m "${1:?the folder to leave the record in}")
cd "$(dirname "$0")/../.."
takt=$PWD/.build/release/takt
[ ! -e "$folder" ] || { echo "record: $folder is there already: name another folder" >&2; exit 1; }
mkdir -p "$folder"
export TAKT_INDEX=off TAKT_CACHE=$folder/cache

"$takt" train experiments/demo.yaml --set training.steps=40 --set tracks.test=100 --quiet --output "$folder/demo" >/dev/null
cat > "$folder/grid.yaml" <<'YAML'
name: record
summary: two algorithms on two rewards
experiment: experiments/demo.yaml
set:
  training.steps: 4
  training.tracks: 4
  training.demonstrations: 0
  tracks.train: 24
  tracks.validation: 0
  tracks.test: 24
  evaluation.every: 0
grid:
  algorithm: [grpo, ppo]
  rewards:
    - experiments/rewards/must.yaml
    - name: narrow
      rewards:
        - {reward: onset-error, scale: 3, tasks: [tsg]}
        - {reward: soft-f1, sigma: 2, form: min, tasks: [mtr]}
        - {reward: unreadable, weight: -1}
seeds: 2
metrics: [tsg/hit@3s/greedy, mtr/iou/greedy]
YAML
"$takt" ablate "$folder/grid.yaml" --output "$folder/grid" >/dev/null

# The numbers of the tensors alone: what follows the header of a safetensors file.
tensors() { python3 -c '
import hashlib, struct, sys
data = open(sys.argv[1], "rb").read()
start = 8 + struct.unpack("<Q", data[:8])[0]
print(hashlib.sha256(data[start:]).hexdigest()[:16])' "$1"; }
sum() { sha256sum | cut -c1-16; }
{
  echo "policy tensors      $(tensors "$folder/demo/policy.safetensors")"
  echo "log without times   $(sed -E 's/"time\/[^"]*":[^,}]*,?//g' "$folder/demo/log.jsonl" | grep '"kind":"\(step\|evaluation\)"' | sum)"
  echo "held-out answers    $(sum < "$folder/demo/evaluation.jsonl")"
  echo "rollouts            $(sum < "$folder/demo/rollouts.bin")"
  for table in "$folder"/grid/*.csv "$folder"/grid/*.md "$folder"/grid/*.tex; do
    [ -e "$table" ] && echo "grid $(basename "$table")  $(sum < "$table")"
  done
  segments=Tests/ExperimentsTests/Golden/harmonix_segments.jsonl
  python3 -c '
import json, random, sys
stream = random.Random(7)
with open(sys.argv[2] + "/questions.jsonl", "w") as questions, open(sys.argv[2] + "/answers.jsonl", "w") as answers:
    for number, line in enumerate(open(sys.argv[1])):
        track = json.loads(line)
        for start, end, label in track["segments"][:6]:
            name = f"{number}-{start}"
            task, truth = ("mtr", f"{start:.1f}-{end:.1f}") if stream.random() < 0.5 else ("tsg", f"{start:.1f}")
            said = [f"<answer>{start + stream.gauss(0, 4):.1f}</answer>", f"from {start:.0f} s to {end + 3:.0f} s", "none", "perhaps 1:20"]
            questions.write(json.dumps({"id": name, "task": task, "answers": [truth], "duration": track["duration"]}) + "\n")
            answers.write(json.dumps({"id": name, "completion": stream.choice(said)}) + "\n")
' "$segments" "$folder"
  for spec in must intervals instants; do
    case $spec in intervals) task=mtr ;; *) task=tsg ;; esac
    [ $spec = must ] && task=
    for file in questions answers; do
      python3 -c '
import json, sys
kept = {q["id"] for q in map(json.loads, open(sys.argv[1] + "/questions.jsonl")) if sys.argv[3] in ("", q["task"])}
for line in open(f"{sys.argv[1]}/{sys.argv[2]}.jsonl"):
    if json.loads(line)["id"] in kept: print(line, end="")
' "$folder" $file "$task" > "$folder/$file-$spec.jsonl"
    done
    echo "score $spec  $("$takt" answers score "$folder/questions-$spec.jsonl" "$folder/answers-$spec.jsonl" --rewards "experiments/rewards/$spec.yaml" 2>&1 | sed "s|$folder/||g" | sum)"
    echo "audit $spec  $({ "$takt" rewards audit "experiments/rewards/$spec.yaml" "$segments" || true; } 2>&1 | sum)"
  done
} | tee "$folder/record.txt"
