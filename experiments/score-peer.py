"""What `takt answers score` is measured against: a plain Python script that parses, matches and scores the same lines.

    python3 experiments/score-peer.py make 200000 FOLDER          writes FOLDER/questions.jsonl and FOLDER/completions.jsonl
    python3 experiments/score-peer.py score QUESTIONS COMPLETIONS OUTPUT
    python3 experiments/score-peer.py requests 200 1024 FOLDER    writes FOLDER/requests.jsonl for `takt rewards serve`

It is what one would write by hand with the standard library: `json`, two regular expressions, and onset error and interval F1 with
the penalties of MusT (experiments/rewards/peer.yaml states the same rewards to Takt). It reads simple answers alone.
"""
import json
import math
import os
import random
import re
import sys

CLOCK = re.compile(r"(\d+):(\d\d)")
RANGE = re.compile(r"(\d+):(\d\d)-(\d+):(\d\d)")


def onset_error(time, truths):
    return max(math.exp(-abs(time - truth) / 15) for truth in truths)


def merged(spans):
    out = []
    for start, end in sorted(spans):
        if end <= start:
            continue
        if out and start <= out[-1][1]:
            out[-1][1] = max(out[-1][1], end)
        else:
            out.append([start, end])
    return out


def interval_f1(answer, truth):
    p, r = merged(answer), merged(truth)
    if not p or not r:
        return 1.0 if p == r else 0.0
    both = sum(max(0.0, min(a[1], b[1]) - max(a[0], b[0])) for a in p for b in r)
    return 2 * both / (sum(e - s for s, e in p) + sum(e - s for s, e in r))


def judge(question, text):
    """Outcome, answer as text, and the scores of the four components."""
    duration = question["duration"]
    scores = {"onset-error": None, "interval-f1": None, "out-of-track": 0, "unreadable": 0}
    if question["kind"] == "instant":
        found = CLOCK.search(text)
        if found:
            time = 60 * int(found[1]) + int(found[2])
            scores["onset-error"] = onset_error(time, question["answers"])
            scores["out-of-track"] = int(time > duration)
            return "answered", found[0], scores
        scores["onset-error"] = 0
    else:
        spans = [[60 * int(a) + int(b), 60 * int(c) + int(d)] for a, b, c, d in RANGE.findall(text)]
        if spans:
            scores["interval-f1"] = interval_f1(spans, question["answers"])
            scores["out-of-track"] = int(any(end > duration for _, end in spans))
            return "answered", ", ".join(f"{s // 60}:{s % 60:02d}-{e // 60}:{e % 60:02d}" for s, e in spans), scores
        scores["interval-f1"] = 0
    scores["unreadable"] = 1
    return "no-answer", None, scores


WEIGHTS = {"onset-error": 1, "interval-f1": 1, "out-of-track": -0.5, "unreadable": -1}


def score(questions_path, completions_path, output_path):
    questions = {}
    with open(questions_path) as file:
        for line in file:
            question = json.loads(line)
            questions[question["id"]] = question
    total, count, seen = 0.0, 0, set()
    with open(completions_path) as file, open(output_path, "w") as output:
        for line in file:
            row = json.loads(line)
            if row["id"] in seen:
                raise SystemExit(f"{row['id']} stands there twice")
            seen.add(row["id"])
            outcome, answer, scores = judge(questions[row["id"]], row["completion"])
            reward = sum(WEIGHTS[name] * value for name, value in scores.items() if value is not None)
            total, count = total + reward, count + 1
            output.write(
                json.dumps({"id": row["id"], "answer": answer, "components": scores, "outcome": outcome, "reward": reward}) + "\n"
            )
    if len(seen) < len(questions):
        raise SystemExit(f"{len(questions) - len(seen)} questions have no completion")
    return total / count, count


def clock(seconds):
    return f"{seconds // 60}:{seconds % 60:02d}"


def make(count, folder):
    """Half the questions ask for a time, half for intervals; half the answers stand alone, half in a sentence, some say nothing."""
    stream = random.Random(0)
    words = "the piano comes in softly after a short break of drums and bass while strings hold one long chord".split()
    os.makedirs(folder, exist_ok=True)
    with open(f"{folder}/questions.jsonl", "w") as questions, open(f"{folder}/completions.jsonl", "w") as completions:
        for index in range(count):
            name = f"track-{index // 20:06d}/{index % 20:02d}"
            question = {"id": name, "track_id": name[:12], "duration": round(stream.uniform(150, 400), 3)}
            if index % 2:
                question |= {"task": "tsg", "kind": "instant", "question": "When does the piano first start to play in this track?"}
                truth = stream.randrange(0, 150)
                question["answers"] = [truth]
                answer = clock(max(0, truth + stream.randrange(-20, 20)))
            else:
                question |= {"task": "mtr", "kind": "intervals", "question": "During which intervals is the music of high intensity?"}
                truth = sorted(stream.sample(range(150), 4))
                question["answers"] = [truth[:2], truth[2:]]
                moved = sorted(max(0, time + stream.randrange(-5, 6)) for time in truth)
                answer = f"{clock(moved[0])}-{clock(moved[1])}, {clock(moved[2])}-{clock(moved[3])}"
            if index % 4 > 1:
                answer = f"<think>{' '.join(stream.choices(words, k=16))}</think>It is at {answer}."
            if index % 97 == 0:
                answer = "I hear only drums."
            questions.write(json.dumps(question) + "\n")
            completions.write(json.dumps({"id": name, "completion": answer, "token_count": stream.randrange(4, 60)}) + "\n")


def requests(count, size, folder):
    """Requests by id over the completions, round and round."""
    with open(f"{folder}/completions.jsonl") as file:
        rows = [json.loads(line) for line in file]
    with open(f"{folder}/requests.jsonl", "w") as file:
        for index in range(count):
            batch = [rows[(index * size + place) % len(rows)] for place in range(size)]
            request = {"id": index, "ids": [row["id"] for row in batch], "completions": [row["completion"] for row in batch]}
            file.write(json.dumps(request) + "\n")


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["make", count, folder]:
            make(int(count), folder)
        case ["requests", count, size, folder]:
            requests(int(count), int(size), folder)
        case ["score", *paths] if len(paths) == 3:
            mean, lines = score(*paths)
            print(f"reward  {mean:.4f} over {lines}")
        case _:
            raise SystemExit(__doc__)
