"""Calls as the messages have them, answered by a policy."""

from __future__ import annotations

import hmac
import json
import math
import operator
import os
import sys
import traceback
from collections import OrderedDict
from typing import Any, Callable, Dict, List, Optional

from ._checkpoints import Damaged, read_manifest, write_manifest
from ._messages import Batch, Completion, Cotangents, Outputs, Prompt, Refusal, Request, Sampling, pack, unpack
from ._policy import Policy, missing
from ._written import unwritable

VERSION = 2
#: Answers that are kept for a connection that breaks before they arrive.
KEPT_ANSWERS = 64


class Session:
    """One policy, the run that it serves, and the answers that may be asked for again."""

    def __init__(self, make: Callable[[], Policy], token: Optional[str] = None) -> None:
        self.make = make
        self.token = token
        self.policy: Optional[Policy] = None
        self.session: Optional[str] = None
        self.instances = 0
        # Told apart from those of a process that was here before.
        self.base = int.from_bytes(os.urandom(4), "big") * 1000
        self.copies: Dict[int, Any] = {}
        self.answers: "OrderedDict[int, Dict[str, Any]]" = OrderedDict()
        self.is_greeted = False
        #: Why the gradient cannot be stepped with; `None` where it can.
        self.spoilt: Optional[str] = None

    def connected(self) -> None:
        """A connection begins; it has to greet."""
        self.is_greeted = False

    def answer(self, call: Any, sign: Callable[[Dict[str, Any]], None]) -> Dict[str, Any]:
        """The answer to a message; the same again where it was answered before."""
        if not isinstance(call, dict) or not isinstance(call.get("id"), int) or not isinstance(call.get("call"), str):
            return {"id": 0, "error": {"code": "bad-call", "message": 'a call is an object with "id" and "call"'}}
        number, name = call["id"], call["call"]
        if name != "hello":
            if not self.is_greeted:
                return {"id": number, "error": {"code": "bad-call", "message": "say hello first"}}
            if number in self.answers:
                return self.answers[number]
        try:
            result = self._call(name, call, lambda progress: sign({"id": number, "working": True if progress is None else progress}))
            reply = {"id": number, **result}
        except Refusal as refusal:
            reply = {"id": number, "error": {"code": refusal.code, "message": refusal.message}}
        except Exception as error:  # noqa: BLE001: whatever a model may raise, the run is told
            traceback.print_exc(file=sys.stderr)
            reply = {"id": number, "error": {"code": "backend", "message": f"{type(error).__name__}: {error}"}}
        if name != "hello":
            self.answers[number] = reply
            while len(self.answers) > KEPT_ANSWERS:
                self.answers.popitem(last=False)
        return reply

    def line(self, call: Any, sign: Callable[[Dict[str, Any]], None]) -> bytes:
        """The answer as a line; a value that cannot be written is a refusal that names it, never an end."""
        reply = self.answer(call, sign)
        try:
            return json.dumps(reply, allow_nan=False).encode() + b"\n"
        except (TypeError, ValueError, RecursionError):
            place = unwritable(reply)
        name = call.get("call") if isinstance(call, dict) else None
        reply = {"id": reply["id"], "error": {"code": "backend", "message": f"'{name}' gives {place}"}}
        if reply["id"] in self.answers:
            self.answers[reply["id"]] = reply
        return json.dumps(reply).encode() + b"\n"

    def _call(self, name: str, call: Dict[str, Any], sign: Callable[[Optional[float]], None]) -> Dict[str, Any]:
        if name == "hello":
            return self._hello(call, sign)
        method = getattr(self, "_" + name.replace("-", "_"), None)
        if name not in CALLS or method is None or self.policy is None:
            raise Refusal("bad-call", f"there is no call '{name}': {', '.join(CALLS)}")
        self.policy._begin(sign)
        try:
            result: Dict[str, Any] = method(self.policy, call)
            return result
        finally:
            self.policy._sign = None

    def _hello(self, call: Dict[str, Any], sign: Callable[[Optional[float]], None]) -> Dict[str, Any]:
        if self.token and not hmac.compare_digest(str(call.get("token") or ""), self.token):
            raise Refusal("bad-token", "the token is not the one that this policy was started with")
        versions = call.get("versions") or [call.get("protocol", 1)]
        if VERSION not in versions:
            raise Refusal("bad-version", f"this worker speaks version {VERSION} of the messages, the caller {versions}")
        if self.policy is None or self.session is None or self.session != call.get("session"):
            policy = self.make()
            lacking = missing(policy)
            if lacking:
                raise Refusal("incomplete", f"{type(policy).__name__} lacks {', '.join(lacking)}")
            policy._begin(sign)
            policy.start(int(call.get("seed", 0)))
            policy._sign = None
            self.policy, self.session = policy, str(call.get("session"))
            self.copies, self.answers, self.spoilt = {}, OrderedDict(), None
            self.instances += 1
        self.is_greeted = True
        return {
            "protocol": VERSION,
            "name": self.policy.name or type(self.policy).__name__,
            "instance": self.base + self.instances,
            "capabilities": self.policy.described(),
        }

    def _from(self, policy: Policy, call: Dict[str, Any], work: Callable[[], Any]) -> Any:
        number = call.get("policy", 0)
        if number == 0:
            return work()
        if number not in self.copies:
            raise Refusal("bad-call", f"there is no copy {number}: {len(self.copies)} were made")
        with policy.using(self.copies[number]):
            return work()

    def _sample(self, policy: Policy, call: Dict[str, Any]) -> Dict[str, Any]:
        sampling = Sampling(float(call["temperature"]), float(call["top_p"]), int(call["maximum_tokens"]))
        requests = [Request(Prompt.of(r["prompt"]), int(r["count"]), int(r["seed"])) for r in call["requests"]]
        groups = self._from(policy, call, lambda: policy.sample(requests, sampling)) if requests else []
        counts = [len(group) for group in groups]
        if counts != [request.count for request in requests]:
            raise Refusal("backend", f"sample gave {counts} completions where {[r.count for r in requests]} were asked for")
        return {
            "completions": [
                [_written(completion, f"completions[{row}][{number}]", policy.vocabulary) for number, completion in enumerate(group)]
                for row, group in enumerate(groups)
            ]
        }

    def _outputs(self, policy: Policy, call: Dict[str, Any]) -> Dict[str, Any]:
        temperature = float(call["temperature"])
        if not temperature > 0:
            raise Refusal("bad-call", f"outputs at temperature {temperature}: it is above 0")
        completions = [
            _tokens(tokens, f"completions[{row}]", policy.vocabulary, "bad-completion") for row, tokens in enumerate(call["completions"])
        ]
        batch = Batch([Prompt.of(p) for p in call["prompts"]], completions, list(call["prompt_indices"]), temperature)
        outputs: Outputs = self._from(policy, call, lambda: policy.outputs(batch, bool(call.get("keep"))))
        said = {"log_probabilities": pack(outputs.log_probabilities, "'outputs' gives log_probabilities")}
        if outputs.entropies is not None:
            said["entropies"] = pack(outputs.entropies, "'outputs' gives entropies")
        if outputs.values is not None:
            said["values"] = pack(outputs.values, "'outputs' gives values")
        return said

    def _backward(self, policy: Policy, call: Dict[str, Any]) -> Dict[str, Any]:
        cotangents = Cotangents(unpack(call["log_probabilities"]), unpack(call.get("entropies")), unpack(call.get("values")))
        for name in ["log_probabilities", "entropies", "values"]:
            for place, number in enumerate(getattr(cotangents, name)):
                if not math.isfinite(number):
                    # The gradient would be none either; what is in it stays until it is discarded.
                    self.spoilt = f"the loss's derivative by {name}[{place}] is {number}, so the gradient is not finite"
                    return {}
        policy.backward(cotangents)
        return {}

    def _apply(self, policy: Policy, call: Dict[str, Any]) -> Dict[str, Any]:
        if self.spoilt is not None:
            raise Refusal("non-finite", self.spoilt)
        norm = policy.apply(float(call["learning_rate"]), float(call["maximum_norm"]))
        if not policy.capabilities.norm:
            return {}
        if norm is None:
            raise Refusal("backend", "'apply' gives norm None: return the gradient's norm before clipping, or say Capabilities(norm=False)")
        if not math.isfinite(norm):
            raise Refusal(
                "non-finite", f"'apply' gives norm {float(norm)}: refuse a gradient that is not finite before anything moves, "
                'raise takt_rl.Refusal("non-finite", …)')
        return {"norm": float(norm)}

    def _discard(self, policy: Policy, call: Dict[str, Any]) -> Dict[str, Any]:
        policy.discard()
        self.spoilt = None
        return {}

    def _nudge(self, policy: Policy, call: Dict[str, Any]) -> Dict[str, Any]:
        if type(policy).nudge is Policy.nudge:
            raise Refusal("bad-call", "this policy has no nudge")
        policy.nudge(float(call["step"]))
        return {}

    def _freeze(self, policy: Policy, call: Dict[str, Any]) -> Dict[str, Any]:
        number = len(self.copies) + 1
        self.copies[number] = policy.freeze()
        return {"policy": number}

    def _tokens(self, policy: Policy, call: Dict[str, Any]) -> Dict[str, Any]:
        if type(policy).tokens is Policy.tokens:
            raise Refusal("bad-call", "this policy cannot write a reference answer as tokens")
        return {"tokens": _tokens(policy.tokens(str(call["text"])), "'tokens' gives tokens", policy.vocabulary, "backend")}

    def _checkpoint(self, policy: Policy, call: Dict[str, Any]) -> Dict[str, Any]:
        policy.save(call["folder"])
        write_manifest(call["folder"])
        return {}

    def _restore(self, policy: Policy, call: Dict[str, Any]) -> Dict[str, Any]:
        try:
            read_manifest(call["folder"], verify=False)
        except Damaged as error:
            raise Refusal("bad-checkpoint", str(error)) from None
        policy.load(call["folder"])
        policy.discard()
        self.spoilt = None
        return {}


CALLS: List[str] = ["hello", "sample", "outputs", "backward", "apply", "discard", "nudge", "freeze", "tokens", "checkpoint", "restore"]


def _tokens(tokens: Any, name: str, vocabulary: Optional[int], code: str) -> List[int]:
    """Tokens as whole numbers; refuses, by place, what is none and what lies outside the vocabulary."""
    try:
        numbers = [operator.index(token) for token in (tokens.tolist() if hasattr(tokens, "tolist") else tokens)]
    except TypeError as error:
        raise Refusal(code, f"{name} is no list of whole numbers: {error}") from None
    for place, number in enumerate(numbers):
        if number < 0 or (vocabulary is not None and number >= vocabulary):
            known = "0 or more" if vocabulary is None else f"0…{vocabulary - 1}"
            raise Refusal(code, f"{name}[{place}] is {number}: tokens are {known}")
    return numbers


def _written(completion: Completion, name: str, vocabulary: Optional[int]) -> Dict[str, Any]:
    name = f"'sample' gives {name}"
    said: Dict[str, Any] = {
        "tokens": _tokens(completion.tokens, f"{name}.tokens", vocabulary, "backend"),
        "log_probabilities": pack(completion.log_probabilities, f"{name}.log_probabilities"),
        "text": completion.text,
        "truncated": bool(completion.truncated),
    }
    if completion.text_offsets is not None:
        said["text_offsets"] = [int(offset) for offset in completion.text_offsets]
    if completion.values is not None:
        said["values"] = pack(completion.values, f"{name}.values")
    return said
