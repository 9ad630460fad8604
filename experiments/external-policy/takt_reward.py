"""Takt's rewards as a reward function for TRL (`reward_funcs=TaktReward(...)`), verl or any other trainer in Python."""

import collections
import json
import math
import os
import shutil
import subprocess
import sys
import threading
import weakref
from pathlib import Path


class TaktReward:
    """Calls `takt rewards serve`, one process for each TaktReward, started with its first call; any number of threads may call it.

    rewards    YAML file with the rewards
    takt       the program: default the variable TAKT, else `takt` on the PATH
    questions  JSON Lines file of questions, to be named by the column `takt_id`; baselines are fitted to them
    baselines  a run's folder or its baselines.json, whose baselines are subtracted instead

    Without `questions` or `baselines` a composition with `baseline` pays more than in a run of Takt: the process says so.
    """

    def __init__(self, rewards, takt=None, questions=None, baselines=None):
        self.rewards, self.takt, self.questions, self.baselines = rewards, takt, questions, baselines
        self.__name__ = "takt_" + Path(rewards).stem
        self._reset()

    def __call__(
        self, completions, takt_question=None, takt_id=None, completion_ids=None, trainer_state=None, truncated=None, **columns
    ):
        """Rewards, None where no reward applies.

        completions      texts, or lists of messages as conversational data sets have them
        takt_question    a column of the data set: the question with its answers, as an object or as JSON, one for each completion
        takt_id          instead: the ids of questions of the file
        completion_ids, trainer_state: as TRL gives them, for rewards of length and for those that follow a schedule
        """
        request = {"completions": [said_of(completion) for completion in completions]}
        if takt_question is not None:
            request["questions"] = _questions(takt_question)
        elif takt_id is not None:
            request["ids"] = list(takt_id)
        else:
            raise ValueError("the data set has neither the column takt_question nor takt_id: give one question for each completion")
        if completion_ids is not None:
            request["token_counts"] = [len(ids) for ids in completion_ids]
        if truncated is not None:
            request["truncated"] = [bool(flag) for flag in truncated]
        steps = getattr(trainer_state, "max_steps", 0) or 0
        if steps > 0:
            request |= {"step": trainer_state.global_step, "steps": steps}
        return self._answer(request)["rewards"]

    def state(self):
        """What adaptive rewards have learnt, by name: for a checkpoint."""
        return self._answer({"state": None})["state"]

    def restore(self, state):
        """Goes on from what `state` gave."""
        self._answer({"state": state})

    def close(self):
        """Ends the process after the call that it is at; the next call starts another, which has learnt nothing yet."""
        with self._lock:
            if self._process and self._owner == os.getpid():
                self._process.stdin.close()
                self._drop(patience=5)
            self._process = None

    def _reset(self):
        self._process, self._owner, self._count, self._said = None, None, 0, collections.deque(maxlen=20)
        self._lock = threading.Lock()
        _rewards.add(self)

    def _leave_to_parent(self):
        """In a fork: its process and a lock that another thread may hold are the parent's, whose `close` would wait for open pipes."""
        if self._process:
            null = os.open(os.devnull, os.O_RDWR)
            for pipe in (self._process.stdin, self._process.stdout, self._process.stderr):
                if not pipe.closed:
                    os.dup2(null, pipe.fileno(), inheritable=False)
            os.close(null)
        self._reset()

    def _answer(self, request):
        with self._lock:
            self._count += 1
            line = _line(request | {"id": self._count})  # what cannot be written costs no process
            if self._process is None or self._owner != os.getpid():
                self._start()
            try:
                line = self._exchange(line)
            except BrokenPipeError:
                line = b""
            except BaseException:
                self._drop()  # an answer may still come, and would be taken for the next one's
                raise
            if not line:
                lost = "; what adaptive rewards had learnt is lost, restore a state before the next call" if self._has_answered else ""
                raise RuntimeError(f"takt rewards serve ended with code {self._drop()}{lost}: " + ("\n".join(self._said) or "it said nothing"))
            answer = json.loads(line)
            # A request that could not be read as a whole is refused without its id.
            if answer.get("id") != self._count and not ("error" in answer and "id" not in answer):
                self._drop()
                raise RuntimeError(f"takt rewards serve answered {answer.get('id')} where {self._count} was asked: {line[:200]}")
            self._has_answered = True
        if "error" in answer:
            raise ValueError(answer["error"])
        return answer

    def _exchange(self, line):
        """One line for another; empty at the end. Pipes without buffers have no locks that a fork could inherit."""
        rest = memoryview(line)
        while rest:
            rest = rest[os.write(self._process.stdin.fileno(), rest) :]
        chunks = []
        while not chunks or not chunks[-1].endswith(b"\n"):
            chunks.append(os.read(self._process.stdout.fileno(), 1 << 20))
            if not chunks[-1]:
                return b""
        return b"".join(chunks)

    def _start(self):
        takt = self.takt or os.environ.get("TAKT") or "takt"
        if shutil.which(takt) is None:
            raise FileNotFoundError(
                f"{takt}: there is no such program. Build it with `swift build -c release --product takt` in Takt's folder, and set "
                "TAKT to .build/release/takt there, or put that folder on the PATH"
            )
        command = [takt, "rewards", "serve", "--rewards", str(self.rewards)]
        for name in ("questions", "baselines"):
            if getattr(self, name):
                command += [f"--{name}", str(getattr(self, name))]
        self._said.clear()
        self._has_answered = False
        self._owner = os.getpid()
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, bufsize=0)
        self._listener = threading.Thread(target=self._listen, args=(self._process.stderr, self._said), daemon=True)
        self._listener.start()

    @staticmethod
    def _listen(pipe, said):
        for line in pipe:
            text = line.decode("utf-8", "replace")
            said.append(text.rstrip())
            sys.stderr.write(text)

    def _drop(self, patience=1):
        process, self._process = self._process, None
        try:
            code = process.wait(timeout=patience)
        except subprocess.TimeoutExpired:
            process.kill()
            code = process.wait()
        self._listener.join(timeout=1)
        return code

    def __getstate__(self):
        return {name: getattr(self, name) for name in ("rewards", "takt", "questions", "baselines", "__name__")}

    def __setstate__(self, state):
        self.__dict__.update(state)
        self._reset()


_rewards = weakref.WeakSet()


def _forked():
    for reward in list(_rewards):
        reward._leave_to_parent()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forked)


def said_of(completion):
    """A completion as `takt rewards serve` reads it: a text, None, or messages, of which only role, content and text are kept and no sound."""
    if isinstance(completion, dict):
        return {key: said_of(completion[key]) for key in ("role", "content", "text") if key in completion}
    if isinstance(completion, (list, tuple)):
        return [said_of(part) for part in completion]
    return completion


def _questions(column):
    if isinstance(column, (str, dict)):
        raise ValueError("takt_question is one question: give a list, one for each completion")
    questions = []
    for index, question in enumerate(column):
        try:
            questions.append(json.loads(question) if isinstance(question, str) else question)
        except ValueError as error:
            raise ValueError(f"takt_question[{index}] is no JSON object: {error}: {question[:80]}") from None
    return questions


def _line(request):
    """A request as a line; numbers and arrays of numpy and torch become plain ones."""
    try:
        return json.dumps(request, allow_nan=False, default=_plain).encode() + b"\n"
    except ValueError as error:
        place = _not_finite(request, "") or str(error)
        raise ValueError(f"{place}: JSON has no such number, so leave the key out or give None") from None


def _plain(value):
    if hasattr(value, "tolist"):
        return value.tolist()
    raise TypeError(f"{value!r:.200} is a {type(value).__name__}: questions and ids hold texts, numbers, lists and dicts")


def _not_finite(value, place):
    """Where a number is NaN or infinite, as `questions[3].duration is nan`; None where none is."""
    if isinstance(value, float):
        return None if math.isfinite(value) else f"{place} is {value}"
    if isinstance(value, dict):
        inner = ((f"{place}.{key}".lstrip("."), part) for key, part in value.items())
    elif isinstance(value, (list, tuple)):
        inner = ((f"{place}[{index}]", part) for index, part in enumerate(value))
    else:
        return None
    return next((found for name, part in inner if (found := _not_finite(part, name))), None)
