"""Role x route x owner, cell by cell: who may do what, asked of the running backend.

One row an operation, written by hand; what is declared must agree with it, and an operation
without a row fails. Columns: the least role, the scope of API tokens, whose things it is about,
and whether a fresh proof is needed. Whose: `all` may name anything that the role may see; `own`
cannot name another's; `mine` names things by id and finds only the caller's.
"""

import re
import uuid
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from groundplan_backend.app import PUBLISHED
from groundplan_backend.http.operation import Operation, handlers_of
from groundplan_contracts.identity import SCOPES, Role

MATRIX = """
sign_in                            everybody      -          own
refresh                            everybody      -          own
sign_out                           viewer         -          own
sign_out_everywhere                viewer         -          own
read_me                            viewer         -          own
list_sessions                      viewer         -          own
delete_session                     viewer         -          mine
read_keys                          everybody      -          all
sign_in_with_code                  everybody      -          own
sign_in_with_recovery_code         everybody      -          own
sign_in_with_passkey               everybody      -          own
begin_code_generator_in_sign_in    everybody      -          own
confirm_code_generator_in_sign_in  everybody      -          own
begin_passkey_in_sign_in           everybody      -          own
confirm_passkey_in_sign_in         everybody      -          own
list_factors                       viewer         -          own
begin_code_generator               viewer         -          own   proven
confirm_code_generator             viewer         -          own
begin_passkey                      viewer         -          own   proven
confirm_passkey                    viewer         -          own
renew_recovery_codes               viewer         -          own   proven
rename_factor                      viewer         -          mine
delete_factor                      viewer         -          mine  proven
reset_factors                      administrator  -          all   proven
begin_step_up                      viewer         -          own
step_up                            viewer         -          own
list_users                         administrator  -          all
create_user                        administrator  -          all   proven
read_user                          administrator  -          all
update_user                        administrator  -          all   proven
delete_user                        administrator  -          all   proven
change_password                    viewer         -          own
request_password_reset             everybody      -          own
reset_password                     everybody      -          own
delete_other_sessions              viewer         -          own
list_user_sessions                 administrator  -          all
delete_user_sessions               administrator  -          all
delete_user_session                administrator  -          all
list_invitations                   administrator  -          all
create_invitation                  administrator  -          all   proven
send_invitation                    administrator  -          all   proven
revoke_invitation                  administrator  -          all
accept_invitation                  everybody      -          own
list_service_identities            administrator  -          all
create_service_identity            administrator  -          all   proven
read_service_identity              administrator  -          all
delete_service_identity            administrator  -          all   proven
list_tokens                        viewer         -          own
create_token                       viewer         -          own   proven
revoke_token                       viewer         -          mine
list_user_tokens                   administrator  -          all
revoke_user_token                  administrator  -          all
list_service_tokens                administrator  -          all
create_service_token               administrator  -          all   proven
revoke_service_token               administrator  -          all
read_provider                      everybody      -          all
start_oidc                         everybody      -          own
finish_oidc                        everybody      -          own
list_oidc_links                    viewer         -          own
link_oidc                          viewer         -          own   proven
unlink_oidc                        viewer         -          own   proven
list_mails                         administrator  -          all
read_platform                      viewer         catalog    all
list_environments                  viewer         catalog    all
list_bills                         viewer         catalog    all
read_state                         viewer         catalog    all
list_services                      viewer         catalog    all
read_service                       viewer         catalog    all
list_annotations                   viewer         catalog    all
create_annotation                  operator       -          all
read_annotation                    viewer         catalog    all
update_annotation                  operator       -          all
delete_annotation                  operator       -          all
create_upload                      operator       artifacts  all
read_upload                        operator       artifacts  all
send_part                          operator       artifacts  all
link_parts                         operator       artifacts  all
complete_upload                    operator       artifacts  all
abandon_upload                     operator       artifacts  all
list_artifacts                     viewer         artifacts  all
read_artifact                      viewer         artifacts  all
keep_artifact                      operator       artifacts  all
delete_artifact                    operator       artifacts  all
fetch_artifact                     viewer         artifacts  all
link_artifact                      operator       artifacts  all
fetch_shared                       everybody      -          all
list_releases                      viewer         delivery   all
create_release                     operator       delivery   all
read_release                       viewer         delivery   all
list_delivery_environments         viewer         delivery   all
list_deployments                   viewer         delivery   all
create_deployment                  operator       delivery   all
read_deployment                    viewer         delivery   all
list_deployment_events             viewer         delivery   all
approve_deployment                 operator       -          all   proven
roll_back_deployment               operator       delivery   all
attach_artifact                    operator       delivery   all
take_work                          operator       delivery   all
renew_lease                        operator       delivery   all
report_transition                  operator       delivery   all
report_progress                    operator       delivery   all
follow_events                      viewer         delivery   all
list_webhooks                      administrator  -          all
create_webhook                     administrator  -          all
read_webhook                       administrator  -          all
update_webhook                     administrator  -          all
delete_webhook                     administrator  -          all
list_webhook_deliveries            administrator  -          all
resend_webhook_delivery            administrator  -          all
ping_webhook                       administrator  -          all
list_audit_events                  administrator  audit      all
read_audit_event                   administrator  audit      all
list_audit_actions                 administrator  audit      all
export_audit_events                administrator  audit      all
read_audit_verification            administrator  audit      all
begin_audit_verification           administrator  -          all
read_overview                      viewer         -          all
list_charts                        viewer         -          all
read_chart                         viewer         -          all
read_expression                    operator       -          all
list_objectives                    viewer         -          all
list_alerts                        viewer         -          all
list_traces                        viewer         -          all
read_trace                         viewer         -          all
list_traced_services               viewer         -          all
read_service_graph                 viewer         -          all
list_logs                          viewer         -          all
follow_logs                        viewer         -          all
read_telemetry_state               viewer         -          all
list_runbooks                      viewer         -          all
read_runbook                       viewer         -          all
list_incidents                     viewer         -          all
read_incident                      viewer         -          all
acknowledge_incident               operator       -          all
note_incident                      operator       -          all
resolve_incident                   operator       -          all
export_incident                    viewer         -          all
list_channels                      administrator  -          all
create_channel                     administrator  -          all
read_channel                       administrator  -          all
update_channel                     administrator  -          all
delete_channel                     administrator  -          all
test_channel                       administrator  -          all
receive_alerts                     everybody      -          all
"""
_KEPT_OUT = {"unauthenticated", "forbidden", "insufficient_scope", "step_up_required"}
_PARAMETER = re.compile(r"\{\w+:(\w+)\}")
_EXAMPLES = {"uuid": str(uuid.UUID(int=7)), "str": "backend", "int": "1"}


@dataclass(frozen=True)
class Row:
    """What the matrix says of one operation."""

    least: Role | None
    scope: str | None
    whose: str
    proven: bool


def _rows() -> dict[str, Row]:
    found = {}
    for line in MATRIX.strip().splitlines():
        name, least, scope, whose, *proven = line.split()
        role = None if least == "everybody" else Role.parse(least)
        found[name] = Row(role, None if scope == "-" else scope, whose, proven == ["proven"])
    return found


ROWS = _rows()
DECLARED: dict[str, Operation] = {
    handler.__name__: operation
    for controller in PUBLISHED
    for operation, handler in handlers_of(controller)
}
COVERED = sorted(ROWS.keys() & DECLARED.keys())


def test_every_operation_has_its_row() -> None:
    """A route that nobody has thought about does not pass, nor a row of a route that is gone."""
    assert set(ROWS) == set(DECLARED)
    assert len(ROWS) == len(MATRIX.strip().splitlines())


def test_a_row_too_few_is_found() -> None:
    """The check above can fail: without one row the sets differ."""
    assert set(ROWS) - {"sign_in"} != set(DECLARED)


@pytest.mark.parametrize("name", COVERED)
def test_what_is_declared_is_what_the_row_says(name: str) -> None:
    """Nobody changes a role, a scope or a proof in one place only."""
    declared, row = DECLARED[name], ROWS[name]
    assert (row.least, row.scope, row.proven) == (
        declared.role,
        declared.scope,
        declared.step_up,
    )


@pytest.fixture(scope="module")
def proven(replica: Any) -> dict[Role, dict[str, str]]:
    """The headers of a user of each role who has just signed in."""
    return {role: replica.signed_in(f"{role.word}@groundplan.example") for role in Role}


@pytest.fixture(scope="module")
def client(replica: Any) -> Iterator[httpx.Client]:
    """One client for all cells."""
    with replica.client() as made:
        yield made


def _code(client: httpx.Client, name: str, headers: dict[str, str]) -> str:
    """Ask without a body, so that nobody who is let in does anything; return the outcome."""
    operation = DECLARED[name]
    path = _PARAMETER.sub(lambda found: _EXAMPLES[found[1]], operation.path)
    with client.stream(operation.method, path, headers=headers) as answer:
        client.cookies.clear()
        if answer.headers.get("content-type") != "application/problem+json":
            return str(answer.status_code)
        answer.read()
        return str(answer.json()["code"])


@pytest.mark.parametrize("name", COVERED)
def test_who_is_nobody_gets_nowhere(client: httpx.Client, replica: Any, name: str) -> None:
    """Without the gateway's word a caller is nobody, whatever he says of himself."""
    someone = replica.as_caller("administrator", str(uuid.uuid4()))
    forged = {**someone, "x-groundplan-gateway": "0" * 64}
    half = {word: value for word, value in someone.items() if word != "x-groundplan-session"}
    lost = {**someone, "x-groundplan-session": "token_1"}
    odd = {**someone, "x-groundplan-scope": " ".join(SCOPES)}
    codes = [_code(client, name, headers) for headers in ({}, forged, half, lost, odd)]
    if ROWS[name].least is None:
        assert "unauthenticated" not in codes
    else:
        assert ["unauthenticated"] * 5 == codes


@pytest.mark.parametrize("name", COVERED)
def test_each_role_gets_as_far_as_its_row(
    client: httpx.Client, replica: Any, proven: dict[Role, dict[str, str]], name: str
) -> None:
    """A role below the least is forbidden, one from there on is let in; proof where it is due."""
    row = ROWS[name]
    for role in Role:
        # A write as somebody real would end his sessions, and with them the proof.
        reads = DECLARED[name].method == "GET"
        user = proven[role]["x-groundplan-subject"] if reads else str(uuid.uuid4())
        someone = replica.as_caller(role.word, user)
        code = _code(client, name, proven[role] if row.proven else someone)
        if row.least is not None and role < row.least:
            assert (role, "forbidden") == (role, code)
        else:
            assert (role, code) not in {(role, kept_out) for kept_out in _KEPT_OUT}
        if row.proven and row.least is not None and role >= row.least:
            assert "step_up_required" == _code(client, name, someone)


def _as_token(person: dict[str, str], scope: str) -> dict[str, str]:
    """Return the headers of an API token of somebody."""
    return {**person, "x-groundplan-session": "token_1", "x-groundplan-scope": scope}


@pytest.mark.parametrize("name", [name for name in COVERED if ROWS[name].least])
def test_api_tokens_get_in_by_their_scope_only(
    client: httpx.Client, proven: dict[Role, dict[str, str]], name: str
) -> None:
    """Of all scopes one opens an operation, and none opens what is for people or needs proof."""
    operation, row = DECLARED[name], ROWS[name]
    word = "read" if operation.method == "GET" else "write"
    needed = f"{row.scope}:{word}" if row.scope and not row.proven else None
    others = " ".join(scope for scope in SCOPES if scope != needed)
    for scope in ("", needed or "*", f"{others} {row.scope} {row.scope}:{word}x * :"):
        headers = _as_token(proven[Role.ADMINISTRATOR], scope)
        code = _code(client, name, headers)
        assert (scope == needed) == (code not in _KEPT_OUT), (scope, code)
    if needed and row.least is not Role.VIEWER:
        headers = _as_token(proven[Role.VIEWER], needed)
        assert "forbidden" == _code(client, name, headers)


_MADE = {
    "delete_session": "INSERT INTO session (id, user_id, expires_at, address, agent)"
    " VALUES ($2, $1, now() + interval '1 hour', '', '')",
    "revoke_token": "INSERT INTO api_token (id, user_id, name, scopes, role, kid, expires_at)"
    " VALUES ($2, $1, 'anothers', '{}', 'operator', 'a-key', now() + interval '1 day')",
    "rename_factor": "INSERT INTO factor (id, user_id, kind, name, sealed, counter)"
    " VALUES ($2, $1, 'totp', 'anothers', '', 0)",
}
_MADE["delete_factor"] = _MADE["rename_factor"]


@pytest.fixture
async def owner(stack: Any) -> AsyncIterator[uuid.UUID]:
    """Somebody else, whose things are gone after the test."""
    person = uuid.uuid4()
    await stack.fetch(
        "INSERT INTO users (id, email, password, role) VALUES ($1, $2, '!', 'operator')",
        person,
        f"{person}@groundplan.example",
    )
    yield person
    await stack.fetch("DELETE FROM users WHERE id = $1", person)


_STILL_THERE = {
    "delete_session": "SELECT 1 FROM session WHERE id = $1 AND ended_at IS NULL",
    "revoke_token": "SELECT 1 FROM api_token WHERE id = $1 AND revoked_at IS NULL",
    "rename_factor": "SELECT 1 FROM factor WHERE id = $1 AND name = 'anothers'",
    "delete_factor": "SELECT 1 FROM factor WHERE id = $1",
}


@pytest.mark.parametrize("name", [name for name in COVERED if ROWS[name].whose == "mine"])
async def test_anothers_things_are_not_found(
    stack: Any,
    replica: Any,
    proven: dict[Role, dict[str, str]],
    owner: uuid.UUID,
    name: str,
) -> None:
    """Not even an administrator touches them by the way that is for one's own."""
    thing = uuid.uuid4()
    await stack.fetch(_MADE[name], owner, thing)
    path = _PARAMETER.sub(str(thing), DECLARED[name].path)
    body = {"json": {"name": "stolen"}} if DECLARED[name].body else {}
    for role in (Role.VIEWER, Role.ADMINISTRATOR):
        with replica.client(proven[role]) as client:
            answer = client.request(DECLARED[name].method, path, **body)
        assert (404, "not_found") == (answer.status_code, answer.json()["code"])
    assert await stack.fetch(_STILL_THERE[name], thing)


def test_what_is_ones_own_has_no_name_for_anothers() -> None:
    """A row `own` takes no id: there is nothing to point at somebody else with."""
    named = [name for name in COVERED if ROWS[name].whose == "own" and "{" in DECLARED[name].path]
    assert [] == named
