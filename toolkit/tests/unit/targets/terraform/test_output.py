"""What the root tells."""

from collections.abc import Callable

from groundplan.targets.terraform import output
from groundplan.targets.terraform.stack import Stack


def test_outputs_tell_what_comes_next_and_no_secret(stack_with: Callable[..., Stack]) -> None:
    """Every output has a description; the database's secret is named, not shown."""
    blocks = output.blocks(stack_with())
    assert all(block.attributes["description"] for block in blocks)
    names = {block.labels[0] for block in blocks}
    assert {"cluster_access", "repository_urls", "database_secret_arn"} <= names
    assert not {name for name in names if "password" in name}


def test_workflows_are_told_their_roles(stack_with: Callable[..., Stack]) -> None:
    """Four roles where the file names a repository, none where it does not."""
    roles = {"push_role_arn", "plan_role_arn", "apply_role_arn", "deploy_role_arn"}
    asked = output.blocks(stack_with("delivery: {repository: shop/shop}"))
    assert roles <= {block.labels[0] for block in asked}
    assert not roles & {block.labels[0] for block in output.blocks(stack_with())}


def test_jobs_are_told_the_bucket_of_copies(stack_with: Callable[..., Stack]) -> None:
    """Where the file has one."""
    names = [
        {block.labels[0] for block in output.blocks(stack)}
        for stack in (stack_with(), stack_with("storage: {buckets: {backups: null}}"))
    ]
    assert [True, False] == ["backups_bucket_name" in each for each in names]
