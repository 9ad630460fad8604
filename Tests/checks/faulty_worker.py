"""The linear policy, going wrong after its third step in the way that FAULT names; MEGABYTES makes its checkpoints large."""

import takt_rl  # first, so that nothing else can print among the answers

import os
import pathlib
import signal
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent.parent / "python" / "examples"))

from linear_policy import Linear  # noqa: E402
from takt_rl import _streams  # noqa: E402

FAULT = os.environ.get("FAULT", "")


class Faulty(Linear):
    def save(self, folder):
        super().save(folder)
        for number in range(int(os.environ.get("MEGABYTES", "0")) // 50):
            with open(os.path.join(folder, f"shard-{number}.bin"), "wb") as file:
                file.write(bytes(range(256)) * (4096 * 50))

    def load(self, folder):
        super().load(folder)
        print("restored from", os.listdir(folder), file=sys.stderr)

    def sample(self, requests, sampling):
        is_due = self.steps == 3 and sampling.temperature > 0
        if is_due:
            self.go_wrong()
        groups = super().sample(requests, sampling)
        if FAULT == "nan" and is_due:
            groups[-1][-1].log_probabilities = [float("nan")] * len(groups[-1][-1].tokens)
        return groups

    def go_wrong(self):
        answers = _streams.claim() if FAULT in {"flood", "half", "raw-nan", "print-there"} else -1
        if FAULT == "crash":
            raise SystemExit("CUDA error: device-side assert triggered")
        if FAULT == "exception":
            raise RuntimeError("CUDA error: out of memory")
        if FAULT == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        if FAULT == "hang":
            deaf = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(1000)"
            subprocess.Popen([sys.executable, "-c", deaf], start_new_session=True)
            time.sleep(1000)
        if FAULT == "slow":  # longer than the limit, with signs of life
            for _ in range(5):
                time.sleep(1)
                self.working()
        if FAULT == "flood":
            while True:
                os.write(answers, b"y" * 65536)
        if FAULT == "half":
            os.write(answers, b'{"id": 3, "completions": [')
            time.sleep(1000)
        if FAULT == "raw-nan":
            os.write(answers, b'{"id": NaN, "completions": [[{"tokens": [1], "log_probabilities": [-1.0]}]]}\n')
        if FAULT == "print-there":
            os.write(answers, b"loading shards: 100 %\n")
        if FAULT == "print":
            print("a line for people", flush=True)
            os.write(1, b"and one past Python\n")
            subprocess.run(["echo", "and one of a child"], check=True)


if __name__ == "__main__":
    takt_rl.serve(Faulty)
