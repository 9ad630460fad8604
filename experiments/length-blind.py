"""What a guesser scores who does not listen but knows how long a track is: the honest blind score where tracks differ in length.

  python3 experiments/length-blind.py RUN...      finished runs with an evaluation.jsonl; greedy answers of their end

An instant is guessed as n seconds after the start, n before the end, or a share of the length; an interval as two shares of it. The
best guess for each category is chosen on these very questions, as `takt runs scores --blind` chooses its constants.
"""
import json
import sys
from itertools import accumulate

STEPS = 200


def seconds(clock):
    total = 0.0
    for part in clock.split(":"):
        total = 60 * total + float(part)
    return total


def best_instant(questions):
    def hits(guess):
        return sum(abs(guess(q["duration"]) - seconds(q["answers"][0])) <= 3 for q in questions) / len(questions)

    after = [(hits(lambda _, n=n: n), f"{n} s after the start") for n in range(600)]
    before = [(hits(lambda d, n=n: d - n / 2), f"{n / 2} s before the end") for n in range(60)]
    shares = [(hits(lambda d, n=n: n / STEPS * d), f"{n / STEPS} of the length") for n in range(STEPS + 1)]
    return max(after + before + shares)


def best_interval(questions):
    sums = []
    for q in questions:
        spans = [[seconds(t) for t in span.split("-")] for span in q["answers"][0].split(", ")]
        times = ((i + 0.5) * q["duration"] / STEPS for i in range(STEPS))
        sums.append([0, *accumulate(any(a <= t < b for a, b in spans) for t in times)])

    def iou(i, j):
        return sum((s[j] - s[i]) / (j - i + s[-1] - s[j] + s[i]) for s in sums) / len(sums)

    ends = range(0, STEPS + 1, 4)
    return max((iou(i, j), f"{i / STEPS} to {j / STEPS} of the length") for i in ends for j in ends if i < j)


answers = []
for run in sys.argv[1:] or sys.exit(__doc__):
    with open(f"{run}/evaluation.jsonl") as lines:
        answers += [a for a in map(json.loads, lines) if a["phase"] == "end" and a["decoding"] == "greedy"]
for task, measure, best in [("tsg", "hit@3s", best_instant), ("mtr", "iou", best_interval)]:
    of_task = [a for a in answers if a["question"]["task"] == task]
    blind = 0.0
    for category in sorted({a["question"]["category"] for a in of_task}):
        group = [a for a in of_task if a["question"]["category"] == category]
        score, guess = best([a["question"] for a in group])
        blind += score * len(group)
        policy = sum(a["scores"][measure] for a in group) / len(group)
        print(f"{task} {category} {measure}: {score:.3f} by {guess}, policy {policy:.3f}, {len(group)} questions")
    if of_task:
        policy = sum(a["scores"][measure] for a in of_task) / len(of_task)
        print(f"{task} {measure}: {blind / len(of_task):.3f}, policy {policy:.3f}")
