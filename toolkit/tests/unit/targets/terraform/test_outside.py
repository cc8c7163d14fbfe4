"""Users, administrators and workflows."""

from collections.abc import Callable

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
