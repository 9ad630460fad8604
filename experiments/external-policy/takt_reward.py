"""Takt's rewards as a reward function for TRL (`reward_funcs=TaktReward(...)`), verl or any other trainer in Python."""

import collections
import json
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path


class TaktReward:
    """Calls `takt serve`, one process for each TaktReward, started with its first call; any number of threads may call it.

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
        request = {"completions": [text_of(completion) for completion in completions]}
        if takt_question is not None:
            request["questions"] = [json.loads(q) if isinstance(q, str) else q for q in takt_question]
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
        """Ends the process; the next call starts another."""
        process, self._process = self._process, None
        if process and self._owner == os.getpid():
            process.stdin.close()
            process.wait()

    def _reset(self):
        self._process, self._owner, self._count, self._said = None, None, 0, collections.deque(maxlen=20)
        self._lock = threading.Lock()

    def _answer(self, request):
        with self._lock:
            if self._process is None or self._owner != os.getpid():
                self._start()
            self._count += 1
            try:
                self._process.stdin.write(json.dumps(request | {"id": self._count}) + "\n")
                self._process.stdin.flush()
                line = self._process.stdout.readline()
            except BrokenPipeError:
                line = ""
            except BaseException:
                self._drop()  # an answer may still come, and would be taken for the next one's
                raise
            if not line:
                raise RuntimeError(f"takt serve ended with code {self._drop()}: " + ("\n".join(self._said) or "it said nothing"))
            answer = json.loads(line)
            if answer.get("id") != self._count:
                self._drop()
                raise RuntimeError(f"takt serve answered {answer.get('id')} where {self._count} was asked: {line[:200]}")
        if "error" in answer:
            raise ValueError(answer["error"])
        return answer

    def _start(self):
        takt = self.takt or os.environ.get("TAKT") or "takt"
        if shutil.which(takt) is None:
            raise FileNotFoundError(
                f"{takt}: there is no such program. Build it with `swift build -c release --product takt` in Takt's folder, and set "
                "TAKT to .build/release/takt there, or put that folder on the PATH"
            )
        command = [takt, "serve", "--rewards", str(self.rewards)]
        for name in ("questions", "baselines"):
            if getattr(self, name):
                command += [f"--{name}", str(getattr(self, name))]
        self._said.clear()
        self._owner = os.getpid()
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8")
        self._listener = threading.Thread(target=self._listen, args=(self._process.stderr, self._said), daemon=True)
        self._listener.start()

    @staticmethod
    def _listen(pipe, said):
        for line in pipe:
            said.append(line.rstrip())
            sys.stderr.write(line)

    def _drop(self):
        process, self._process = self._process, None
        try:
            code = process.wait(timeout=1)
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


def text_of(completion):
    """The text of a completion: a string, None, or messages whose content is a string or parts of type text."""
    if completion is None or isinstance(completion, str):
        return completion
    if isinstance(completion, dict):
        completion = [completion]
    said = [message for message in completion if message.get("role", "assistant") == "assistant"]
    return "".join(_content(message.get("content")) for message in said)


def _content(content):
    if content is None or isinstance(content, str):
        return content or ""
    return "".join(part if isinstance(part, str) else part.get("text") or "" for part in content)
