#!/usr/bin/env bash
# A file of 40,000 questions and 100 hours of recordings, generated: read, checked and trained on by a policy in another process, in bounded
# memory, which is printed. QUESTIONS and HOURS make it smaller. The recordings are WAV files whose silence takes no room on the disk.
set -euo pipefail
cd "$(dirname "$0")/../.."
takt=$PWD/.build/release/takt
python=$(bash experiments/python.sh)
[ -n "$python" ] || { echo "own-data: no Python with numpy can be made here" >&2; exit 1; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export TAKT_INDEX=off TAKT_CACHE=$folder/cache PYTHONPATH=$PWD/python
"$python" - "$folder" "${QUESTIONS:-40000}" "${HOURS:-100}" << 'PY'
import array, json, math, random, struct, sys
folder, questions, hours = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
stream, rate, seconds = random.Random(3), 16000, 1800
tone = array.array("h", (int(9000 * math.sin(0.1 * frame)) for frame in range(rate))).tobytes()
recordings = max(3, round(hours * 3600 / seconds))
enters = []
for number in range(recordings):
    with open(f"{folder}/song{number}.wav", "wb") as file:
        size = 2 * rate * seconds
        file.write(struct.pack("<4sI8sIHHIIHH4sI", b"RIFF", 36 + size, b"WAVEfmt ", 16, 1, 1, rate, 2 * rate, 2, 16, b"data", size))
        for window in range(0, seconds, 60):
            file.seek(44 + 2 * rate * (window + stream.randint(3, 50)))
            file.write(tone)
        file.truncate(44 + size)
with open(f"{folder}/questions.jsonl", "w") as lines:
    for number in range(questions):
        song, window = number % recordings, 60 * (number // recordings % (seconds // 60))
        lines.write(json.dumps({
            "id": number, "track_id": f"song{song}@{window}-{window + 60}", "task": "tsg", "category": "onset",
            "question": "When does the piano first enter?", "answers": [stream.randint(3, 50)], "duration": 60,
            "audio": {"path": f"song{song}.wav", "start": window, "end": window + 60}}) + "\n")
with open(f"{folder}/times.csv", "w") as table:
    table.write("track,start,end,label\n")
    for song in range(recordings):
        for time in range(0, seconds, 30):
            table.write(f"song{song},{time + stream.randint(0, 10)},{time + stream.randint(12, 28)},piano\n")
print(f"{questions} questions, {recordings} recordings, {recordings * seconds / 3600:.0f} hours")
PY
worker=python/examples/listening_policy.py
for source in questions recordings; do
  file=$([ "$source" = questions ] && echo questions.jsonl || echo times.csv)
  cat > "$folder/$source.yaml" << YAML
name: $source
stage: questions
policy: {kind: external, command: ["$python", $worker], timeout: 60}
tracks: {source: $source, all: [$folder/$file], shares: [0.98, 0.01, 0.01]}
questions: {tasks: [tsg], per-track: [1]}
training: {steps: 5, tracks: 16, maximum-tokens: 4, learning-rate: {peak: 0.01, shape: constant}}
evaluation: {every: 0, samples: 0, training-tracks: 0}
YAML
  "$python" - "$takt" train "$folder/$source.yaml" --quiet --output "$folder/$source" << 'PY'
import resource, subprocess, sys, time
began = time.time()
subprocess.run(sys.argv[1:], check=True)
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
print(f"{sys.argv[3].split('/')[-1]}: {time.time() - began:.0f} s, peak memory of the largest process {peak:.0f} MB")
assert peak < 400, "more memory than a hundred hours need"
PY
done
