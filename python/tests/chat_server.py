"""A server on loopback that answers as OpenAI-compatible ones do, and fails as they do where the question says so.

    python3 python/tests/chat_server.py PORTFILE [SECONDS]      prints nothing; writes its port; each answer takes so many seconds

The last word of a question's first line is the answer; its first word says how it is given.
"""

import json
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


def question_of(body):
    """The text that is asked."""
    return body["messages"][-1]["content"][-1]["text"]


class ChatServer:
    def __init__(self, wanted_key=None, pause=0.0):
        self.wanted_key, self.pause = wanted_key, pause
        self.bodies, self.paths = [], []
        self.seen, self.lock = {}, threading.Lock()
        self.at_once = self.most_at_once = 0
        self.released = threading.Event()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                outer.answer(self)

            do_GET = do_POST

            def log_message(self, *arguments):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.port = self.server.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}/v1"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.released.set()
        self.server.shutdown()
        self.server.server_close()

    def answer(self, handler):
        with self.lock:
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            self.answer_one(handler)
        except (BrokenPipeError, ConnectionResetError):
            pass
        finally:
            with self.lock:
                self.at_once -= 1

    def answer_one(self, handler):
        body = json.loads(handler.rfile.read(int(handler.headers.get("Content-Length") or 0)) or b"{}")
        with self.lock:
            self.bodies.append(body)
            self.paths.append(handler.path)
        key = (handler.headers.get("Authorization") or "").replace("Bearer ", "")
        if self.wanted_key and key != self.wanted_key:
            return self.send(handler, 401, {"error": {"message": f"Incorrect API key provided: {key}"}})
        time.sleep(self.pause)
        first = question_of(body).split("\n")[0]
        way, last = first.split(" ")[0], first.split(" ")[-1]
        with self.lock:
            count = self.seen[first] = self.seen.get(first, 0) + 1
        if way.startswith("once-"):
            way = way[5:] if count % 2 == 1 else "say"
        if way == "429":
            return self.send(handler, 429, {"error": {"message": "slow down"}})
        if way == "wait":
            return self.send(handler, 429, {"error": "slow down"}, {"Retry-After": "1"})
        if way == "503":
            return self.send(handler, 503, {"detail": "loading the model"})
        if way == "404":
            return self.send(handler, 404, {"error": {"message": "no such model"}})
        if way == "refuse":
            return self.send(handler, 400, {"error": {"message": "audio is too long"}})
        if way == "redirect":
            return self.send(handler, 307, {}, {"Location": f"http://127.0.0.1:{self.port}/elsewhere"})
        if way == "malformed":
            return self.send(handler, 200, b"<html>busy</html>")
        if way == "shapeless":
            return self.send(handler, 200, {"choices": []})
        if way == "broken":
            handler.close_connection = True
            return handler.connection.close()
        if way == "cut":
            handler.send_response(200)
            handler.send_header("Content-Length", "5000")
            handler.end_headers()
            handler.wfile.write(b'{"choices"')
            handler.close_connection = True
            return None
        if way == "hang":
            self.released.wait(60)
        if way == "slow":
            time.sleep(0.1)
        text = None if way == "null" else self.heard(body) if way == "When" else last
        reason = "length" if way == "long" else "stop"
        return self.send(handler, 200, {"choices": [{"message": {"role": "assistant", "content": text}, "finish_reason": reason}]})

    @staticmethod
    def heard(body):
        """An instant that depends on the sound that was sent."""
        data = body["messages"][-1]["content"][0]["input_audio"]["data"]
        return f"0:{sum(data.encode()) % 10:02d}"

    @staticmethod
    def send(handler, status, message, headers=None):
        data = message if isinstance(message, bytes) else json.dumps(message).encode()
        handler.send_response(status)
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Content-Length", str(len(data)))
        for name, value in (headers or {}).items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(data)


if __name__ == "__main__":
    server = ChatServer(pause=float(sys.argv[2]) if len(sys.argv) > 2 else 0)
    with open(sys.argv[1] + ".partial", "w") as file:
        file.write(str(server.port))
    import os

    os.rename(sys.argv[1] + ".partial", sys.argv[1])
    while True:
        time.sleep(0.2)
        with open(sys.argv[1] + ".count", "w") as file:
            file.write(str(len(server.bodies)))
