"""Checks experiments/external-policy/takt_reward.py: check_takt_reward.py FOLDER_OF_IT TAKT FOLDER_OF_FILES; prints ok, or fails."""

import copy
import json
import math
import multiprocessing
import pickle
import sys
import threading
import time
import types
from pathlib import Path

sys.path.insert(0, sys.argv[1])
from takt_reward import TaktReward  # noqa: E402

takt, files = sys.argv[2], Path(sys.argv[3])
question = {"id": "q", "track_id": "t", "task": "tsg", "answers": ["0:57"], "duration": 222}
(files / "plain.yaml").write_text("rewards:\n  - {reward: onset-error, scale: 10}\n  - {reward: unreadable, weight: -1}\n")
(files / "schedule.yaml").write_text(
    "rewards:\n  - {reward: scheduled-onset-error, first: 30, last: 1}\n  - {reward: unreadable, weight: -1}\n")
(files / "length.yaml").write_text(
    "rewards:\n  - {reward: onset-error, scale: 10}\n  - {reward: completion-length, weight: -0.5, free: 2, limit: 4}\n"
    "  - {reward: unreadable, weight: -1}\n")
(files / "adaptive.yaml").write_text(
    "rewards:\n  - {reward: adaptive-onset-error, rate: 0.5}\n  - {reward: unreadable, weight: -1}\n")
(files / "questions.jsonl").write_text(json.dumps(question) + "\n")


def failure(body):
    try:
        body()
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    raise AssertionError("nothing was refused")


# Eight threads, 250 calls each: each gets its own completion's reward.
plain = TaktReward(files / "plain.yaml", takt=takt)
wrong = []


def call(right):
    for _ in range(250):
        text, reward = ("0:57", 1) if right else ("blah", -1)
        if plain([text], takt_question=[question]) != [reward]:
            wrong.append(text)


threads = [threading.Thread(target=call, args=(index % 2 == 0,)) for index in range(8)]
[thread.start() for thread in threads]
[thread.join(timeout=120) for thread in threads]
assert not wrong and not any(thread.is_alive() for thread in threads), wrong[:5]

# Completions as chat data sets have them, null and half an emoji.
messages = [[{"role": "assistant", "content": "0:57"}], [{"role": "assistant", "content": [{"type": "text", "text": "0:"}, {"type": "text", "text": "57"}]}]]
assert plain(messages, takt_question=[question] * 2) == [1, 1]
assert plain([None, "0:57 \ud83d", "0:57"], takt_question=[question] * 3) == [-1, 1, 1]
assert plain(["0:57"], takt_question=[json.dumps(question)]) == [1]
assert plain(["0:57"] * 5000, takt_question=[question] * 5000) == [1] * 5000

# Steps and counts.
schedule = TaktReward(files / "schedule.yaml", takt=takt)
rewards = [
    schedule(["0:47"], takt_question=[question], trainer_state=types.SimpleNamespace(global_step=step, max_steps=4))[0]
    for step in range(4)
]
assert all(a > b for a, b in zip(rewards, rewards[1:])) and abs(rewards[0] - 0.7165313105737893) < 1e-15, rewards
length = TaktReward(files / "length.yaml", takt=takt)
assert length(["0:57"] * 2, takt_question=[question] * 2, completion_ids=[[1, 2, 3], [1]]) == [0.75, 1]

# A state is read and goes on in another process.
adaptive = TaktReward(files / "adaptive.yaml", takt=takt)
for _ in range(20):
    adaptive(["0:50"], takt_question=[question])
moved = adaptive(["0:50"], takt_question=[question])
state = adaptive.state()
adaptive.close()
assert adaptive(["0:50"], takt_question=[question]) != moved
adaptive.restore(state)
assert adaptive.state() == state

# Names, copies, ids of a file.
assert (plain.__name__, schedule.__name__) == ("takt_plain", "takt_schedule")
for twin in (copy.deepcopy(plain), pickle.loads(pickle.dumps(plain))):
    assert twin(["0:57"], takt_question=[question]) == [1] and twin.__name__ == "takt_plain"
named = TaktReward(files / "plain.yaml", takt=takt, questions=files / "questions.jsonl")
assert named(["0:57"], takt_id=["q"]) == [1]

# Words for what goes wrong.
missing = failure(lambda: TaktReward(files / "plain.yaml", takt="/no/takt")(["x"], takt_question=[question]))
assert "swift build" in missing and "TAKT" in missing, missing
absent = failure(lambda: TaktReward(files / "absent.yaml", takt=takt)(["x"], takt_question=[question]))
assert "absent.yaml" in absent and "code 1" in absent, absent
assert "unknown" in failure(lambda: named(["x"], takt_id=["unknown"]))
assert named(["0:57"], takt_id=["q"]) == [1], "the next call is served"
assert "takt_question" in failure(lambda: plain(["x"]))
plain._process.kill()
assert "ended with code" in failure(lambda: plain(["0:57"], takt_question=[question]))
assert plain(["0:57"], takt_question=[question]) == [1], "another process takes over"

# Completions are read as `takt rewards serve` reads them.
for completion in (
    {"role": "assistant", "content": "0:57"},
    ["0:57"],
    [{"role": None, "content": "0:57"}],
    [{"role": "assistant", "content": {"type": "text", "text": "0:57"}}],
    [{"role": "assistant", "content": [None, {"type": "audio", "audio": object()}, {"type": "text", "content": "0:57"}]}],
):
    assert plain([completion], takt_question=[question]) == [1], completion


class Scalar:
    """As numpy's and torch's."""

    def tolist(self):
        return 12


# What cannot be asked costs neither the process nor what it has learnt.
(files / "numbers.jsonl").write_text(json.dumps(question | {"id": 12}) + "\n")
assert TaktReward(files / "plain.yaml", takt=takt, questions=files / "numbers.jsonl")(["0:57"], takt_id=[Scalar()]) == [1]
before = adaptive.state()
for body, words in (
    (lambda: adaptive(["0:57"], takt_question=[question | {"duration": math.nan}]), "questions[0].duration is nan"),
    (lambda: adaptive(["0:57"], takt_question=[question | {"x": object()}]), "TypeError"),
    (lambda: adaptive([5], takt_question=[question]), "completions[0]"),
    (lambda: adaptive(["0:57"], takt_question=["{"]), "takt_question[0]"),
    (lambda: adaptive(["0:57"], takt_question=question), "one for each completion"),
    (lambda: adaptive.restore({}), "lacks"),
    (lambda: adaptive(["x" * 270_000_000], takt_question=[question]), "send several requests"),
):
    assert words in failure(body), failure(body)
    assert adaptive.state() == before, words


# A fork leaves the process to its parent, also while another thread is in a call; `close` waits for no fork.
def asked(queue):
    queue.put(plain(["0:57"], takt_question=[question]))


if hasattr(multiprocessing, "get_context") and "fork" in multiprocessing.get_all_start_methods():
    fork, busy = multiprocessing.get_context("fork"), threading.Event()

    def keep_busy():
        while not busy.is_set():
            plain(["0:57"] * 2000, takt_question=[question] * 2000)

    thread = threading.Thread(target=keep_busy)
    thread.start()
    try:
        for _ in range(3):
            queue = fork.SimpleQueue()
            child = fork.Process(target=asked, args=(queue,), daemon=True)
            child.start()
            child.join(timeout=30)
            assert child.exitcode == 0 and queue.get() == [1], "a call in a fork hangs"
    finally:
        busy.set()
        thread.join()
    child = fork.Process(target=time.sleep, args=(60,), daemon=True)
    child.start()
    started = time.monotonic()
    plain.close()
    assert time.monotonic() - started < 4, "close waits for a fork"
    child.kill()
print("ok")
