"""Tests of the package, with nothing but the standard library: python3 -m unittest discover python/tests"""

import array
import dataclasses
import io
import json
import math
import os
import pathlib
import socket
import subprocess
import sys
import tempfile
import time
import types
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

    def test_a_number_that_cannot_be_sent_is_named(self):
        for numbers, said in [([0.0, float("inf")], "values: number 1 of 2 is inf"), ([[1.0]], "values is no list of numbers")]:
            with self.assertRaises(takt_rl.Refusal) as caught:
                takt_rl.pack(numbers, "values")
            self.assertIn(said, caught.exception.message)

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

    def test_mp3_is_read_by_soundfile_or_refused_with_the_remedy(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "a.mp3")
            with open(path, "wb") as file:
                file.write(b"ID3 and no RIFF")
            prompt = takt_rl.Prompt.of({**PROMPT, "audio": {"path": path, "start": 1, "end": 3}})
            before = sys.modules.get("soundfile")
            try:
                sys.modules["soundfile"] = None
                with self.assertRaises(takt_rl.Refusal) as caught:
                    takt_rl.recording(prompt)
                self.assertEqual(caught.exception.code, "bad-prompt")
                self.assertIn("pip install soundfile", caught.exception.message)
                self.assertIn(path, caught.exception.message)
                sys.modules["soundfile"] = types.SimpleNamespace(SoundFile=Stereo)
                heard = takt_rl.recording(prompt)
                self.assertEqual((list(heard.samples), heard.rate), ([0.25] * 8, 4))
            finally:
                sys.modules.pop("soundfile")
                if before:
                    sys.modules["soundfile"] = before

    def test_no_recording_is_refused(self):
        for audio in [None, {"path": "/no/such.wav"}]:
            with self.assertRaises(takt_rl.Refusal):
                takt_rl.recording(takt_rl.Prompt.of({**PROMPT, "audio": audio}))


class Stereo:
    """As soundfile's, five seconds of a left channel at 0.5."""

    samplerate = 4

    def __init__(self, path):
        self.place = 0

    __enter__ = lambda self: self  # noqa: E731
    __exit__ = lambda self, *_: None  # noqa: E731
    __len__ = lambda self: 20  # noqa: E731

    def seek(self, place):
        assert place == 4

    def read(self, count, dtype, always_2d):
        assert dtype == "float32" and always_2d

        class Frames:
            def mean(self, axis):
                assert axis == 1
                return array.array("f", [0.25] * count)

        return Frames()


class Drawing(unittest.TestCase):
    logits = [math.log(p) for p in [0.1, 0.6, 0.3]]

    def test_temperature_and_top_p_are_heeded(self):
        token, log = takt_rl.draw(self.logits, (1,), takt_rl.Sampling(0, 1, 4))
        self.assertEqual(token, 1)
        self.assertAlmostEqual(log, math.log(0.6))
        self.assertEqual(takt_rl.draw(self.logits, (5,), takt_rl.Sampling(1, 0.01, 4)), (1, 0.0))
        for top_p, temperature, shares in [(1, 1, [0.1, 0.6, 0.3]), (0.8, 1, [0, 2 / 3, 1 / 3]), (1, 0.5, [1 / 46, 36 / 46, 9 / 46])]:
            counts = [0] * 3
            for seed in range(4000):
                token, log = takt_rl.draw(self.logits, (seed, 2), takt_rl.Sampling(temperature, top_p, 4))
                counts[token] += 1
                self.assertAlmostEqual(log, math.log(shares[token]))
            for count, share in zip(counts, shares):
                self.assertAlmostEqual(count / 4000, share, delta=0.03)

    def test_a_stream_draws_the_same_again(self):
        sampling = takt_rl.Sampling(1, 1, 4)
        drawn = [takt_rl.draw([0.0] * 60, (7, number), sampling) for number in range(20)]
        self.assertEqual(drawn, [takt_rl.draw([0.0] * 60, (7, number), sampling) for number in range(20)])
        self.assertGreater(len(set(drawn)), 5)


class Sessions(unittest.TestCase):
    def session(self, token=None):
        sys.path.insert(0, str(HERE.parent / "examples"))
        from minimal_policy import Seconds

        session = Session(Seconds, token)
        session.connected()
        return session

    def adapted(self, **methods):
        """A session with a worker that has these attributes in place of the smallest worker's."""
        sys.path.insert(0, str(HERE.parent / "examples"))
        from minimal_policy import Seconds

        session = Session(type("Adapted", (Seconds,), methods))
        session.connected()
        self.ask(session, {"id": 1, **HELLO})
        return session

    def line(self, session, call):
        return json.loads(session.line(call, lambda sign: None))

    def test_what_is_not_finite_is_named_and_the_worker_lives_on(self):
        nan = float("nan")
        given = takt_rl.Completion([1], [nan], "0:01")
        outputs = {"id": 2, "call": "outputs", "prompts": [PROMPT], "completions": [[1, 2]], "prompt_indices": [0], "temperature": 1}
        apply = {"id": 2, "call": "apply", "learning_rate": 0.1, "maximum_norm": 1}
        tokens = {"id": 2, "call": "tokens", "text": "x"}
        for methods, call, code, said in [
            ({"apply": lambda self, a, b: nan}, apply, "non-finite", "'apply' gives norm nan"),
            ({"apply": lambda self, a, b: None}, apply, "backend", "'apply' gives norm None"),
            ({"sample": lambda self, r, s: [[given, given]]}, sample(2), "non-finite",
             "'sample' gives completions[0][0].log_probabilities: number 0"),
            ({"outputs": lambda self, b, k: takt_rl.Outputs([0.0, nan])}, outputs, "non-finite",
             "'outputs' gives log_probabilities: number 1 of 2"),
            ({"outputs": lambda self, b, k: takt_rl.Outputs([0.0, 0.0], [nan, 0])}, outputs, "non-finite",
             "'outputs' gives entropies: number 0"),
            ({"outputs": lambda self, b, k: takt_rl.Outputs([0.0, 0.0], None, [0, nan])}, outputs, "non-finite",
             "'outputs' gives values: number 1"),
            ({"tokens": lambda self, text: [60]}, tokens, "backend", "'tokens' gives tokens[0] is 60: tokens are 0…59"),
            ({"tokens": lambda self, text: [1.5]}, tokens, "backend", "no list of whole numbers"),
            ({"sample": lambda self, r, s: [[takt_rl.Completion([1], [0.0], b"x")] * 2]}, sample(2), "backend",
             "'sample' gives completions[0][0].text of the type bytes"),
        ]:
            session = self.adapted(**methods)
            error = self.line(session, call)["error"]
            self.assertEqual(error["code"], code, error)
            self.assertIn(said, error["message"])
            self.assertEqual(self.line(session, call)["error"], error, "the same again")
            self.assertEqual(self.line(session, {"id": 3, "call": "freeze"}), {"id": 3, "policy": 1})

    def test_derivatives_that_are_not_finite_never_reach_the_model(self):
        session = self.adapted()
        keep = {"call": "outputs", "prompts": [PROMPT], "completions": [[1]], "prompt_indices": [0], "temperature": 1, "keep": True}
        apply = {"call": "apply", "learning_rate": 0.1, "maximum_norm": 1}
        self.ask(session, {"id": 2, **keep})
        self.assertEqual(self.ask(session, {"id": 3, "call": "backward", "log_probabilities": [float("nan")]}), {"id": 3})
        error = self.ask(session, {"id": 4, **apply})["error"]
        self.assertEqual(error["code"], "non-finite")
        self.assertIn("log_probabilities[0] is nan", error["message"])
        self.assertEqual(session.policy.parameters, [0.0] * 60)
        self.ask(session, {"id": 5, "call": "discard"})
        self.ask(session, {"id": 6, **keep})
        self.ask(session, {"id": 7, "call": "backward", "log_probabilities": [-1.0], "entropies": [0.0]})
        self.assertGreater(self.ask(session, {"id": 8, **apply})["norm"], 0.9)

    def test_tokens_outside_the_vocabulary_never_reach_the_model(self):
        session = self.adapted()
        call = {"call": "outputs", "prompts": [PROMPT], "prompt_indices": [0, 0], "temperature": 1}
        for token in [60, -1]:
            error = self.ask(session, {"id": 70 + token, **call, "completions": [[1], [2, token]]})["error"]
            self.assertEqual(error, {"code": "bad-completion", "message": f"completions[1][1] is {token}: tokens are 0…59"})

    def test_what_methods_offer_is_no_capability(self):
        for name, said in [("nudge", "overriding Policy.nudge"), ("supervised", "overriding Policy.tokens"), ("odd", "it has values, ")]:
            with self.assertRaises(TypeError) as caught:
                takt_rl.Capabilities(**{name: True})
            self.assertIn(said, str(caught.exception))
        self.assertEqual(dataclasses.replace(takt_rl.Capabilities(audio=True), norm=False), takt_rl.Capabilities(audio=True, norm=False))
        self.assertTrue(self.adapted().policy.described()["nudge"])

    def test_times_are_rounded_to_what_the_examples_can_write(self):
        error, sys.stderr = sys.stderr, io.StringIO()
        try:
            session = self.adapted()
            self.assertEqual(self.ask(session, {"id": 2, "call": "tokens", "text": "0:31.2"}), {"id": 2, "tokens": [31]})
            self.assertEqual(takt_rl.whole_seconds("0:59.5-1:00:00.25, 0:12"), "1:00-1:00:00, 0:12")
            self.assertEqual(sys.stderr.getvalue().count("nearest whole second"), 1)
        finally:
            sys.stderr = error
        refused = self.ask(session, {"id": 3, "call": "tokens", "text": "1:05"})["error"]
        self.assertEqual(refused["code"], "bad-completion")
        self.assertIn("questions: {answers-to: 59}", refused["message"])

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
            self.assertEqual(self.ask(session, {"id": 2, "call": "tokens", "text": 7, "policy": 0})["error"]["code"], "bad-completion")
            self.assertEqual(self.ask(session, {"id": 6, "call": "outputs"})["error"]["code"], "backend")
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
