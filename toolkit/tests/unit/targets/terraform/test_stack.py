"""An environment's names."""

from collections.abc import Callable

from groundplan.formats.hcl import Expression
from groundplan.targets.terraform import stack
from groundplan.targets.terraform.stack import Stack


def test_everything_can_be_told_apart_on_the_bill(stack_with: Callable[..., Stack]) -> None:
    """Tags name platform, environment, owner, and what the file adds."""
    assert {
        "stack": "groundplan-prod",
        "platform": "groundplan",
        "environment": "prod",
        "owner": "platform-team",
        "managed-by": "terraform",
        "cost-center": "platform",
    } == stack_with().tags


def test_every_call_is_told_names_and_tags(stack_with: Callable[..., Stack]) -> None:
    """A call has its source, its name, its values, its tags."""
    call = stack_with().call("edge", {"domain": "a.example"})
    assert ["source", "name", "domain", "tags"] == list(call.attributes)
    assert call.attributes["source"] == "../../../terraform/modules/edge"


def test_outputs_are_expressions() -> None:
    """An output, an entry of one, and the values of one."""
    assert Expression("module.a.b") == stack.of("a", "b")
    assert Expression('module.a.b["c"]') == stack.of("a", "b", "c")
    assert Expression("values(module.a.b)") == stack.values_of("a", "b")
