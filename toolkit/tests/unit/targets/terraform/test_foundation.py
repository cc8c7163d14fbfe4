"""The network, and who may do what in it."""

from collections.abc import Callable
from typing import Any

from groundplan.formats.hcl import Expression
from groundplan.targets.terraform import foundation
from groundplan.targets.terraform.stack import Stack


def calls(stack: Stack) -> dict[str, Any]:
    """Return the values of each call."""
    return {block.labels[0]: block.attributes for block in foundation.blocks(stack)}


def test_subnets_stand_in_zone_order(stack_with: Callable[..., Stack]) -> None:
    """Zones and subnets have the file's order."""
    network = calls(stack_with())["network"]
    assert ["us-east-1a", "us-east-1b", "us-east-1c"] == network["zones"]
    assert ["10.0.52.0/24", "10.0.53.0/24", "10.0.54.0/24"] == network["database_subnets"]


def test_rules_name_their_arrows(stack_with: Callable[..., Stack]) -> None:
    """One rule stands for all arrows of a way, and says which."""
    rules = calls(stack_with())["security"]["rules"]
    assert (
        rules["nodes-nodes-6379"]["description"]
        == "authz to cache, backend to cache, Argo CD to its cache"
    )


def test_a_service_may_do_what_it_calls(stack_with: Callable[..., Stack]) -> None:
    """The backend has the bucket of files; nobody reads a secret, which comes as a file."""
    stack = stack_with("services: {backend: {calls: [database, storage]}}")
    services = calls(stack)["security"]["services"]
    assert [] == [arn for each in services.values() for arn in each["secret_arns"]]
    key = Expression('module.security.kms_key_arns["storage"]')
    assert [key] == services["backend"]["kms_key_arns"]
    bucket = Expression('module.storage.bucket_arns["artifacts"]')
    assert [bucket] == services["backend"]["bucket_arns"]
    assert [] == services["frontend"]["bucket_arns"] + services["frontend"]["kms_key_arns"]


def test_jobs_may_use_the_bucket_of_copies(stack_with: Callable[..., Stack]) -> None:
    """That one and no other; none of them where the file has no such bucket."""
    services = calls(stack_with())["security"]["services"]
    bucket = Expression('module.storage.bucket_arns["backups"]')
    jobs = {"cache-backup", "cache-restore", "cache-restore-check"}
    assert {name: [bucket] for name in jobs} == {
        name: each["bucket_arns"] for name, each in services.items() if name in jobs
    }
    without = stack_with("storage: {buckets: {backups: null}}")
    assert not jobs & set(calls(without)["security"]["services"])


def test_many_arrows_fit_a_description(stack_with: Callable[..., Stack]) -> None:
    """A description stays within what AWS takes."""
    many = "\n".join(
        f"  service-{number}: {{kind: service, run: {{command: [s]}}, calls: [cache]}}"
        for number in range(60)
    )
    rules = calls(stack_with(f"services:\n{many}"))["security"]["rules"]
    assert rules["nodes-nodes-6379"]["description"] == "authz to cache and 62 more calls"
