"""How an operation becomes part of moto, and the record of which ones did.

Four decorators: `operation` adds one that moto lacks or replaces one that it half answers,
`completed` lets moto answer and then completes its answer, `corrected` changes a method of one
of moto's classes and `computed` an attribute. All of them note service and operation in
`REGISTERED`, which a test holds against the declared list. They set attributes of moto's
classes: it finds operations by looking up methods there, and offers no other place for one.
"""

import functools
import importlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from moto.core.exceptions import ServiceException
from moto.core.responses import ActionResult
from moto.core.utils import camelcase_to_underscores, get_service_model

from groundplan.cloud.simulator.store import STORE, Row, Table

REGISTERED: set[tuple[str, str]] = set()
"""Service and operation of everything that is ours, as AWS names them."""


class Refused(ServiceException):  # type: ignore[misc]
    """An error as AWS answers it: its code and its message."""


@dataclass(frozen=True, slots=True)
class Call:
    """One request: who asks, where, and with what; parameters have the names AWS gives them."""

    response: Any
    """moto's handler of this request, through which its own backends are reached."""
    parameters: Mapping[str, Any]

    @property
    def account(self) -> str:
        """Twelve digits."""
        return str(self.response.current_account)

    @property
    def region(self) -> str:
        """A region such as us-east-1."""
        return str(self.response.region)

    def table(self, kind: str) -> Table:
        """Return our rows of a kind in this account and region."""
        return STORE.table(self.account, self.region, kind)

    def found(self, kind: str, *key: str, code: str, message: str) -> Row:
        """Return one of our rows.

        Raises:
            Refused: there is none.
        """
        row = self.table(kind).get(key)
        if row is None:
            raise Refused(code, message)
        return row

    def arn(self, service: str, rest: str) -> str:
        """Return the name of something in this account and region."""
        return f"arn:{self.response.partition}:{service}:{self.region}:{self.account}:{rest}"


Handler = Callable[[Call], Mapping[str, Any] | None]
Completion = Callable[[Call, Any], None]


Ours = TypeVar("Ours", bound=Handler)


def operation(response: Any, *names: str) -> Callable[[Ours], Ours]:
    """Answer operations of a service by a function; None answers with an empty body."""

    def decorate(handler: Ours) -> Ours:
        for name in names:
            _put(response, name, _answering(name, handler))
        return handler

    return decorate


def _answering(name: str, handler: Handler) -> Callable[[Any], Any]:
    """Return the method of an operation; a repeated request gets its first answer again."""

    def method(self: Any) -> Any:
        call = _call(self)
        token = call.parameters.get("clientRequestToken")
        if token is None:
            return ActionResult(handler(call))
        answers = call.table("answer")
        if (name, token) not in answers:
            answers[name, token] = {"answer": handler(call)}
        return ActionResult(answers[name, token]["answer"])

    return method


def completed(response: Any, *names: str) -> Callable[[Completion], Completion]:
    """Let a function complete, in place, the result that moto is about to answer with."""

    def decorate(completion: Completion) -> Completion:
        for name in names:
            original = getattr(response, camelcase_to_underscores(name))
            _put(response, name, _completing(original, completion))
        return completion

    return decorate


def _completing(original: Callable[[Any], Any], completion: Completion) -> Callable[[Any], Any]:
    def method(self: Any) -> Any:
        call = _call(self)
        answer = original(self)
        if not isinstance(answer, str):
            completion(call, answer.result)
            return answer
        result = json.loads(answer or "{}")
        completion(call, result)
        return json.dumps(result)

    return method


def corrected(
    model: Any, method: str, service: str, *names: str
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Put a function in the place of a model's method; it gets the method as first argument."""

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        original: Callable[..., Any] = getattr(model, method)

        @functools.wraps(original)
        def replaced(*args: Any, **kwargs: Any) -> Any:
            return function(original, *args, **kwargs)

        setattr(model, method, replaced)
        REGISTERED.update((service, name) for name in names)
        return function

    return decorate


def computed(
    model: Any, attribute: str, service: str, *names: str
) -> Callable[[Callable[[Any], Any]], Callable[[Any], Any]]:
    """Put a function in the place of a model's computed attribute."""

    def decorate(function: Callable[[Any], Any]) -> Callable[[Any], Any]:
        setattr(model, attribute, property(function))
        REGISTERED.update((service, name) for name in names)
        return function

    return decorate


def _call(response: Any) -> Call:
    if not response.automated_parameter_parsing:
        # _get_action also reads the labels of the path, which the parser needs
        response._get_action()
        response.parse_parameters(response.normalized_request)
    return Call(response, response.params)


def _put(response: Any, name: str, method: Callable[[Any], Any]) -> None:
    service = response().boto3_service_name
    setattr(response, camelcase_to_underscores(name), method)
    REGISTERED.add((service, name))
    model = get_service_model(service)
    if model.metadata["protocol"].startswith("rest"):
        _route(response, model.operation_model(name).http["requestUri"])


def _route(response: Any, uri: str) -> None:
    """Let moto's server pass a path on; which operation it is, moto's router tells."""
    module = importlib.import_module(response.__module__.split(".responses")[0] + ".urls")
    path = re.sub(r"\{([^}+]+)\+?\}", r"(?P<\1>.+)", uri.split("?")[0])
    # moto matches a path that ends in a slash only without it
    module.url_paths.setdefault("{0}" + path.rstrip("/") + "/?$", response.dispatch)
