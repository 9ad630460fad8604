"""Greedy answers of two groups of policies about the same tracks, paired track by track.

  python3 experiments/paired-answers.py ANSWERS... --control ANSWERS...

Files of `takt evaluate EXPERIMENT --policy POLICY --answers FILE`, one a seed, as many of the control. Each row: the means over questions,
their difference with a 95 % percentile bootstrap interval over tracks, and the difference of each seed.
"""
import json
import random
import sys

DRAWS = 2000
ROWS = [("tsg", "hit@3s", ""), ("tsg", "hit@3s", "onset"), ("tsg", "hit@3s", "offset"), ("mtr", "iou", "")]


def sums(path, task, measure, category):
    """track -> (sum of the scores, number of questions)."""
    found = {}
    with open(path) as lines:
        for answer in map(json.loads, lines):
            question = answer["question"]
            if question["task"] == task and category in ("", question.get("category")):
                total, count = found.get(question["track_id"], (0.0, 0))
                found[question["track_id"]] = (total + answer["scores"][measure], count + 1)
    return found


def difference(tracks):
    return sum(ours - theirs for ours, theirs, _ in tracks) / sum(count for _, _, count in tracks)


def main():
    arguments = sys.argv[1:]
    cut = arguments.index("--control") if "--control" in arguments else 0
    ours, theirs = arguments[:cut], arguments[cut + 1 :]
    if not ours or len(ours) != len(theirs):
        sys.exit(f"{len(ours)} files of answers and {len(theirs)} of the control: give as many of each\n{__doc__}")
    for task, measure, category in ROWS:
        seeds = []
        for pair in zip(ours, theirs):
            own, control = (sums(path, task, measure, category) for path in pair)
            if own.keys() != control.keys():
                sys.exit(f"{pair[0]} and {pair[1]} are not about the same tracks")
            seeds.append([(own[track][0], control[track][0], own[track][1]) for track in own])
        if not seeds[0]:
            continue
        tracks = [tuple(map(sum, zip(*seed))) for seed in zip(*seeds)]
        stream = random.Random(1)
        draws = sorted(difference(stream.choices(tracks, k=len(tracks))) for _ in range(DRAWS))
        count = sum(track[2] for track in tracks)
        means = [sum(track[side] for track in tracks) / count for side in (0, 1)]
        low, high = draws[int(0.025 * DRAWS)], draws[int(0.975 * DRAWS) - 1]
        each = " ".join(f"{difference(seed):+.3f}" for seed in seeds)
        print(f"{task} {category} {measure}: {means[0]:.3f}, control {means[1]:.3f}, {difference(tracks):+.3f} [{low:+.3f}, {high:+.3f}]; seeds {each}")


main()
