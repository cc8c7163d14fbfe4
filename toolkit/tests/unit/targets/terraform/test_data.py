"""The cluster, the database and the buckets."""

from collections.abc import Callable
from ipaddress import IPv4Network
from typing import Any

from groundplan.model import flow
from groundplan.targets.terraform import data
from groundplan.targets.terraform.stack import Stack


def calls(stack: Stack) -> dict[str, Any]:
    """Return the values of each call."""
    return {block.labels[0]: block.attributes for block in data.blocks(stack)}


def test_node_groups_are_the_file_s(stack_with: Callable[..., Stack]) -> None:
    """Types, capacity and counts arrive."""
    assert calls(stack_with())["cluster"]["node_groups"]["spare"] == {
        "instance_types": ["t3.large", "t3.xlarge"],
        "capacity": "spot",
        "min": 0,
        "desired": 0,
        "max": 10,
    }


def test_sizes_are_in_terraform_s_units(stack_with: Callable[..., Stack]) -> None:
    """Storage is in GiB, time-outs in milliseconds."""
    database = calls(stack_with("database: {storage: 40Gi, statementTimeout: 3s}"))["database"]
    assert (40, 200, 3000) == (
        database["storage_gib"],
        database["max_storage_gib"],
        database["statement_timeout_ms"],
    )


def test_the_logs_bucket_takes_the_logs_of_others(stack_with: Callable[..., Stack]) -> None:
    """It stands beside the other buckets, and knows the evidence's bucket where there is one."""
    storage = calls(stack_with())["storage"]
    assert 400 == storage["logs"]["expire_days"]
    assert ["artifacts", "backups"] == list(storage["buckets"])
    assert ["guards"] == list(storage["log_sources"])
    none = calls(stack_with("security: {guards: {cloudtrail: false, config: false}}"))
    assert {} == none["storage"]["log_sources"]


def test_people_have_the_groups_of_the_platform(stack_with: Callable[..., Stack]) -> None:
    """Whom the file names gets in, in groups that begin with the platform's name."""
    arn = "arn:aws:iam::123456789012:role/watch"
    cluster = calls(stack_with(f'cluster: {{operators: {{watch: "{arn}"}}}}'))["cluster"]
    assert {"watch": arn} == cluster["operator_principal_arns"]
    assert "groundplan" == cluster["group_prefix"]


def test_services_of_the_cluster_have_the_addresses_that_policies_name(
    stack_with: Callable[..., Stack],
) -> None:
    """Pods ask the Kubernetes API at the first of them; EKS would choose by itself."""
    stack = stack_with()
    network = IPv4Network(calls(stack)["cluster"]["service_cidr"])
    assert flow.api_address(stack.platform).subnet_of(network)


def test_controllers_have_pod_identities_beside_the_services(
    stack_with: Callable[..., Stack],
) -> None:
    """Each service has its own, and each controller and each job that calls AWS."""
    identities = calls(stack_with())["cluster"]["pod_identities"]
    controllers = {"aws-load-balancer-controller", "external-dns", "external-secrets"}
    jobs = {"cache-backup", "cache-restore", "cache-restore-check"}
    assert controllers | jobs | {"frontend", "gateway", "authz", "backend"} == set(identities)


def test_only_our_own_images_have_repositories(stack_with: Callable[..., Stack]) -> None:
    """A service that brings an image from elsewhere gets none."""
    stack = stack_with(
        "services:\n"
        "  built: {kind: service, run: {command: [s]}}\n"
        "  brought: {kind: service, run: {command: [s], image: example.com/a@sha256:1}}"
    )
    names = calls(stack)["storage"]["repositories"]
    assert "built" in names
    assert "brought" not in names


def test_accounts_that_images_are_promoted_to_may_pull(stack_with: Callable[..., Stack]) -> None:
    """Nobody else's by default."""
    assert [] == calls(stack_with())["storage"]["puller_account_ids"]
    stack = stack_with('delivery: {pullers: ["210987654321"]}')
    assert ["210987654321"] == calls(stack)["storage"]["puller_account_ids"]
