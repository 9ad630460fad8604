"""One token from logits, as `Sampling` asks for it, without any library."""

from __future__ import annotations

import math
import random
from typing import Any, Sequence, Tuple

from ._messages import Sampling


def draw(logits: Any, stream: Sequence[int], sampling: Sampling) -> Tuple[int, float]:
    """A token, and its log-probability under the distribution that it was drawn from: temperature, 0 too, and `top_p` are heeded.

    `logits` are of one row, finite or −infinity; `stream` says what the draw depends on, such as (seed, number, place). Meant for small
    vocabularies: `takt_rl.autograd.draw` takes many rows of tensors.
    """
    numbers = [float(number) for number in (logits.tolist() if hasattr(logits, "tolist") else logits)]
    scaled = [number / (sampling.temperature or 1.0) for number in numbers]
    greatest = max(scaled)
    total = greatest + math.log(math.fsum(math.exp(number - greatest) for number in scaled))
    order = sorted(range(len(scaled)), key=lambda token: -scaled[token])
    if sampling.temperature == 0:
        return order[0], scaled[order[0]] - total
    mass, kept = 0.0, 0
    while kept < len(order) and (kept == 0 or sampling.top_p >= 1 or mass < sampling.top_p * (1 - 1e-12)):
        mass += math.exp(scaled[order[kept]] - total)
        kept += 1
    rest = random.Random(",".join(str(int(part)) for part in stream)).random() * mass
    chosen = order[0]
    for token in order[:kept]:
        weight = math.exp(scaled[token] - total)
        if weight > 0:
            chosen = token
        rest -= weight
        if rest < 0:
            break
    return chosen, scaled[chosen] - total - (math.log(mass) if kept < len(order) else 0.0)
