"""Users, administrators and workflows."""

from collections.abc import Callable

from groundplan.formats.hcl import Expression
from groundplan.targets.kubernetes import access
from groundplan.targets.terraform import outside
from groundplan.targets.terraform.stack import Stack


def test_only_what_is_asked_for(stack_with: Callable[..., Stack]) -> None:
    """The VPN and the delivery come by their switches."""
    assert ["edge"] == [block.labels[0] for block in outside.blocks(stack_with())]
    asked = stack_with("network: {vpn: {enabled: true}}\ndelivery: {repository: shop/shop}")
    assert ["edge", "access", "delivery"] == [block.labels[0] for block in outside.blocks(asked)]


def test_a_state_bucket_that_is_there_is_not_made_again(
    stack_with: Callable[..., Stack],
) -> None:
    """The delivery makes the bucket only where the file names none."""
    made = outside.blocks(stack_with("delivery: {repository: shop/shop}"))[-1].attributes
    named = outside.blocks(
        stack_with("delivery: {repository: shop/shop, stateBucket: shop-state}")
    )[-1].attributes
    assert (True, None) == (made["state_bucket"], made["state_bucket_name"])
    assert (False, "shop-state") == (named["state_bucket"], named["state_bucket_name"])


def test_workflows_of_an_environment_enter_its_cluster_to_read(
    stack_with: Callable[..., Stack],
) -> None:
    """The deploy role sees the platform's namespace, and images wherever they were built."""
    found = outside.blocks(stack_with("delivery: {repository: shop/shop}"))[-1].attributes
    assert ("prod", True) == (found["environment"], found["create_oidc_provider"])
    assert ["groundplan-*/*"] == found["readable_repositories"]
    assert found["cluster"] == {
        "name": Expression("module.cluster.name"),
        "groups": [access.group(stack_with().platform, access.VIEWER)],
        "reads": ["groundplan"],
        "forwards": ["monitoring"],
    }


def test_the_provider_is_made_once_in_an_account(stack_with: Callable[..., Stack]) -> None:
    """Where two environments share an account, the file says which one makes it."""
    stack = stack_with("delivery: {repository: shop/shop, createProvider: false}")
    assert outside.blocks(stack)[-1].attributes["create_oidc_provider"] is False
