"""A policy that goes wrong in the way its first argument names; it needs nothing but Python."""

import base64
import json
import os
import signal
import subprocess
import sys
import time

MODE = sys.argv[1]
ARGUMENT = sys.argv[2] if len(sys.argv) > 2 else ""


def write(text):
    sys.stdout.write(text)
    sys.stdout.flush()


def answer(call, **result):
    write(json.dumps({"id": call["id"], **result}) + "\n")


def completion(**changes):
    return {"tokens": [1, 2], "log_probabilities": [-0.5, -0.25], "text": "0:12", "truncated": False} | changes


def sample(call):
    changes = {
        "surrogate": {"text": "0:12 \ud83d"},
        "positive": {"log_probabilities": [-0.5, 1.5]},
        "rounding": {"log_probabilities": [-0.5, 0.0009765625]},
        "long": {"tokens": [1] * 9, "log_probabilities": [-1.0] * 9},
        "negative": {"tokens": [1, -7]},
        "huge": {"tokens": [1, 2**31]},
        "nan": {"log_probabilities": [-0.5, float("nan")]},
        "word": {"log_probabilities": [-0.5, "NaN"]},
        "null": {"text": None},
        "counts": {"log_probabilities": [-0.5]},
        "missing": None,
    }
    item = completion(**(changes.get(MODE) or {}))
    if MODE == "missing":
        del item["truncated"]
    groups = [[completion() for _ in range(request["count"])] for request in call["requests"]]
    groups[-1][-1] = item
    if MODE == "pretty":
        write(json.dumps({"id": call["id"], "completions": groups}, indent=2) + "\n")
    else:
        answer(call, completions=groups)


def go_wrong(call):
    if MODE == "flood":
        while True:
            write("y" * 65536)
    if MODE == "trickle":
        while True:
            write("\r 10 %|#")
            time.sleep(0.05)
    if MODE == "half":
        write('{"id": 2, "completions": [')
        time.sleep(1000)
    if MODE == "deaf":
        time.sleep(1000)
    if MODE == "stubborn":
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        time.sleep(1000)
    if MODE == "family":
        # As torchrun starts its ranks, one of them deaf to SIGTERM.
        line = "import time, signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(1000)"
        child = subprocess.Popen([sys.executable, "-c", line], start_new_session=True, stdout=subprocess.PIPE)
        subprocess.Popen(["sleep", "1000"], start_new_session=True)
        child.stdout.readline()
        if ARGUMENT == "exit":
            sys.exit(5)
        time.sleep(1000)
    if MODE == "traceback":
        print("loading the model", file=sys.stderr)
        raise RuntimeError("CUDA error: device-side assert triggered")
    if MODE == "torn":
        write('{"id": 2, "completions": [')
        sys.exit(0)
    if MODE == "terminal":
        write("\x1b]0;title\x07\x1b[2J\u009b31m\u202e red\n")
    if MODE == "list":
        write("[1, 2]\n")
    if MODE == "deep":
        write('{"id": 2, "z": ' + "[" * 100_000 + "]" * 100_000 + "}\n")
    if MODE == "numbers":
        write('{"id": 2, "z": [' + "1.5,-2e3," * 200_000 + "NaN]}\n")
    if MODE == "digits":
        write('{"id": 2, "z": [0.' + "3" * 60 + ", 01]}\n")
    if MODE == "many":
        write('{"id": 2, "z": [' + "1," * (1 << 24) + "1]}\n")
    if MODE == "loud":
        answer(call, error={"code": "bad-prompt", "message": "\x1b[2Jfirst\nsecond" + "m" * 1_000_000})
        return
    if MODE == "refuse":
        answer(call, error={"code": "bad-prompt", "message": "the track is unknown"})
        return
    if MODE == "chatter":
        # Fills the pipe before it reads what it is sent.
        write("z" * 300_000)
    sample(call)


def serve():
    for line in sys.stdin:
        call = json.loads(line)
        name = call["call"]
        if name == "hello":
            answer(call, protocol=1, name=MODE)
            if MODE == "deaf":
                time.sleep(1000)
        elif name == "checkpoint":
            state = bytes(range(256)) * (int(ARGUMENT) * 4096)
            answer(call, state=base64.b64encode(state).decode())
        elif name == "restore":
            state = base64.b64decode(call["state"])
            answer(call, **({} if state == bytes(range(256)) * (len(state) // 256) else {"error": {"code": "bad-checkpoint", "message": "other bytes"}}))
        elif name == "freeze":
            answer(call, error={"code": "out-of-memory", "message": "no room for a copy"})
        else:
            go_wrong(call)


serve()
