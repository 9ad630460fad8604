"""Passes a Unix socket on to a policy's address, and cuts the connection again and again: cutting_proxy.py PATH ADDRESS SEED BYTES.

Each connection lives for a random number of bytes, BYTES on average in both directions together, and ends in the middle of whatever is under
way. Prints how often it cut when it is ended.
"""

import os
import random
import select
import signal
import socket
import sys

path, address, seed, mean = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
stream = random.Random(seed)
cuts = 0


def reach():
    if address.startswith("unix:"):
        other = socket.socket(socket.AF_UNIX)
        other.connect(address[5:])
        return other
    host, _, port = address[6:].rpartition(":")
    return socket.create_connection((host, int(port)))


def finish(*_):
    with open(path + ".cuts", "w") as file:
        file.write(f"{cuts}\n")
    os._exit(0)


signal.signal(signal.SIGTERM, finish)
listener = socket.socket(socket.AF_UNIX)
listener.bind(path)
listener.listen(4)
while True:
    near, _ = listener.accept()
    try:
        far = reach()
    except OSError:
        near.close()
        continue
    left = stream.randrange(1, 2 * mean)
    while left > 0:
        ready, _, _ = select.select([near, far], [], [])
        data = b""
        for end in ready:
            try:
                data = end.recv(min(65536, left))
            except OSError:
                data = b""
            if not data:
                break
            try:
                (far if end is near else near).sendall(data)
            except OSError:
                data = b""
                break
            left -= len(data)
        if not data:
            break
    else:
        cuts += 1
    near.close()
    far.close()
