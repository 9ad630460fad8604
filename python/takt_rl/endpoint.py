"""A worker that asks a server: any OpenAI-compatible endpoint whose model takes audio.

    takt answers evaluate questions.jsonl answers.jsonl -- python3 -m takt_rl.endpoint --url http://localhost:8000/v1 --model NAME

It answers and cannot be trained. The key comes from an environment variable; it is sent to the server and goes nowhere else.
"""

from __future__ import annotations

import argparse
import array
import base64
import email.utils
import http.client
import io
import json
import os
import random
import re
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
import wave
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import Any, Dict, List, Optional, Union

from . import Capabilities, Completion, Policy, Prompt, Recording, Refusal, Request, Sampling, recording, serve

#: Bytes of an answer that are read at most.
LONGEST_ANSWER = 16 << 20
#: Outcomes that are kept, for whoever asks the questions of a refused batch again.
KEPT_OUTCOMES = 8192


@dataclass(frozen=True)
class Options:
    """What the command line says."""

    url: str
    model: str
    key: str = ""
    concurrency: int = 4
    retries: int = 5
    #: Seconds that one request may take.
    timeout: float = 120
    #: Seconds before the first retry; each further one waits twice as long.
    backoff: float = 1
    #: Seconds that are waited at most before a retry.
    longest_wait: float = 600
    #: `None` for what Takt asks for.
    max_tokens: Optional[int] = None
    temperature: Optional[float] = None
    system: str = ""
    #: The name of the field that bounds the answer: newer models of OpenAI want `max_completion_tokens`.
    tokens_field: str = "max_tokens"
    longest_audio: Optional[float] = None
    #: Whether recordings are sent at all; without, it is seen what a model knows without listening.
    audio: bool = True

    def __repr__(self) -> str:
        """Without the key."""
        return f"Options({self.place}, {self.model})"

    @property
    def target(self) -> str:
        """Where requests go."""
        path, mark, query = self.url.partition("?")
        path = path.rstrip("/")
        return (path if path.endswith("/chat/completions") else f"{path}/chat/completions") + mark + query

    @property
    def place(self) -> str:
        """The same for messages: a query may hold a key."""
        return self.target.partition("?")[0]


class Again(Exception):
    """A request failed in a way that may pass."""

    def __init__(self, why: str, after: Optional[float] = None, code: str = "bad-prompt") -> None:
        super().__init__(why)
        self.why, self.after, self.code = why, after, code


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A key is not carried to another server."""

    def redirect_request(self, *arguments: Any, **named: Any) -> None:
        """Follows none."""
        return None


def prompt_text(prompt: Prompt) -> str:
    """The question, its options or items, and how the answer is to be written."""
    lines = [prompt.question]
    lines += [f"{chr(ord('A') + place)}. {option}" for place, option in enumerate(prompt.options)]
    if prompt.items:
        lines.append("Items: " + ", ".join(prompt.items))
    if prompt.form and prompt.form != "any text":
        lines.append(f"Answer with {prompt.form}, and nothing else.")
    return "\n".join(lines)


def wave_bytes(sound: Recording) -> bytes:
    """A WAV file of 16 bits; louder than full scale is clipped."""
    numbers = array.array("h", (max(-32768, min(32767, round(sample * 32768))) for sample in sound.samples))
    if sys.byteorder == "big":
        numbers.byteswap()
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(sound.rate)
        file.writeframes(numbers.tobytes())
    return buffer.getvalue()


def retry_after(value: Optional[str]) -> Optional[float]:
    """Seconds that the header asks to wait: a number, or a date."""
    if not value:
        return None
    try:
        return max(0.0, float(value))
    except ValueError:
        pass
    try:
        return max(0.0, email.utils.parsedate_to_datetime(value).timestamp() - time.time())
    except (TypeError, ValueError):
        return None


class Endpoint(Policy):
    """Asks the server, several requests at once, each again where it fails in a way that may pass."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.name = options.model
        self.capabilities = Capabilities(
            gradients=False, entropies=False, audio=options.audio, longest_audio=options.longest_audio,
            perturbed_audio=options.audio,
        )  # fmt: skip
        self.outcomes: "OrderedDict[str, Union[Completion, Refusal]]" = OrderedDict()
        self.opener = urllib.request.build_opener(_NoRedirect)

    def start(self, seed: int) -> None:
        """There is nothing to begin with."""

    def sample(self, requests: List[Request], sampling: Sampling) -> List[List[Completion]]:
        """Answers from the server; the first refusal is raised when all of its batch have ended, and what succeeded is remembered."""
        jobs = [(request, number) for request in requests for number in range(request.count)]
        keys = [self._key(request, number, sampling) for request, number in jobs]
        known = {key: self.outcomes.pop(key) for key in keys if key in self.outcomes}
        missing = {key: job for key, job in zip(keys, jobs) if key not in known}
        with ThreadPoolExecutor(max_workers=self.options.concurrency) as pool:
            futures = {key: pool.submit(self._outcome, *job, sampling) for key, job in missing.items()}
            left = set(futures.values())
            while left:
                left = wait(left, timeout=1).not_done
                self.working(1 - len(left) / len(jobs))
        known.update({key: future.result() for key, future in futures.items()})
        outcomes = [known[key] for key in keys]
        refusal = next((outcome for outcome in outcomes if isinstance(outcome, Refusal)), None)
        if refusal is not None:
            if len(jobs) > 1:
                self.outcomes.update(known)
                while len(self.outcomes) > KEPT_OUTCOMES:
                    self.outcomes.popitem(last=False)
            raise refusal
        answers = iter([outcome for outcome in outcomes if isinstance(outcome, Completion)])
        return [[next(answers) for _ in range(request.count)] for request in requests]

    def _key(self, request: Request, number: int, sampling: Sampling) -> str:
        return json.dumps([request.prompt.raw, request.seed, number, sampling.temperature, sampling.top_p, sampling.maximum_tokens])

    def _outcome(self, request: Request, number: int, sampling: Sampling) -> Union[Completion, Refusal]:
        try:
            return self._asked(request, number, sampling)
        except Refusal as refusal:
            return Refusal(refusal.code, self._hushed(f"question '{request.prompt.id or request.prompt.question}': {refusal.message}"))
        except Exception as error:  # noqa: BLE001: one question's failure is not that of the others
            name = request.prompt.id or request.prompt.question
            return Refusal("bad-prompt", self._hushed(f"question '{name}': {type(error).__name__}: {error}"))

    def _body(self, request: Request, number: int, sampling: Sampling) -> bytes:
        prompt, options = request.prompt, self.options
        content: List[Dict[str, Any]] = []
        if options.audio:
            data = base64.b64encode(wave_bytes(recording(prompt))).decode("ascii")
            content.append({"type": "input_audio", "input_audio": {"data": data, "format": "wav"}})
        content.append({"type": "text", "text": prompt_text(prompt)})
        messages: List[Dict[str, Any]] = [{"role": "user", "content": content}]
        if options.system:
            messages.insert(0, {"role": "system", "content": options.system})
        temperature = sampling.temperature if options.temperature is None else options.temperature
        body: Dict[str, Any] = {
            "model": options.model,
            "messages": messages,
            options.tokens_field: options.max_tokens or sampling.maximum_tokens,
            "temperature": temperature,
        }
        if sampling.top_p < 1:
            body["top_p"] = sampling.top_p
        if temperature > 0:
            body["seed"] = (request.seed + number) % (1 << 31)
        return json.dumps(body).encode()

    def _asked(self, request: Request, number: int, sampling: Sampling) -> Completion:
        body = self._body(request, number, sampling)
        tries = self.options.retries + 1
        for attempt in range(tries):
            try:
                return self._completion(self._posted(body))
            except Again as again:
                if attempt + 1 == tries:
                    raise Refusal(again.code, f"{again.why}, for the {tries}. time: raise --retries, or ask later") from None
                pause = self.options.backoff * 2 ** min(attempt, 20) * (1 + random.random() / 4)
                if again.after is not None:
                    if again.after > self.options.longest_wait:
                        limit = f"--longest-wait is {self.options.longest_wait:g}"
                        raise Refusal("backend", f"{again.why} and is to be asked again in {again.after:.0f} s; {limit}") from None
                    pause = max(pause, again.after)
                print(self._hushed(f"takt_rl: {again.why}; again in {pause:.1f} s"), file=sys.stderr)
                time.sleep(min(pause, self.options.longest_wait))
        raise AssertionError

    def _posted(self, body: bytes) -> bytes:
        headers = {"Content-Type": "application/json", "User-Agent": "takt-rl"}
        if self.options.key:
            headers["Authorization"] = f"Bearer {self.options.key}"
        request = urllib.request.Request(self.options.target, data=body, headers=headers, method="POST")
        deadline = time.monotonic() + self.options.timeout
        late = Again(f"{self.options.place} gave no answer for {self.options.timeout:g} s")
        try:
            with self.opener.open(request, timeout=self.options.timeout) as response:
                data = b""
                while piece := response.read1(1 << 16):
                    data += piece
                    if time.monotonic() > deadline:
                        raise late
                    if len(data) > LONGEST_ANSWER:
                        raise Refusal("bad-prompt", f"{self.options.place} answers with more than {LONGEST_ANSWER} bytes")
                return data
        except urllib.error.HTTPError as error:
            with error:
                said = _told(error)
            self._refuse(error.code, said, retry_after(error.headers.get("Retry-After")))
            raise AssertionError from None
        except urllib.error.URLError as error:
            if isinstance(error.reason, TimeoutError):
                raise late from None
            code = "backend" if isinstance(error.reason, OSError) else "bad-prompt"
            raise Again(f"{self.options.place} cannot be reached: {error.reason}", code=code) from None
        except TimeoutError:
            raise late from None
        except (OSError, http.client.HTTPException) as error:
            raise Again(f"{self.options.place} broke off: {type(error).__name__}: {error}") from None

    def _refuse(self, status: int, said: str, after: Optional[float]) -> None:
        """Raises what a status means."""
        place, answer = self.options.place, f"answers {status}{': ' + said if said else ''}"
        if status == 429:
            raise Again(f"{place} {answer}", after, code="backend")
        if status in (408, 409, 425) or status >= 500:
            raise Again(f"{place} {answer}", after)
        if status in (401, 403):
            remedy = "set the variable that --key-variable names to the key of this server"
            raise Refusal("backend", f"{place} {answer}. It does not take the key, or wants one: {remedy}")
        if status in (404, 405):
            remedy = f"is there a model '{self.options.model}', and does --url end where /chat/completions follows, such as …/v1?"
            raise Refusal("backend", f"{place} {answer}. {remedy}")
        if 300 <= status < 400:
            raise Refusal("backend", f"{place} {answer}, a redirection, which is not followed with a key: give --url as it is")
        raise Refusal("bad-prompt", f"{place} {answer}")

    def _completion(self, data: bytes) -> Completion:
        shown = data[:200].decode("utf-8", "replace")
        try:
            message = json.loads(data)
        except ValueError:
            raise Again(f"{self.options.place} answers with what is no JSON: {shown!r}") from None
        try:
            choice = message["choices"][0]
            text = choice["message"]["content"]
        except (KeyError, IndexError, TypeError):
            raise Again(f"{self.options.place} answers without choices[0].message.content: {shown!r}") from None
        if isinstance(text, list):
            text = "".join(str(part.get("text", "")) for part in text if isinstance(part, dict))
        if text is not None and not isinstance(text, str):
            raise Again(f"{self.options.place} answers with a content that is no text: {shown!r}")
        # Null is nothing said: a refusal, or reasoning that was cut off.
        return Completion([], [], text or "", truncated=choice.get("finish_reason") == "length")

    def _hushed(self, text: str) -> str:
        """Without the key, which servers quote in their complaints."""
        return text.replace(self.options.key, "[key]") if self.options.key else text


def _told(error: urllib.error.HTTPError) -> str:
    """What a server says about a refused request, on one line."""
    try:
        data = error.read(1 << 16)
    except (OSError, ValueError):
        return ""
    text = data.decode("utf-8", "replace")
    try:
        said = json.loads(text)
        inner = said.get("error", said.get("detail", said)) if isinstance(said, dict) else said
        text = str(inner.get("message", inner) if isinstance(inner, dict) else inner)
    except ValueError:
        pass
    text = re.sub(r"\s+", " ", text).strip()
    return text if len(text) <= 500 else text[:500] + "…"


def options_of(arguments: Optional[List[str]] = None) -> Options:
    """The command line, read; ends the process with what is wrong in it."""
    parser = argparse.ArgumentParser(
        prog="python3 -m takt_rl.endpoint",
        description="Answers Takt's questions with an OpenAI-compatible server whose model takes audio (input_audio in /chat/completions).",
        epilog="takt answers evaluate questions.jsonl answers.jsonl -- python3 -m takt_rl.endpoint --url http://localhost:8000/v1 --model NAME",
        allow_abbrev=False,
    )
    parser.add_argument("--url", required=True, help="where /chat/completions follows, such as https://api.openai.com/v1")
    parser.add_argument("--model", required=True, help="the model's name there")
    parser.add_argument("--key-variable", default="OPENAI_API_KEY", help="environment variable that holds the key (%(default)s)")
    parser.add_argument("--concurrency", type=int, default=4, help="requests at once (%(default)s)")
    parser.add_argument("--retries", type=int, default=5, help="times that a request is sent again after 429, 5xx, silence (%(default)s)")
    parser.add_argument("--timeout", type=float, default=120, help="seconds that one request may take (%(default)s)")
    parser.add_argument("--backoff", type=float, default=1, help="seconds before the first retry, doubled each time (%(default)s)")
    parser.add_argument("--longest-wait", type=float, default=600, help="seconds that are waited at most before a retry (%(default)s)")
    parser.add_argument("--max-tokens", type=int, help="tokens of an answer, in place of what Takt asks for")
    parser.add_argument("--tokens-field", default="max_tokens", help="the field for it; OpenAI's newer: max_completion_tokens")
    parser.add_argument("--temperature", type=float, help="in place of what Takt asks for, for models that take one alone")
    parser.add_argument("--system", default="", help="a system message")
    parser.add_argument("--longest-audio", type=float, help="seconds that the model hears; longer excerpts are refused before any is sent")
    parser.add_argument("--no-audio", action="store_true", help="send the text alone: what the model guesses without listening")
    parser.add_argument("--listen", help="unix:PATH or tcp://HOST:PORT, as every worker; default: standard input and output")
    parser.add_argument("--token-file", help="file with the token that is asked for at TCP")
    given = parser.parse_args(arguments)
    parts = urllib.parse.urlsplit(given.url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        parser.error(f"--url '{given.url}' is no address such as https://api.openai.com/v1")
    if parts.username or parts.password:
        parser.error("--url holds a name or a password: the key belongs in the variable that --key-variable names")
    if given.concurrency < 1 or given.retries < 0 or not given.timeout > 0 or given.backoff < 0 or given.longest_wait < 0:
        parser.error("--concurrency is at least 1, --timeout above 0, --retries, --backoff and --longest-wait are at least 0")
    key = os.environ.get(given.key_variable, "").strip()
    if key and (not key.isascii() or not key.isprintable()):
        parser.error(f"the variable {given.key_variable} holds what is no key: letters beyond ASCII, or several lines")
    if key and parts.scheme == "http" and parts.hostname not in ("localhost", "127.0.0.1", "::1"):
        print(f"takt_rl: the key goes to {parts.hostname} in clear text: use https", file=sys.stderr)
    return Options(
        given.url, given.model, key, given.concurrency, given.retries, given.timeout, given.backoff, given.longest_wait,
        given.max_tokens, given.temperature, given.system, given.tokens_field, given.longest_audio, not given.no_audio,
    )  # fmt: skip


if __name__ == "__main__":
    read = options_of()
    serve(lambda: Endpoint(read))
