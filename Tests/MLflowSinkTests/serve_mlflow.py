"""Keeps an MLflow tracking server for a test, over a SQLite file in the folder that is given.

Reads commands on standard input, one a line: `start` starts the server and prints its address once it answers, `kill` ends it at
once. The end of the input ends all.
"""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request

folder = sys.argv[1]
with socket.socket() as probe:
    probe.bind(("127.0.0.1", 0))
    port = probe.getsockname()[1]
server = None


def kill():
    global server
    if server is not None:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()
        server = None


def start():
    global server
    command = [sys.executable, "-m", "mlflow", "server", "--host", "127.0.0.1", "--port", str(port), "--workers", "1"]
    command += ["--backend-store-uri", f"sqlite:///{folder}/mlflow.db", "--default-artifact-root", f"{folder}/artifacts"]
    # Without this option the server wants packages that only its newer parts need.
    command += ["--gunicorn-opts", "--threads 2 --no-control-socket"]
    environment = dict(os.environ, MLFLOW_SERVER_ENABLE_JOB_EXECUTION="false", MLFLOW_DISABLE_TELEMETRY="true")
    environment["PATH"] = os.path.dirname(sys.executable) + os.pathsep + environment.get("PATH", "")
    with open(f"{folder}/server.log", "a") as log:
        server = subprocess.Popen(command, stdout=log, stderr=log, env=environment, start_new_session=True)
    for _ in range(1200):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=1):
                print(f"http://127.0.0.1:{port}", flush=True)
                return
        except OSError:
            time.sleep(0.1)
    print("the server did not start", flush=True)


try:
    for line in sys.stdin:
        {"start": start, "kill": kill}[line.strip()]()
finally:
    kill()
