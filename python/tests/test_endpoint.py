"""Tests of the worker that asks a server, against one on loopback: python3 -m unittest discover python/tests"""

import base64
import contextlib
import email.utils
import io
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time
import unittest
import wave

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
sys.path.insert(0, str(HERE))

import takt_rl  # noqa: E402
from chat_server import ChatServer, question_of  # noqa: E402
from takt_rl import endpoint  # noqa: E402
from takt_rl._calls import Session  # noqa: E402

KEY = "sk-secret-4711"
SAMPLING = takt_rl.Sampling(0, 1, 32)


class Asking(unittest.TestCase):
    def setUp(self):
        self.server = ChatServer(wanted_key=KEY)
        self.addCleanup(self.server.close)
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = os.path.join(folder.name, "a.wav")
        with wave.open(self.path, "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(1000)
            file.writeframes(bytes(2 * 5000))

    def policy(self, **options):
        given = {"key": KEY, "backoff": 0.01, "retries": 2, "timeout": 5, **options}
        return endpoint.Endpoint(endpoint.Options(self.server.url, "listener", **given))

    def request(self, question, **prompt):
        message = {"id": question, "question": question, "track": "t", "audio": {"path": self.path, "start": 1, "end": 3}, **prompt}
        return takt_rl.Request(takt_rl.Prompt.of(message), 1, 0)

    def ask(self, *questions, **options):
        """Texts, or the refusal's message, and all that was printed."""
        printed = io.StringIO()
        with contextlib.redirect_stderr(printed), contextlib.redirect_stdout(printed):
            try:
                groups = self.policy(**options).sample([self.request(question) for question in questions], SAMPLING)
                answer = [group[0].text for group in groups]
            except takt_rl.Refusal as refusal:
                answer = f"{refusal.code}: {refusal.message}"
        for said in [printed.getvalue(), str(answer)]:
            self.assertNotIn(KEY, said)
        return answer, printed.getvalue()

    def test_the_excerpt_and_the_question_are_sent(self):
        form = "a letter from A to B"
        request = self.request("say B", options=["loud", "soft"], form=form)
        self.assertEqual(self.policy().sample([request], SAMPLING)[0][0].text, "B")
        (body,) = self.server.bodies
        self.assertEqual(question_of(body), f"say B\nA. loud\nB. soft\nAnswer with {form}, and nothing else.")
        self.assertEqual((body["model"], body["max_tokens"], body["temperature"]), ("listener", 32, 0))
        sound = body["messages"][0]["content"][0]["input_audio"]
        with wave.open(io.BytesIO(base64.b64decode(sound["data"]))) as file:
            self.assertEqual((sound["format"], file.getframerate(), file.getnframes()), ("wav", 1000, 2000))

    def test_answers_stand_in_the_order_of_their_questions(self):
        questions = [f"slow {place}" if place % 3 == 0 else f"say {place}" for place in range(20)]
        answer, _ = self.ask(*questions, concurrency=8)
        self.assertEqual(answer, [str(place) for place in range(20)])
        self.assertGreater(self.server.most_at_once, 1)

    def test_busy_servers_are_asked_again(self):
        for failure in ["429", "503", "broken", "malformed", "cut"]:
            answer, printed = self.ask(f"once-{failure} 7")
            self.assertEqual(answer, ["7"], failure)
            self.assertIn("again in", printed)

    def test_retry_after_is_heeded(self):
        start = time.monotonic()
        self.assertEqual(self.ask("once-wait 7")[0], ["7"])
        self.assertGreaterEqual(time.monotonic() - start, 1)
        answer, _ = self.ask("once-wait 7", longest_wait=0.5)
        self.assertIn("is to be asked again in 1 s; --longest-wait is 0.5", answer)
        later = email.utils.formatdate(time.time() + 30, usegmt=True)
        self.assertAlmostEqual(endpoint.retry_after(later), 30, delta=2)
        self.assertIsNone(endpoint.retry_after("soon"))

    def test_a_hang_ends_in_time(self):
        start = time.monotonic()
        answer, _ = self.ask("hang", timeout=0.3, retries=1)
        self.assertIn("bad-prompt: question 'hang'", answer)
        self.assertIn("gave no answer for 0.3 s, for the 2. time", answer)
        self.assertLess(time.monotonic() - start, 5)
        self.server.released.set()

    def test_what_fails_for_good_is_told(self):
        for question, message in [
            ("malformed", "bad-prompt: question 'malformed'"),
            ("malformed", "answers with what is no JSON: '<html>busy"),
            ("shapeless", "answers without choices[0].message.content"),
            ("refuse", "bad-prompt: question 'refuse'"),
            ("refuse", "answers 400: audio is too long"),
            ("429", "backend: question '429'"),
            ("404", "is there a model 'listener', and does --url end where /chat/completions follows"),
            ("redirect", "a redirection, which is not followed"),
        ]:
            self.assertIn(message, self.ask(question)[0])
        self.assertNotIn("/elsewhere", self.server.paths)
        self.assertIn("cannot be reached", self.unreachable())

    def unreachable(self):
        policy = endpoint.Endpoint(endpoint.Options("http://127.0.0.1:1/v1", "listener", backoff=0.01, retries=1))
        with contextlib.redirect_stderr(io.StringIO()), self.assertRaises(takt_rl.Refusal) as caught:
            policy.sample([self.request("say 1")], SAMPLING)
        self.assertEqual(caught.exception.code, "backend")
        return caught.exception.message

    def test_a_wrong_key_is_told_and_not_shown(self):
        answer, _ = self.ask("say 1", key=KEY + "x")
        self.assertIn("It does not take the key, or wants one: set the variable that --key-variable names", answer)
        self.assertIn("Incorrect API key provided: [key]", answer)
        self.assertNotIn(KEY, repr(self.policy().options))

    def test_a_refused_batch_costs_the_others_nothing(self):
        policy = self.policy()
        requests = [self.request(question) for question in ["say 1", "refuse", "say 3"]]
        with self.assertRaises(takt_rl.Refusal):
            policy.sample(requests, SAMPLING)
        asked = len(self.server.bodies)
        self.assertEqual(policy.sample(requests[:1], SAMPLING)[0][0].text, "1")
        with self.assertRaises(takt_rl.Refusal):
            policy.sample(requests[1:2], SAMPLING)
        self.assertEqual(policy.sample(requests[2:], SAMPLING)[0][0].text, "3")
        self.assertEqual(len(self.server.bodies), asked)

    def test_it_says_that_it_cannot_be_trained(self):
        session = Session(self.policy)
        session.connected()
        hello = {"id": 1, "call": "hello", "protocol": 1, "versions": [1, 2], "seed": 1, "session": "a"}
        answer = session.answer(hello, lambda sign: None)
        self.assertEqual((answer["name"], answer["capabilities"]["gradients"]), ("listener", False))
        self.assertFalse(answer["capabilities"]["supervised"])

    def test_cut_and_empty_answers(self):
        (first,), (second,) = self.policy().sample([self.request("long 5"), self.request("null")], SAMPLING)
        self.assertEqual((first.text, first.truncated, second.text, second.truncated), ("5", True, "", False))


class Process(unittest.TestCase):
    def run_with(self, *arguments, **variables):
        environment = {**os.environ, "PYTHONPATH": str(HERE.parent), **variables}
        return subprocess.run(
            [sys.executable, "-m", "takt_rl.endpoint", *arguments], env=environment, input="", capture_output=True, text=True, timeout=30
        )

    def test_the_command_line_is_checked(self):
        for arguments, message in [
            (["--url", "here", "--model", "m"], "is no address such as"),
            (["--url", "http://a:b@here/v1", "--model", "m"], "the key belongs in the variable"),
            (["--url", "http://here/v1"], "--model"),
            (["--url", "http://here/v1", "--model", "m", "--retrys", "3"], "unrecognized arguments: --retrys 3"),
            (["--url", "http://here/v1", "--model", "m", "--concurrency", "0"], "--concurrency is at least 1"),
        ]:
            result = self.run_with(*arguments)
            self.assertEqual(result.returncode, 2, result.stderr)
            self.assertIn(message, result.stderr)

    def test_the_key_is_not_shown(self):
        result = self.run_with("--url", "http://here/v1", "--model", "m", "--key-variable", "MINE", MINE=KEY)
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertIn("in clear text: use https", result.stderr)
        self.assertNotIn(KEY, result.stdout + result.stderr)


if __name__ == "__main__":
    unittest.main()
