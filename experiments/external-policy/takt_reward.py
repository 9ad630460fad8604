"""Takt's rewards as a reward function for TRL (`reward_funcs=TaktReward(...)`), verl or any other trainer in Python."""

import json
import subprocess


class TaktReward:
    __name__ = "takt"

    def __init__(self, rewards, takt="takt"):
        command = [takt, "serve", "--rewards", rewards]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def __call__(self, completions, takt_question, **columns):
        """`takt_question` is a column of the data set: the question with its answers, one for each completion."""
        request = {"completions": completions, "questions": takt_question}
        self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        if "error" in answer:
            raise ValueError(answer["error"])
        return answer["rewards"]
