"""A policy for Tests/checks/processes.sh: a softmax over seconds that needs nothing but Python. MODE and MEGABYTES come from the environment."""

import base64
import json
import math
import os
import random
import signal
import subprocess
import sys
import time

MODE = os.environ.get("MODE", "")
STATE = bytes(range(256)) * 4096 * int(os.environ.get("MEGABYTES", "0"))
samples = 0
weights, gradient, kept, copies = [0.0] * 61, [0.0] * 61, [], {}


def log_softmax(table, temperature):
    logits = [value / (temperature or 1) for value in table]
    top = max(logits)
    total = top + math.log(sum(math.exp(value - top) for value in logits))
    return [value - total for value in logits]


def completion(table, call, seed, number):
    logs = log_softmax(table, call["temperature"])
    stream = random.Random(f"{seed}-{number}")
    token = stream.choices(range(60), [math.exp(log) for log in logs[:60]])[0] if call["temperature"] else 7
    return {"tokens": [token], "log_probabilities": [logs[token]], "text": f"0:{token:02d}", "truncated": False}


def go_wrong():
    if MODE == "family":
        deaf = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(1000)"
        subprocess.Popen([sys.executable, "-c", deaf], start_new_session=True)
        time.sleep(1000)
    if MODE == "hang":
        time.sleep(1000)
    if MODE == "fail":
        raise RuntimeError("CUDA error: device-side assert triggered")


for line in sys.stdin:
    call = json.loads(line)
    name, result = call["call"], {}
    table = copies.get(call.get("policy"), weights)
    if name == "hello":
        print("the model is loaded", file=sys.stderr, flush=True)
        result = {"protocol": 1, "name": "check"}
    elif name == "sample":
        if call["temperature"] and call["requests"]:
            samples += 1
            if samples > int(os.environ.get("AFTER", "0")):
                go_wrong()
        groups = [[completion(table, call, r["seed"], i) for i in range(r["count"])] for r in call["requests"]]
        result = {"completions": groups}
    elif name == "outputs":
        logs = log_softmax(table, call["temperature"])
        entropy = -sum(math.exp(log) * log for log in logs)
        kept = [(token, logs) for tokens in call["completions"] for token in tokens]
        result = {"log_probabilities": [logs[t] for t, _ in kept], "entropies": [entropy] * len(kept)}
    elif name == "backward":
        for (token, logs), weight in zip(kept, call["log_probabilities"]):
            for j in range(61):
                gradient[j] += float(weight) * ((j == token) - math.exp(logs[j]))
    elif name == "apply":
        result = {"norm": math.sqrt(sum(g * g for g in gradient))}
        weights[:] = [w - call["learning_rate"] * g for w, g in zip(weights, gradient)]
        gradient = [0.0] * 61
    elif name == "discard":
        gradient = [0.0] * 61
    elif name == "freeze":
        copies[len(copies) + 1] = list(weights)
        result = {"policy": len(copies)}
    elif name == "tokens":
        result = {"tokens": [int(call["text"].split(":")[1]) % 60]}
    elif name == "checkpoint":
        result = {"state": base64.b64encode(json.dumps(weights).encode().ljust(4096) + STATE).decode()}
    elif name == "restore":
        weights[:] = json.loads(base64.b64decode(call["state"])[:4096])
    print(json.dumps({"id": call["id"], **result}), flush=True)
