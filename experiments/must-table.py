"""The table of experiments/must-table.sh: greedy answers of every arm about the same held-out pieces.

    python3 experiments/must-table.py RUNS composed|pieces SEED...

A cell is the mean over pieces (a piece's score is the mean over its questions of the task and over seeds), in per cent, with a 95 %
interval by the percentile bootstrap over pieces. Overall is the interquartile mean over seeds of the mean of the seven columns, with the
percentile bootstrap over seeds and pieces together; beside it the paper's overall of the row of the same name, of 7 billion parameters on its
own questions. The second table pairs two arms piece by piece.
"""
import json
import os
import random
import sys

# Run, title, and the paper's overall; its captions + QA samples tokens densely where transitions are likely.
ARMS = [
    ("base", "base", "24.3"),
    ("captions-only", "captions only", "25.2"),
    ("qa-only", "QA only", "36.8"),
    ("captions-qa", "captions + QA", "39.8 (uniform)"),
    ("dynamic", "captions + QA, dynamic sampling", "41.9"),
    ("grpo", "captions + QA, + GRPO (MusT's rewards)", "44.1"),
    ("grpo-takt", "captions + QA, + GRPO (Takt's rewards)", "–"),
    ("control", "captions + QA, + supervised steps (control)", "–"),
    ("silent", "without MusT tokens", "24.6"),
    ("without-stage-1", "without stage 1", "–"),
]
PAIRS = [
    ("captions-qa", "qa-only"), ("captions-qa", "silent"), ("captions-qa", "without-stage-1"), ("dynamic", "captions-qa"),
    ("grpo", "captions-qa"), ("grpo-takt", "captions-qa"), ("grpo", "control"), ("grpo-takt", "control"),
]
COLUMNS = [
    ("tsg/onset", "hit@3s", "TSG onset Hit@3s"), ("tsg/offset", "hit@3s", "TSG offset Hit@3s"), ("ltr", "accuracy", "LTR"),
    ("tad", "meteor", "TAD METEOR"), ("gto", "accuracy", "GTO"), ("mtr", "iou", "MTR IoU"), ("mtr", "f1", "MTR F1"),
]
DRAWS = 1000


def scores(path):
    """[column] -> {piece: mean score} of the greedy answers in a file."""
    found = [{} for _ in COLUMNS]
    with open(path) as lines:
        for line in lines:
            answer = json.loads(line)
            if answer["decoding"] != "greedy":
                continue
            question = answer["question"]
            piece = question["track_id"].split("@")[0]
            for column, (kind, measure, _) in zip(found, COLUMNS):
                task, _, category = kind.partition("/")
                if question["task"] == task and category in ("", question.get("category")) and measure in answer["scores"]:
                    column.setdefault(piece, []).append(answer["scores"][measure])
    return [{piece: mean(values) for piece, values in column.items()} for column in found]


def mean(values):
    values = list(values)
    return sum(values) / len(values) if values else float("nan")


def interquartile_mean(values):
    values = sorted(values)
    cut = len(values) // 4
    return mean(values[cut : len(values) - cut])


def over_seeds(runs, column):
    """{piece: mean over seeds} of one column."""
    pieces = {piece for run in runs for piece in run[column]}
    return {piece: mean(run[column][piece] for run in runs if piece in run[column]) for piece in sorted(pieces)}


def ends(draws):
    draws = sorted(draws)
    return draws[int(0.025 * len(draws))], draws[int(0.975 * len(draws)) - 1]


def interval(values):
    stream = random.Random(7)
    return mean(values), *ends([mean(stream.choices(values, k=len(values))) for _ in range(DRAWS)])


def overall(runs):
    stream = random.Random(7)
    pieces = sorted({piece for run in runs for column in run for piece in column})

    def figure(runs, pieces):
        return interquartile_mean([mean(mean(column[p] for p in pieces if p in column) for column in run) for run in runs])

    draws = [figure(stream.choices(runs, k=len(runs)), stream.choices(pieces, k=len(pieces))) for _ in range(DRAWS // 4)]
    return figure(runs, pieces), *ends(draws)


def written(figures, sign=""):
    return ("%" + sign + ".1f [%" + sign + ".1f, %" + sign + ".1f]") % tuple(100 * figure for figure in figures)


def main():
    folder, tracks, seeds = sys.argv[1], sys.argv[2], sys.argv[3:]
    arms = {}
    for name, *_ in ARMS:
        paths = {seed: f"{folder}/{name}-{seed}/{tracks}.jsonl" for seed in seeds}
        arms[name] = {seed: scores(path) for seed, path in paths.items() if os.path.exists(path)}
    header = " | ".join(title for _, _, title in COLUMNS)
    print(f"{tracks} tracks, greedy, per cent\n\n| arm | seeds | {header} | overall | paper |\n" + "|---" * (len(COLUMNS) + 4) + "|")
    for name, title, paper in ARMS:
        runs = list(arms[name].values())
        if not runs:
            continue
        cells = [written(interval(list(over_seeds(runs, c).values()))) for c in range(len(COLUMNS))]
        print(f"| {title} | {len(runs)} | " + " | ".join(cells) + f" | {written(overall(runs))} | {paper} |")
    print(f"\n| difference | seeds | {header} |\n" + "|---" * (len(COLUMNS) + 2) + "|")
    titles = {name: title for name, title, _ in ARMS}
    for one, other in PAIRS:
        shared = [seed for seed in arms[one] if seed in arms[other]]
        if not shared:
            continue
        cells = []
        for c in range(len(COLUMNS)):
            a, b = (over_seeds([arms[arm][seed] for seed in shared], c) for arm in (one, other))
            cells.append(written(interval([a[piece] - b[piece] for piece in a if piece in b]), "+"))
        print(f"| {titles[one]} − {titles[other]} | {len(shared)} | " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main()
