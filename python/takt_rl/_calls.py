"""Calls as the messages have them, answered by a policy."""

from __future__ import annotations

import hmac
import os
import sys
import traceback
from collections import OrderedDict
from typing import Any, Callable, Dict, List, Optional

from ._checkpoints import Damaged, read_manifest, write_manifest
from ._messages import Batch, Completion, Cotangents, Outputs, Prompt, Refusal, Request, Sampling, pack, unpack
from ._policy import Policy, missing

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
            self.copies, self.answers = {}, OrderedDict()
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
        return {"completions": [[_written(completion) for completion in group] for group in groups]}

    def _outputs(self, policy: Policy, call: Dict[str, Any]) -> Dict[str, Any]:
        temperature = float(call["temperature"])
        if not temperature > 0:
            raise Refusal("bad-call", f"outputs at temperature {temperature}: it is above 0")
        completions = [[int(token) for token in tokens] for tokens in call["completions"]]
        batch = Batch([Prompt.of(p) for p in call["prompts"]], completions, list(call["prompt_indices"]), temperature)
        outputs: Outputs = self._from(policy, call, lambda: policy.outputs(batch, bool(call.get("keep"))))
        said = {"log_probabilities": pack(outputs.log_probabilities)}
        if outputs.entropies is not None:
            said["entropies"] = pack(outputs.entropies)
        if outputs.values is not None:
            said["values"] = pack(outputs.values)
        return said

    def _backward(self, policy: Policy, call: Dict[str, Any]) -> Dict[str, Any]:
        policy.backward(Cotangents(unpack(call["log_probabilities"]), unpack(call.get("entropies")), unpack(call.get("values"))))
        return {}

    def _apply(self, policy: Policy, call: Dict[str, Any]) -> Dict[str, Any]:
        norm = policy.apply(float(call["learning_rate"]), float(call["maximum_norm"]))
        return {"norm": float(norm)} if policy.capabilities.norm else {}

    def _discard(self, policy: Policy, call: Dict[str, Any]) -> Dict[str, Any]:
        policy.discard()
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
        return {"tokens": [int(token) for token in policy.tokens(str(call["text"]))]}

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
        return {}


CALLS: List[str] = ["hello", "sample", "outputs", "backward", "apply", "discard", "nudge", "freeze", "tokens", "checkpoint", "restore"]


def _written(completion: Completion) -> Dict[str, Any]:
    said: Dict[str, Any] = {
        "tokens": [int(token) for token in completion.tokens],
        "log_probabilities": pack(completion.log_probabilities),
        "text": completion.text,
        "truncated": bool(completion.truncated),
    }
    if completion.text_offsets is not None:
        said["text_offsets"] = [int(offset) for offset in completion.text_offsets]
    if completion.values is not None:
        said["values"] = pack(completion.values)
    return said
