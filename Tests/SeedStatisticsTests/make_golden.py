"""Golden figures of runs × tasks statistics, computed by rliable, scipy and statsmodels.

    pip install rliable 'pandas<3' statsmodels
    python make_golden.py > Golden/rliable.json

Writes one JSON object: cases with two tables of scores, rliable's aggregates of the first with 95 % stratified bootstrap
intervals of 50,000 draws, its probability of improvement over the second, its performance profile, and the adjusted
probabilities of Holm and of Benjamini and Hochberg by statsmodels.
"""
import json

import numpy as np
from rliable import library, metrics
from scipy import stats
from statsmodels.stats.multitest import multipletests

REPETITIONS = 50_000


def aggregates(x):
    def all_of(scores):
        return np.array([
            metrics.aggregate_iqm(scores), metrics.aggregate_mean(scores), metrics.aggregate_median(scores),
            metrics.aggregate_optimality_gap(scores)])

    points, intervals = library.get_interval_estimates({"x": x}, all_of, reps=REPETITIONS, random_state=np.random.RandomState(1))
    names = ["iqm", "mean", "median", "optimality_gap"]
    return {
        name: {"estimate": float(points["x"][i]), "lower": float(intervals["x"][0, i]), "upper": float(intervals["x"][1, i])}
        for i, name in enumerate(names)}


def improvement(x, y):
    points, intervals = library.get_interval_estimates(
        {"x,y": (x, y)}, metrics.probability_of_improvement, reps=REPETITIONS // 10, random_state=np.random.RandomState(2))
    return {
        "estimate": float(points["x,y"]), "lower": float(intervals["x,y"].reshape(-1)[0]),
        "upper": float(intervals["x,y"].reshape(-1)[1])}


def profile(x, taus):
    points, intervals = library.create_performance_profile({"x": x}, np.array(taus), reps=5000)
    return {"thresholds": taus, "shares": points["x"].tolist(), "lower": intervals["x"][0].tolist(),
            "upper": intervals["x"][1].tolist()}


def permutation(x, y):
    """Exact two-sided sign flips of the differences by seed of the means over tasks."""
    difference = x.mean(axis=1) - y.mean(axis=1)
    result = stats.permutation_test(
        (difference,), lambda d, axis: np.mean(d, axis=axis), permutation_type="samples", n_resamples=np.inf, vectorized=True)
    return {"difference": float(difference.mean()), "p": float(result.pvalue)}


def case(name, x, y):
    taus = [0.0, 0.2, 0.4, 0.5, 0.6, 0.8, 1.0]
    result = {"name": name, "x": x.tolist(), "y": y.tolist(), "aggregates": aggregates(x), "improvement": improvement(x, y),
              "profile": profile(x, taus)}
    if len(x) == len(y):
        result["paired"] = permutation(x, y)
    return result


random = np.random.default_rng(2021)
cases = [
    case("five seeds, four tasks", random.beta(4, 3, (5, 4)), random.beta(3, 3, (5, 4))),
    case("ten seeds, six tasks, an outlier", np.where(np.arange(60).reshape(10, 6) == 17, 5.0, random.normal(0.6, 0.2, (10, 6))),
         random.normal(0.55, 0.3, (10, 6))),
    case("three seeds against seven, eight tasks with ties", np.round(random.uniform(0, 1.2, (3, 8)), 1),
         np.round(random.uniform(0, 1.1, (7, 8)), 1)),
    case("twelve seeds, one task", random.normal(0.5, 0.1, (12, 1)), random.normal(0.42, 0.1, (12, 1))),
]
p = [0.001, 0.2, 0.013, 0.04, 0.013, 0.9, 0.03, 0.00004]
corrections = {"p": p, "holm": multipletests(p, method="holm")[1].tolist(), "bh": multipletests(p, method="fdr_bh")[1].tolist()}
print(json.dumps({"cases": cases, "corrections": corrections}))
