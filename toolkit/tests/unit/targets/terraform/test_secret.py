"""Secrets that pods find in files, and what controllers may do."""

from collections.abc import Callable
from typing import Any

from groundplan.formats.hcl import Expression
from groundplan.targets.terraform import secret
from groundplan.targets.terraform.stack import Stack


def calls(stack: Stack) -> dict[str, Any]:
    """Return the values of each call."""
    return {block.labels[0]: block.attributes for block in secret.blocks(stack)}


def test_every_secret_of_the_pods_is_drawn(stack_with: Callable[..., Stack]) -> None:
    """Keys, the cache, the first person, who watches, and a password for each database account."""
    own = "services: {shop: {kind: service, run: {command: [s]}, calls: [database]}}"
    names = set(calls(stack_with(own))["secrets"]["secrets"])
    shared = {"gateway-key", "key-encryption-key", "cache-password", "administrator"}
    watching = {"telemetry-key", "alerts-key", "pager-url", "database/exporter"}
    assert shared | watching | {"database/backend", "database/shop"} == names


def test_keys_are_hexadecimal(stack_with: Callable[..., Stack]) -> None:
    """A key of 256 bits has 64 digits; passwords are letters and digits."""
    secrets = calls(stack_with())["secrets"]["secrets"]
    assert ("hexadecimal", 64) == (
        secrets["gateway-key"]["alphabet"],
        secrets["gateway-key"]["length"],
    )
    assert "alphabet" not in secrets["cache-password"]


def test_the_first_person_has_an_address_of_the_domain(stack_with: Callable[..., Stack]) -> None:
    """The address is the one that a run on one machine gives."""
    fields = calls(stack_with())["secrets"]["secrets"]["administrator"]["fields"]
    assert {"email": "admin@groundplan.example"} == fields


def test_secrets_go_at_once_only_where_the_file_says_so(stack_with: Callable[..., Stack]) -> None:
    """A deleted secret can be called back for 30 days, unless the file asks for none."""
    kept = calls(stack_with())["secrets"]["recovery_days"]
    thrown = calls(stack_with("security: {secretRecovery: false}"))["secrets"]
    assert (30, 0) == (kept, thrown["recovery_days"])


def test_controllers_read_what_is_the_environment_s(stack_with: Callable[..., Stack]) -> None:
    """The prefix is the secrets' own, and the one other secret is the database's."""
    controllers = calls(stack_with())["controllers"]
    assert Expression("module.secrets.prefix") == controllers["secret_prefix"]
    assert [Expression("module.database.master_secret_arn")] == controllers["secret_arns"]


def test_no_value_stands_in_the_files(stack_with: Callable[..., Stack]) -> None:
    """A secret is described by length and alphabet, never by what it is."""
    for words in calls(stack_with())["secrets"]["secrets"].values():
        assert {"description", "length", "alphabet", "fields"} >= set(words)
        assert "password" not in words.get("fields", {})
