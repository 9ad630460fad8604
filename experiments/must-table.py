"""The table of experiments/must-table.sh: greedy answers of every arm on the same held-out tracks.

    python3 experiments/must-table.py RUNS SEED...

Each cell is the mean over tracks (a track's score is the mean over its questions of the task and over seeds) with a 95 % interval by
the percentile bootstrap over tracks; with three seeds or more the interquartile mean over seeds of the overall stands last.
"""
import json
import os
import random
import sys

ARMS = [
    ("base", "base"),
    ("captions-only", "captions only"),
    ("qa-only", "QA only"),
    ("captions-qa", "captions + QA"),
    ("grpo-must", "+ GRPO (MusT)"),
    ("grpo-takt", "+ GRPO (Takt)"),
    ("silent", "without MusT tokens"),
    ("dynamic", "dynamic sampling"),
    ("without-stage-1", "without stage 1"),
]
COLUMNS = [
    ("tsg/onset", "hit@3s"), ("tsg/offset", "hit@3s"), ("ltr", "accuracy"), ("tad", "meteor"), ("gto", "accuracy"),
    ("mtr", "iou"), ("mtr", "f1"),
]


def scores(path):
    """{column: {track: [score, ...]}} of the greedy answers at the end of a run."""
    found = {column: {} for column in COLUMNS}
    with open(path) as lines:
        for line in lines:
            answer = json.loads(line)
            if answer["phase"] != "end" or answer["decoding"] != "greedy":
                continue
            question = answer["question"]
            for task, measure in COLUMNS:
                name, _, category = task.partition("/")
                if question["task"] == name and category in ("", question.get("category")) and measure in answer["scores"]:
                    found[task, measure].setdefault(question["track_id"], []).append(answer["scores"][measure])
    return found


def mean(values):
    return sum(values) / len(values)


def interval(tracks, draws=1000):
    """Mean over tracks and the ends of its 95 % interval."""
    values = [mean(scores) for scores in tracks.values()]
    stream = random.Random(7)
    means = sorted(mean(stream.choices(values, k=len(values))) for _ in range(draws))
    return mean(values), means[int(0.025 * draws)], means[int(0.975 * draws) - 1]


def interquartile_mean(values):
    values = sorted(values)
    cut = len(values) // 4
    return mean(values[cut : len(values) - cut])


def main():
    folder, seeds = sys.argv[1], sys.argv[2:]
    print("| arm | seeds | " + " | ".join(f"{task} {measure}" for task, measure in COLUMNS) + " | overall |")
    print("|---" * (len(COLUMNS) + 3) + "|")
    for name, title in ARMS:
        paths = [f"{folder}/{name}-{seed}/evaluation.jsonl" for seed in seeds]
        paths = [path for path in paths if os.path.exists(path)]
        if not paths:
            continue
        runs = [scores(path) for path in paths]
        cells = []
        for column in COLUMNS:
            merged = {}
            for run in runs:
                for track, values in run[column].items():
                    merged.setdefault(track, []).extend(values)
            cells.append("%.3f [%.3f, %.3f]" % interval(merged) if merged else "–")
        overall = [mean([mean([mean(v) for v in run[column].values()]) for column in COLUMNS if run[column]]) for run in runs]
        print(f"| {title} | {len(runs)} | " + " | ".join(cells) + f" | {interquartile_mean(overall):.3f} |")


if __name__ == "__main__":
    main()
