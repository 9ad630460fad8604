"""Where a worker is asked: standard input, a Unix socket or TCP."""

from __future__ import annotations

import argparse
import json
import os
import socket
import sys
from typing import Any, BinaryIO, Callable, Dict, List, Optional, Type, Union

from . import _streams
from ._calls import Session
from ._policy import Policy

TOKEN_VARIABLE = "TAKT_POLICY_TOKEN"


def serve(policy: Union[Type[Policy], Callable[[], Policy]], listen: Optional[str] = None, arguments: Optional[List[str]] = None) -> None:
    """Answers Takt's calls until its input ends, or for ever at a socket.

    `policy` makes the policy: it is called once for each run that begins. Where it listens is `listen`, else `--listen` of the command
    line, else standard input and output: `unix:PATH` or `tcp://HOST:PORT`. At TCP the token of the environment variable
    `TAKT_POLICY_TOKEN`, or of the file that `--token-file` names, is asked for. A socket serves one run after the other; within a run
    it keeps its state when the connection breaks, and ends with the Takt that started it.
    """
    parser = argparse.ArgumentParser(description="A policy for Takt.", allow_abbrev=False)
    parser.add_argument("--listen", help="unix:PATH or tcp://HOST:PORT; default: standard input and output, or what Takt says")
    parser.add_argument("--token-file", help=f"file with the token that is asked for at TCP; else the variable {TOKEN_VARIABLE}")
    options, _ = parser.parse_known_args(arguments)
    place = listen or options.listen
    if place is None and os.environ.get("TAKT_POLICY", "stdio") != "stdio":
        place = os.environ["TAKT_POLICY"]
    if place is None:
        _standard(Session(policy))
        return
    token = os.environ.get(TOKEN_VARIABLE, "")
    if options.token_file:
        with open(options.token_file, encoding="utf-8") as file:
            token = file.read().strip()
    is_tcp = place.startswith("tcp://")
    if is_tcp and not token:
        sys.exit(f"takt_rl: {place} can be reached by others: set {TOKEN_VARIABLE} or give --token-file")
    _streams.claim()
    _socket(Session(policy, token or None), place)


class _Gone(Exception):
    """Nobody reads the answers any more."""


def _converse(session: Session, requests: BinaryIO, write: Callable[[bytes], None]) -> None:
    def send(line: bytes) -> None:
        try:
            write(line)
        except OSError:
            raise _Gone from None

    def sign(message: Dict[str, Any]) -> None:
        # Whoever has gone may come back for the answer, so the work goes on.
        try:
            send(json.dumps(message, allow_nan=False).encode() + b"\n")
        except _Gone:
            pass

    session.connected()
    while True:
        try:
            line = requests.readline()
        except OSError:
            raise _Gone from None
        if not line.endswith(b"\n"):
            return
        try:
            call = json.loads(line)
        except ValueError as error:
            call = None
            print(f"takt_rl: a line is no JSON: {error}", file=sys.stderr)
        send(session.line(call, sign))


def _standard(session: Session) -> None:
    answers = _streams.claim()

    def write(data: bytes) -> None:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(answers, rest) :]

    try:
        _converse(session, sys.stdin.buffer, write)
    except _Gone:
        pass


def _listener(place: str) -> socket.socket:
    if place.startswith("unix:"):
        path = place[5:]
        try:
            os.unlink(path)
        except FileNotFoundError:
            pass
        listener = socket.socket(socket.AF_UNIX)
        old = os.umask(0o177)
        try:
            listener.bind(path)
        finally:
            os.umask(old)
    elif place.startswith("tcp://"):
        host, _, port = place[6:].rpartition(":")
        host = host.strip("[]")
        family = socket.getaddrinfo(host, int(port), type=socket.SOCK_STREAM)[0][0]
        listener = socket.socket(family)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, int(port)))
    else:
        sys.exit(f"takt_rl: '{place}' is no place to listen at: unix:PATH or tcp://HOST:PORT")
    listener.listen(4)
    return listener


def _socket(session: Session, place: str) -> None:
    listener = _listener(place)
    print(f"takt_rl: listens at {place}", file=sys.stderr)
    _end_with_parent()
    while True:
        connection, _ = listener.accept()
        if connection.family != socket.AF_UNIX:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            # A caller whose machine is gone must not keep the next one waiting.
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
            for name, value in [("TCP_KEEPIDLE", 30), ("TCP_KEEPINTVL", 10), ("TCP_KEEPCNT", 3)]:
                if hasattr(socket, name):
                    connection.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)
        with connection, connection.makefile("rb") as requests:
            try:
                _converse(session, requests, connection.sendall)
            except _Gone:
                pass


def _end_with_parent() -> None:
    """Where Takt has started this process, it ends when its standard input does."""
    if os.environ.get("TAKT_POLICY", "stdio") == "stdio":
        return
    import threading

    def wait() -> None:
        while os.read(0, 4096):
            pass
        os._exit(0)

    threading.Thread(target=wait, daemon=True).start()
