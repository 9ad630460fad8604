"""What Takt's rewards and metrics compete with, for `takt bench`: plain Python, or the library that people use.

Reads one JSON object of inputs on the first line of standard input; then, for each line `measure`, answers with one JSON object:
{name: {"rate": calls a second of processor time, "mean": mean score, "by": what computed it}} or {name: {"missing": why}}.
"""
import importlib.util
import json
import math
import os
import re
import sys
import time

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[name] = "1"


def load(module):
    try:
        __import__(module)
        return sys.modules[module], ""
    except ImportError:
        return None, f"{module.split('.')[0]} is not installed"


numpy, _ = load("numpy")
stats, no_stats = load("scipy.stats")
ndimage, no_ndimage = load("scipy.ndimage")
onset, no_onset = load("mir_eval.onset")
beat, no_beat = load("mir_eval.beat")
segment, no_segment = load("mir_eval.segment")
transcription, no_transcription = load("mir_eval.transcription")
meteor, no_meteor = load("nltk.translate.meteor_score")
librosa, no_librosa = load("librosa")


# Intervals


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


def overlap(p, r):
    """Lengths of the unions and of what both cover."""
    p, r = merged(p), merged(r)
    both = sum(max(0.0, min(a[1], b[1]) - max(a[0], b[0])) for a in p for b in r)
    return sum(e - s for s, e in p), sum(e - s for s, e in r), both


def iou(p, r, duration):
    answer, truth, both = overlap(p, r)
    return both / (answer + truth - both)


def f1(p, r, duration):
    answer, truth, both = overlap(p, r)
    return 2 * both / (answer + truth)


def span(p, r):
    (s, e), (t, u) = p, r
    both = max(0.0, min(e, u) - max(s, t))
    union = (e - s) + (u - t) - both
    return both / union, union, max(e, u) - min(s, t)


def giou(p, r, duration):
    ratio, union, hull = span(p[0], r[0])
    return 0.5 * (1 + ratio - (hull - union) / hull)


def diou(p, r, duration):
    ratio, _, hull = span(p[0], r[0])
    return 0.5 * (1 + ratio - ((sum(p[0]) - sum(r[0])) / 2 / hull) ** 2)


def weighted_iou(p, r, duration):
    (s, e), (t, u) = p[0], r[0]
    return span(p[0], r[0])[0] * max(0, 1 - abs(s - t) / duration) * max(0, 1 - abs(e - u) / duration)


def boundary_error(p, r, duration):
    return 0.5 * sum(math.exp(-abs(a - b) / 5) for a, b in zip(p[0], r[0]))


def mask(spans, count):
    bins = numpy.zeros(count)
    for start, end in spans:
        bins[int(start + 0.5) : int(end + 0.5) + 1] = 1
    return bins


def soft_f1(p, r, duration):
    count = int(duration + 0.5) + 1
    a = ndimage.gaussian_filter1d(mask(p, count), 15)
    b = ndimage.gaussian_filter1d(mask(r, count), 15)
    return 2 * float(a @ b) / float(a @ a + b @ b)


def augment(left, edges, match, seen):
    for right in edges[left]:
        if right not in seen:
            seen.add(right)
            if right not in match or augment(match[right], edges, match, seen):
                match[right] = left
                return True
    return False


def matched_f1(p, r, duration):
    total = 0.0
    for threshold in (0.3, 0.5, 0.7):
        edges = [[j for j, a in enumerate(p) if span(a, b)[0] >= threshold] for b in r]
        match = {}
        total += 2 * sum(augment(i, edges, match, set()) for i in range(len(r))) / (len(p) + len(r))
    return total / 3


def local_giou(p, r, duration):
    pairs = zip(sorted(p), sorted(r))
    return sum(giou([a], [b], duration) for a, b in pairs) / max(len(p), len(r))


def boundary_f(p, r, duration):
    truth = numpy.array(sorted(t for s in merged(r) for t in s))
    answer = numpy.array(sorted(t for s in merged(p) for t in s))
    return float(onset.f_measure(truth, answer, window=3.0)[0])


def wasserstein(p, r, duration):
    p, r = merged(p), merged(r)

    def share(spans, t):
        return sum(max(0.0, min(e, t) - s) for s, e in spans if t > s) / sum(e - s for s, e in spans)

    times = sorted(t for s in p + r for t in s)
    total, last, before = 0.0, times[0], 0.0
    for t in times[1:]:
        now = share(p, t) - share(r, t)
        a, b = abs(before), abs(now)
        total += 0.5 * (t - last) * ((a + b) if before * now >= 0 else (a * a + b * b) / (a + b))
        last, before = t, now
    return math.exp(-total / sum(e - s for s, e in r))


def count_error(p, r, duration):
    return 0.6 ** abs(len(merged(p)) - len(merged(r)))


def duration_ratio(p, r, duration):
    answer, truth, _ = overlap(p, r)
    return min(answer, truth) / max(answer, truth)


def answer_count(p, r, duration):
    limit = max(4, 2 * len(r))
    return min(1, max(0, len(p) - limit) / limit)


def out_of_track(p, r, duration):
    return 0 if all(s >= 0 and e <= duration for s, e in p) else 1


# Events


def onset_f(p, r, duration):
    return float(onset.f_measure(numpy.array([s for s, _ in r]), numpy.array([s for s, _ in p]))[0])


def onset_times_f(p, r):
    return float(onset.f_measure(r, p)[0])


def beat_f(p, r, duration):
    return float(beat.f_measure(numpy.array([s for s, _ in r]), numpy.array([s for s, _ in p])))


def event_f(p, r, duration):
    pitch = numpy.full(len(r), 440.0)
    return float(
        transcription.precision_recall_f1_overlap(
            numpy.array(r), pitch, numpy.array(p), numpy.full(len(p), 440.0), onset_tolerance=0.2, offset_ratio=0.5,
            offset_min_tolerance=0.2,
        )[2]
    )


# Orders and texts


def kendall(p, r):
    return float(stats.kendalltau(p, r)[0])


class NoWords:
    """In the place of WordNet: no word has a synonym, so that exact and stem matches are left."""

    @staticmethod
    def synsets(word):
        return []


def nltk_meteor(p, r):
    return meteor.single_meteor_score(r.split(), p.split(), wordnet=NoWords)


# Sound


def log_mel(samples):
    power = librosa.feature.melspectrogram(
        y=samples, sr=16000, n_fft=1024, hop_length=320, n_mels=64, fmin=30, fmax=7600, htk=True, pad_mode="constant"
    )
    frames = (len(samples) + 319) // 320
    return float(numpy.mean((numpy.log(power[:, :frames] + 1e-4) + 3) / 3.5))


# Reading


CLOCK = re.compile(r"(\d+):(\d\d)")
RANGE = re.compile(r"(\d+):(\d\d)-(\d+):(\d\d)")


def must_instant(text, truth, duration):
    found = CLOCK.search(text)
    if not found:
        return -1.0
    t = 60 * int(found[1]) + int(found[2])
    return math.exp(-abs(t - truth) / 15) - (0.5 if t > duration else 0.0)


def must_intervals(text, truth, duration):
    found = [(60 * int(a) + int(b), 60 * int(c) + int(d)) for a, b, c, d in RANGE.findall(text)]
    if not found:
        return -1.0
    return soft_f1(found, truth, duration) - (0.5 if any(e > duration for _, e in found) else 0.0)


def must(text, truth, duration):
    return must_intervals(text, truth, duration) if isinstance(truth, list) else must_instant(text, truth, duration)


PLAIN = "plain Python"


def score_peer():
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "score-peer.py")
    spec = importlib.util.spec_from_file_location("score_peer", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module

# Name: inputs, function, what is missing for it, what it is called.
PEERS = {
    "answers": ("answers", must, no_ndimage, "a Python regex and scipy"),
    "score": ("files", lambda *paths: score_peer().score(*paths)[0], "", PLAIN),
    "interval_f1": ("sets", f1, "", PLAIN),
    "kendall": ("orders", kendall, no_stats, "scipy"),
    "onset_f": ("onsets", onset_times_f, no_onset, "mir_eval"),
    "log_mel": ("signals", log_mel, no_librosa, "librosa"),
    "onset-error": ("instants", lambda p, r: math.exp(-abs(p - r) / 15), "", PLAIN),
    "adaptive-onset-error": ("instants", lambda p, r: math.exp(-abs(p - r) / 30), "", PLAIN),
    "scheduled-onset-error": ("instants", lambda p, r: math.exp(-abs(p - r) / 30), "", PLAIN),
    "interval-giou": ("spans", giou, "", PLAIN),
    "interval-diou": ("spans", diou, "", PLAIN),
    "weighted-iou": ("spans", weighted_iou, "", PLAIN),
    "boundary-error": ("spans", boundary_error, "", PLAIN),
    "interval-iou": ("sets", iou, "", PLAIN),
    "interval-f1": ("sets", f1, "", PLAIN),
    "soft-f1": ("sets", soft_f1, no_ndimage, "scipy"),
    "matched-f1": ("sets", matched_f1, "", PLAIN),
    "local-giou": ("sets", local_giou, "", PLAIN),
    "boundary-f": ("sets", boundary_f, no_onset, "mir_eval"),
    "wasserstein": ("sets", wasserstein, "", PLAIN),
    "onset-f": ("events", onset_f, no_onset, "mir_eval"),
    "beat-accuracy": ("events", beat_f, no_beat, "mir_eval"),
    "event-f": ("events", event_f, no_transcription, "mir_eval"),
    "ordering": ("orders", lambda p, r: 0.5 + 0.5 * float(stats.kendalltau(p, r)[0]), no_stats, "scipy"),
    "choice": ("choices", lambda p, r: 1 if p == r else 0, "", PLAIN),
    "meteor": ("texts", nltk_meteor, no_meteor, "nltk"),
    "unreadable": ("sets", lambda p, r, d: 0 if p else 1, "", PLAIN),
    "out-of-track": ("sets", out_of_track, "", PLAIN),
    "strict-format": ("sets", lambda p, r, d: 1 if p else 0, "", PLAIN),
    "answer-count": ("sets", answer_count, "", PLAIN),
    "count-error": ("sets", count_error, "", PLAIN),
    "duration-ratio": ("sets", duration_ratio, "", PLAIN),
    "completion-length": ("sets", lambda p, r, d: min(1, max(0, (8 - 256) / 256)), "", PLAIN),
}


def measure(function, inputs, least=0.004):
    """Calls a second of processor time, and the mean score."""
    scores, calls, start = [], 0, time.process_time()
    while True:
        for arguments in inputs:
            score = function(*arguments)
            if len(scores) < len(inputs):
                scores.append(score)
        calls += len(inputs)
        seconds = time.process_time() - start
        if seconds >= least:
            return {"rate": calls / seconds, "mean": sum(scores) / len(scores)}


def report(inputs):
    rows = {}
    for name, (family, function, missing, by) in PEERS.items():
        if missing:
            rows[name] = {"missing": missing}
        elif inputs.get(family):
            rows[name] = {**measure(function, inputs[family]), "by": by}
    return rows


def main():
    inputs = json.loads(sys.stdin.readline())
    if numpy:
        inputs["signals"] = [(numpy.array(samples, numpy.float32),) for (samples,) in inputs.get("signals", [])]
        inputs["onsets"] = [(numpy.array(p), numpy.array(r)) for p, r, _ in inputs.get("onsets", [])]
    for line in sys.stdin:
        if line.strip() == "measure":
            print(json.dumps(report(inputs)), flush=True)


if __name__ == "__main__":
    main()
