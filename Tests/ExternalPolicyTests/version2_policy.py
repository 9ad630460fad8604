"""A policy that speaks version 2 of the messages in the way that its first argument names; it needs nothing but Python."""

import base64
import json
import struct
import sys
import time

MODE = sys.argv[1]


def packed(*numbers):
    return base64.b64encode(struct.pack(f"<{len(numbers)}f", *numbers)).decode()


def answer(call, **result):
    sys.stdout.write(json.dumps({"id": call["id"], **result}) + "\n")
    sys.stdout.flush()


def sign(call, **more):
    answer(call, working=True, **more)


def completion(seed, number):
    item = {"tokens": [1, 2], "log_probabilities": packed(-0.5, -0.25), "text": f"0:{seed:02d}", "truncated": False, "text_offsets": [0, 4]}
    changes = {
        "nan": {"log_probabilities": packed(-0.5, float("nan"))},
        "torn": {"log_probabilities": "AAAA"},
        "list": {"log_probabilities": [-0.5, -0.25]},
        "beyond": {"text_offsets": [0, 9]},
        "falling": {"text_offsets": [3, 1]},
        "fewer": {"text_offsets": [0]},
        "unplaced": {"text_offsets": None},
    }
    return item | changes.get(MODE, {})


def sample(call):
    answer(call, completions=[[completion(r["seed"], i) for i in range(r["count"])] for r in call["requests"]])


waiting = []
for line in sys.stdin:
    call = json.loads(line)
    name = call["call"]
    if name == "hello":
        assert call["protocol"] == 1 and 2 in call["versions"] and call["session"]
        if MODE == "slow":
            for _ in range(6):
                time.sleep(0.4)
                sign(call)
        said = {"text_offsets": True, "in_flight": 4 if MODE in {"backwards", "stranger"} else 1}
        said |= {
            "one": {"temperatures": "one", "entropies": False, "norm": False, "supervised": False},
            "odd": {"temperatures": "some"},
            "short": {"longest_audio": -1},
            "folder": {"checkpoint": "folder"},
        }.get(MODE, {})
        answer(call, protocol=2, name=MODE, instance=7, capabilities=said)
    elif name == "sample":
        if MODE == "slow":
            for progress in range(6):
                time.sleep(0.4)
                answer(call, working=progress / 6)
        if MODE == "silent":
            sign(call)
            time.sleep(1000)
        if MODE == "noise":
            while True:
                sys.stdout.write('{"id": 2, "working": true}\n' * 1000)
        if MODE == "stranger" and call["requests"]:
            answer({"id": 99}, completions=[])
        if MODE == "backwards":
            waiting.append(call)
            if len(waiting) == 4:
                for call in reversed(waiting):
                    sample(call)
                waiting = []
        else:
            sample(call)
    elif name == "outputs":
        count = sum(len(tokens) for tokens in call["completions"])
        answer(call, log_probabilities=packed(*[-0.5] * count), **({} if MODE == "one" else {"entropies": packed(*[0.75] * count)}))
    elif name == "backward":
        numbers = struct.unpack(f"<{len(base64.b64decode(call['log_probabilities'])) // 4}f", base64.b64decode(call["log_probabilities"]))
        answer(call, **({} if list(numbers) == [1.0, 2.0] else {"error": {"code": "backend", "message": f"{numbers}"}}))
    elif name == "apply":
        answer(call)
    elif name == "checkpoint":
        with open(call["folder"] + "/weights.bin", "wb") as file:
            file.write(b"12345")
        with open(call["folder"] + "/manifest.json", "w") as file:
            json.dump({"files": {"weights.bin": {"bytes": 5, "sha256": "5994471abb01112afcc18159f6cc74b4f511b99806da59b3caf5a9c173cacfc5"}}}, file)
        answer(call)
    elif name == "restore":
        with open(call["folder"] + "/weights.bin", "rb") as file:
            assert file.read() == b"12345"
        answer(call)
