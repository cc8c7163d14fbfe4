from typing import Any

import msgspec
import pytest
from litestar import Litestar

from groundplan_backend.errors import Conflict, StepUpRequired
from groundplan_backend.http import reply
from groundplan_backend.http.caller import Caller, Guard
from groundplan_backend.http.exchange import Exchange
from groundplan_backend.http.operation import handlers_of, operation
from groundplan_backend.http.routing import error_handlers, route_handlers
from groundplan_backend.settings import Secret
from groundplan_contracts.identity import Role


class _Body(msgspec.Struct):
    name: str


class _Controller:
    @operation("GET", "/things/{thing:uuid}", "read", role=Role.VIEWER)
    async def read(self, exchange: Exchange, thing: Any) -> reply.Reply:
        """Read."""
        return reply.json(str(thing))

    @operation("POST", "/things", "create", body=_Body, body_required=False)
    async def create(self, exchange: Exchange, body: _Body | None) -> reply.Reply:
        """Create."""
        return reply.json(body)

    @operation("GET", "/things", "list")
    async def refuse(self, exchange: Exchange) -> reply.Reply:
        """Refuse."""
        raise Conflict("not now")

    @operation("GET", "/broken", "break")
    async def broken(self, exchange: Exchange) -> reply.Reply:
        """Break."""
        raise RuntimeError("secret detail")

    @operation("GET", "/plans", "scoped", role=Role.VIEWER, scope="delivery")
    async def plans(self, exchange: Exchange) -> reply.Reply:
        """Read plans."""
        return reply.json("plans")

    @operation("POST", "/plans", "scoped", role=Role.VIEWER, scope="delivery")
    async def plan(self, exchange: Exchange) -> reply.Reply:
        """Plan."""
        return reply.json("planned")

    @operation("DELETE", "/plans", "dangerous", role=Role.VIEWER, scope="delivery", step_up=True)
    async def drop(self, exchange: Exchange) -> reply.Reply:
        """Drop."""
        return reply.json("dropped")


async def _only_fresh(caller: Caller) -> None:
    if caller.session != "fresh":
        raise StepUpRequired("prove it")


@pytest.fixture(scope="module")
def application() -> Any:
    """A Litestar application of the controller above."""
    controllers = [_Controller()]
    declared = [one for one, _ in handlers_of(_Controller)]
    return Litestar(
        route_handlers(controllers, Guard(Secret("key")), _only_fresh),
        exception_handlers=error_handlers(declared),
        openapi_config=None,
        logging_config=None,
    )


async def _ask(
    application: Any, method: str, path: str, body: bytes = b"", **headers: str
) -> tuple[int, dict[str, str], Any]:
    messages: list[Any] = []

    async def receive() -> Any:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Any) -> None:
        messages.append(message)

    given = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope: dict[str, Any] = {
        "type": "http", "method": method, "path": path, "query_string": b"", "headers": given,
        "root_path": "", "http_version": "1.1", "scheme": "http",
    }  # fmt: skip
    scope["exchange"] = Exchange(scope, receive)
    await application(scope, receive, send)
    answered = {name.decode(): value.decode() for name, value in messages[0]["headers"]}
    raw = messages[1]["body"]
    return messages[0]["status"], answered, msgspec.json.decode(raw) if raw else None


async def test_a_body_may_be_left_out_where_it_is_optional(application: Any) -> None:
    """The handler then gets None."""
    assert (200, None) == (await _ask(application, "POST", "/things"))[::2]
    asked = await _ask(
        application, "POST", "/things", b'{"name":"a"}', content_type="application/json"
    )
    assert {"name": "a"} == asked[2]


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/things", 409, "conflict"),
        ("GET", "/nothing", 404, "not_found"),
        ("GET", "/things/not-a-uuid", 404, "not_found"),
        ("PUT", "/things", 405, "method_not_allowed"),
        ("GET", "/things/3d0ca315-aff9-4fc2-be61-3b76b9a2d798", 401, "unauthenticated"),
    ],
)
async def test_everything_that_goes_wrong_is_a_problem(
    application: Any, method: str, path: str, status: int, code: str
) -> None:
    """Errors of ours and of Litestar have one form."""
    answered, headers, body = await _ask(application, method, path)
    assert (status, code) == (answered, body["code"])
    assert "application/problem+json" == headers["content-type"]


async def test_a_fault_of_ours_tells_nothing(application: Any) -> None:
    """The caller gets an id; the detail is in the log."""
    status, _, body = await _ask(application, "GET", "/broken")
    assert (500, "internal_error") == (status, body["code"])
    assert "secret" not in str(body)


@pytest.mark.parametrize("method", ["OPTIONS", "DELETE"])
async def test_allow_names_every_method_of_a_path(application: Any, method: str) -> None:
    """Asked or refused, the answer is the same list."""
    _, headers, _ = await _ask(application, method, "/things")
    assert "GET, OPTIONS, POST" == headers["allow"]


async def test_a_handler_gets_the_path_by_type(application: Any) -> None:
    """A UUID in the path arrives as a UUID, and the guard has let the caller in."""
    thing = "3d0ca315-aff9-4fc2-be61-3b76b9a2d798"
    status, _, body = await _ask(
        application, "GET", f"/things/{thing}", x_groundplan_gateway="key",
        x_groundplan_subject="ada", x_groundplan_role="viewer", x_groundplan_session="s",
    )  # fmt: skip
    assert (200, thing) == (status, body)


def _caller(session: str, **more: str) -> dict[str, str]:
    given = {"gateway": "key", "subject": "ada", "role": "operator", "session": session, **more}
    return {f"x_groundplan_{name}": value for name, value in given.items()}


@pytest.mark.parametrize(
    ("method", "path", "scope", "status"),
    [
        ("GET", "/plans", "delivery:read", 200),
        ("GET", "/plans", "catalog:read delivery:read", 200),
        ("POST", "/plans", "delivery:write", 200),
        ("GET", "/plans", "delivery:write", 403),
        ("POST", "/plans", "delivery:read", 403),
        ("GET", "/plans", "", 403),
        ("GET", "/plans", "delivery", 403),
        ("DELETE", "/plans", "delivery:write", 403),
        ("GET", "/things/3d0ca315-aff9-4fc2-be61-3b76b9a2d798", "delivery:read", 403),
    ],
)
async def test_a_token_does_what_its_scope_says(
    application: Any, method: str, path: str, scope: str, status: int
) -> None:
    """Nothing without a scope is open to it, nor anything that needs a step-up."""
    asked = await _ask(application, method, path, **_caller("token_1", scope=scope))
    assert status == asked[0]
    assert status == 200 or asked[2]["code"] == "insufficient_scope"


@pytest.mark.parametrize(("session", "status"), [("fresh", 200), ("old", 403)])
async def test_what_is_dangerous_needs_a_fresh_session(
    application: Any, session: str, status: int
) -> None:
    """Whoever answers for step-up is asked before the handler; a person has no scope."""
    asked = await _ask(application, "DELETE", "/plans", **_caller(session))
    assert status == asked[0]
    assert 200 == (await _ask(application, "GET", "/plans", **_caller(session)))[0]


def test_nobody_forgets_who_answers_for_step_up() -> None:
    """Without one the application does not start, rather than let everybody in."""
    with pytest.raises(AssertionError):
        route_handlers([_Controller()], Guard(Secret("key")))
