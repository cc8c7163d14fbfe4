from typing import Any

import pytest

from groundplan_backend.http.operation import Method, Operation, handlers_of, operation


class _Controller:
    @operation("GET", "/second", "the name does not order")
    async def b(self, exchange: Any) -> Any:
        """Second by name, first by place."""
        return "b"

    @operation("GET", "/first", "the place does")
    async def a(self, exchange: Any) -> Any:
        """First by name."""
        return "a"

    async def not_declared(self) -> None:
        """No operation."""


def test_handlers_come_in_order_of_writing() -> None:
    """The document reads as the controller does; other methods are no handlers."""
    paths = ["/second", "/first"]
    assert paths == [declared.path for declared, _ in handlers_of(_Controller)]
    assert paths == [declared.path for declared, _ in handlers_of(_Controller())]


@pytest.mark.parametrize(
    ("method", "scope", "needed"),
    [
        ("GET", "delivery", "delivery:read"),
        ("POST", "delivery", "delivery:write"),
        ("DELETE", "artifacts", "artifacts:write"),
        ("GET", None, None),
    ],
)
def test_a_token_needs_the_scope_of_reading_or_writing(
    method: Method, scope: str | None, needed: str | None
) -> None:
    """Without a scope the operation is closed to tokens."""
    declared = Operation(method=method, path="/", summary="", scope=scope)
    assert needed == declared.needed_scope


async def test_handlers_of_an_instance_can_be_called() -> None:
    """They are bound to it."""
    _, handler = handlers_of(_Controller())[0]
    assert "b" == await handler(None)
