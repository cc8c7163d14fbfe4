"""The gateway's policy and the backend's declared operations say the same of who may call.

The backend decides each operation by its own role (its matrix is tested beside it); here the rule
that the gateway finds for the path is held against that, as rendered for every environment.
"""

import re
from pathlib import Path

import pytest

from groundplan_backend.app import PUBLISHED
from groundplan_backend.http.operation import Operation, handlers_of
from groundplan_contracts.identity import Role
from groundplan_gateway import decide, policy
from groundplan_gateway.token import Claims

ROOT = Path(__file__).resolve().parents[2]
POLICIES = sorted(ROOT.glob("generated/*/gateway/**/policy.json"))
EXAMPLES = {"uuid": "00000000-0000-4000-8000-000000000007", "str": "backend", "int": "1"}
OPERATIONS: dict[str, Operation] = {
    handler.__name__: operation
    for controller in PUBLISHED
    for operation, handler in handlers_of(controller)
}


def example(operation: Operation) -> str:
    """Return a path that the operation answers."""
    return re.sub(r"\{\w+:(\w+)\}", lambda found: EXAMPLES[found[1]], operation.path)


def refusal(rules: policy.Policy, operation: Operation, role: Role | None) -> str:
    """Return the code with which the gateway refuses a caller, or nothing."""
    claims = None if role is None else Claims("somebody", "a-session", role)
    asked = decide.question(rules.find(example(operation)), operation.method, claims, "192.0.2.1")
    return asked.problem.code if isinstance(asked, decide.Denied) else ""


def disagreements(rules: policy.Policy, operations: dict[str, Operation]) -> list[str]:
    """Return each cell in which the gateway keeps out who may call, or lets nobody in."""
    found = []
    for name, operation in operations.items():
        if operation.role is None:
            found += [name for role in (None, *Role) if refusal(rules, operation, role)]
            continue
        if refusal(rules, operation, None) != "unauthenticated":
            found.append(f"{name}: open to nobody in particular")
        kept_out = [r for r in Role if r >= operation.role and refusal(rules, operation, r)]
        found += [f"{name}: closed to a {role.word}" for role in kept_out]
    return found


@pytest.mark.parametrize("file", POLICIES, ids=lambda file: str(file.relative_to(ROOT)))
def test_the_gateway_lets_in_whom_the_backend_lets_in(file: Path) -> None:
    """Every operation is reachable by each role that it is for, and by nobody without one."""
    assert [] == disagreements(policy.parse(file.read_bytes()), OPERATIONS)


@pytest.mark.parametrize("file", POLICIES, ids=lambda file: str(file.relative_to(ROOT)))
def test_what_is_for_administrators_is_closed_at_the_gateway_too(file: Path) -> None:
    """Of accounts, mails and the audit record the gateway lets nobody else near."""
    rules = policy.parse(file.read_bytes())
    open_ = [
        name
        for name, operation in OPERATIONS.items()
        if operation.role is Role.ADMINISTRATOR
        and not refusal(rules, operation, Role.OPERATOR)
        and "/identity/" in operation.path + "/"
    ]
    assert [] == open_


def test_there_are_policies() -> None:
    """One machine's policy and the clusters' are rendered and looked at."""
    assert {"dev", "local", "prod"} == {file.relative_to(ROOT).parts[1] for file in POLICIES}


def test_a_missing_rule_is_found() -> None:
    """The check can fail: a policy that knows one path keeps people out of all others."""
    limits = policy.LocalLimit(1, 1.0)
    only = policy.Rule("r", "backend", "/api/v1/identity/jwks", "prefix", "none")
    found = disagreements(policy.Policy([only], limits), OPERATIONS)
    assert "list_users: closed to a administrator" in found
    assert "read_keys" not in found
