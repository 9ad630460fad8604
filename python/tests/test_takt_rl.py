"""Tests of the package, with nothing but the standard library: python3 -m unittest discover python/tests"""

import array
import json
import os
import pathlib
import socket
import subprocess
import sys
import tempfile
import time
import unittest
import wave

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

import takt_rl  # noqa: E402
from takt_rl._calls import Session  # noqa: E402

MINIMAL = str(HERE.parent / "examples" / "minimal_policy.py")
HELLO = {"call": "hello", "protocol": 1, "versions": [1, 2], "seed": 1, "session": "a"}
PROMPT = {"question": "When?", "track": "t"}


def sample(number, count=2):
    requests = [{"prompt": PROMPT, "count": count, "seed": 5}]
    return {"id": number, "call": "sample", "policy": 0, "requests": requests, "temperature": 1, "top_p": 1, "maximum_tokens": 4}


class Numbers(unittest.TestCase):
    def test_floats_come_back(self):
        numbers = [0.0, -1.5, 3.25, 1e-30]
        self.assertEqual(takt_rl.unpack(takt_rl.pack(numbers)), array.array("f", numbers).tolist())
        self.assertEqual(takt_rl.pack([1.0]), "AACAPw==")
        self.assertEqual(takt_rl.unpack([1, 2]), [1.0, 2.0])
        self.assertEqual(takt_rl.unpack(None), [])

    def test_nan_is_refused(self):
        with self.assertRaises(takt_rl.Refusal) as caught:
            takt_rl.pack([0.0, float("nan")])
        self.assertEqual(caught.exception.code, "non-finite")

    def test_offsets_are_bytes_of_utf8(self):
        self.assertEqual(takt_rl.text_offsets(["né", "e", ""]), [0, 3, 4])


class Checkpoints(unittest.TestCase):
    def test_a_changed_file_is_found(self):
        with tempfile.TemporaryDirectory() as folder:
            os.mkdir(os.path.join(folder, "rank-0"))
            for name in ["weights.bin", "rank-0/adam.bin"]:
                with open(os.path.join(folder, name), "wb") as file:
                    file.write(b"0123456789")
            takt_rl.write_manifest(folder)
            self.assertEqual(takt_rl.read_manifest(folder), {"rank-0/adam.bin": 10, "weights.bin": 10})
            with open(os.path.join(folder, "weights.bin"), "wb") as file:
                file.write(b"0123456780")
            with self.assertRaises(takt_rl.Damaged):
                takt_rl.read_manifest(folder)


class Recordings(unittest.TestCase):
    def test_excerpts_shuffled_and_silent(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "a.wav")
            with wave.open(path, "wb") as file:
                file.setnchannels(2)
                file.setsampwidth(2)
                file.setframerate(10)
                file.writeframes(array.array("h", [v for i in range(50) for v in (i * 100, i * 100 + 200)]).tobytes())
            prompt = takt_rl.Prompt.of({"question": "", "track": "t", "audio": {"path": path, "start": 1, "end": 4}})
            heard = takt_rl.recording(prompt)
            self.assertEqual((len(heard.samples), heard.rate, heard.duration), (30, 10, 3.0))
            self.assertAlmostEqual(heard.samples[0], 1100 / 32768)
            changed = takt_rl.recording(takt_rl.Prompt.of({**prompt.raw, "perturb": "shuffled"}))
            self.assertEqual(sorted(changed.samples), sorted(heard.samples))
            for second in range(3):
                self.assertNotEqual(changed.samples[10 * second], heard.samples[10 * second])
            silent = takt_rl.recording(takt_rl.Prompt.of({**prompt.raw, "perturb": "silent"}))
            self.assertEqual(list(silent.samples), [0.0] * 30)

    def test_no_recording_is_refused(self):
        for audio in [None, {"path": "/no/such.wav"}]:
            with self.assertRaises(takt_rl.Refusal):
                takt_rl.recording(takt_rl.Prompt.of({**PROMPT, "audio": audio}))


class Sessions(unittest.TestCase):
    def session(self, token=None):
        sys.path.insert(0, str(HERE.parent / "examples"))
        from minimal_policy import Seconds

        session = Session(Seconds, token)
        session.connected()
        return session

    def ask(self, session, call):
        return session.answer(call, lambda sign: None)

    def test_the_same_number_is_answered_the_same(self):
        session = self.session()
        first = self.ask(session, {"id": 1, **HELLO})
        self.ask(session, {"id": 2, "call": "freeze"})
        self.assertEqual(self.ask(session, {"id": 2, "call": "freeze"}), {"id": 2, "policy": 1})
        session.connected()
        self.assertEqual(self.ask(session, {"id": 2, "call": "freeze"})["error"]["code"], "bad-call")
        self.assertEqual(self.ask(session, {"id": 3, **HELLO})["instance"], first["instance"])
        self.assertEqual(self.ask(session, {"id": 2, "call": "freeze"}), {"id": 2, "policy": 1})

    def test_another_run_begins_anew(self):
        session = self.session()
        first = self.ask(session, {"id": 1, **HELLO})
        session.policy.parameters[3] = 7.0
        other = self.ask(session, {"id": 1, **HELLO, "session": "b"})
        self.assertNotEqual(other["instance"], first["instance"])
        self.assertEqual(session.policy.parameters[3], 0.0)

    def test_the_token_is_asked_for(self):
        session = self.session("secret")
        self.assertEqual(self.ask(session, {"id": 1, **HELLO, "token": "wrong"})["error"]["code"], "bad-token")
        self.assertEqual(self.ask(session, sample(2))["error"]["code"], "bad-call")
        self.assertEqual(self.ask(session, {"id": 3, **HELLO, "token": "secret"})["protocol"], 2)

    def test_an_exception_is_a_refusal(self):
        session = self.session()
        self.ask(session, {"id": 1, **HELLO})
        error, sys.stderr = sys.stderr, open(os.devnull, "w")
        try:
            self.assertEqual(self.ask(session, {"id": 2, "call": "tokens", "text": "x:y"})["error"]["code"], "backend")
        finally:
            sys.stderr.close()
            sys.stderr = error
        self.assertEqual(self.ask(session, {"id": 3, "call": "tokens", "text": "0:12"})["tokens"], [12])
        self.assertEqual(self.ask(session, {"id": 4, "call": "fly"})["error"]["code"], "bad-call")

    def test_what_is_missing_is_named(self):
        class Half(takt_rl.Policy):
            def start(self, seed):
                pass

        session = Session(Half)
        said = self.ask(session, {"id": 1, **HELLO})["error"]
        self.assertEqual(said["code"], "incomplete")
        self.assertIn("lacks sample, outputs, backward, apply, discard, state, take", said["message"])


class Processes(unittest.TestCase):
    def environment(self, **more):
        return {**os.environ, "PYTHONPATH": str(HERE.parent), **more}

    def test_what_is_printed_goes_to_standard_error(self):
        noisy = "import takt_rl, os, sys; print('loading'); os.write(1, b'10 %'); sys.path.insert(0, sys.argv[1]); " \
            "from minimal_policy import Seconds; takt_rl.serve(Seconds)"
        lines = "".join(json.dumps(call) + "\n" for call in [{"id": 1, **HELLO}, sample(2)])
        done = subprocess.run(
            [sys.executable, "-c", noisy, str(HERE.parent / "examples")], input=lines, capture_output=True, text=True,
            env=self.environment(TAKT_POLICY="stdio"), check=True)
        answers = [json.loads(line) for line in done.stdout.splitlines()]
        self.assertEqual([answer["id"] for answer in answers], [1, 2])
        self.assertIn("loading", done.stderr)
        self.assertIn("10 %", done.stderr)

    def test_a_socket_keeps_its_state_when_the_connection_breaks(self):
        with tempfile.TemporaryDirectory() as folder:
            place = os.path.join(folder, "policy")
            worker = subprocess.Popen(
                [sys.executable, MINIMAL, "--listen", f"unix:{place}"], env=self.environment(), stderr=subprocess.DEVNULL)
            try:
                def connect():
                    for _ in range(200):
                        try:
                            connection = socket.socket(socket.AF_UNIX)
                            connection.connect(place)
                            return connection, connection.makefile("rw")
                        except OSError:
                            connection.close()
                            time.sleep(0.05)
                    raise AssertionError("nobody listens")

                def ask(stream, call):
                    stream.write(json.dumps(call) + "\n")
                    stream.flush()
                    return json.loads(stream.readline())

                connection, stream = connect()
                first = ask(stream, {"id": 1, **HELLO})
                drawn = ask(stream, sample(2))
                self.assertEqual(os.stat(place).st_mode & 0o777, 0o600)
                stream.close()
                connection.close()
                connection, stream = connect()
                self.assertEqual(ask(stream, {"id": 3, **HELLO})["instance"], first["instance"])
                self.assertEqual(ask(stream, sample(2)), drawn)
                stream.close()
                connection.close()
            finally:
                worker.kill()
                worker.wait()

    def test_tcp_wants_a_token(self):
        environment = self.environment()
        environment.pop("TAKT_POLICY_TOKEN", None)
        done = subprocess.run(
            [sys.executable, MINIMAL, "--listen", "tcp://127.0.0.1:1"], env=environment, capture_output=True, text=True)
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("TAKT_POLICY_TOKEN", done.stderr)


if __name__ == "__main__":
    unittest.main()
