"""Invitations from the mail to the first sign-in, against real PostgreSQL and Redis."""

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest

_ALL = "/api/v1/identity/invitations"
_ACCEPT = f"{_ALL}/accept"
_MAILS = "/api/v1/mails"
_LINK = re.compile(r"/invitation#([A-Za-z0-9_-]{43})")


@pytest.fixture(scope="module")
def mailing(stack: Any, replica: Any) -> Any:
    """A replica that writes mails into a folder."""
    return stack.replica(MAIL_FOLDER=str(stack.folder / "mails"), PUBLIC_URL="http://console")


@pytest.fixture
def administrator(mailing: Any) -> Any:
    """A client of the first administrator, who has just signed in."""
    with mailing.client(mailing.signed_in("administrator@groundplan.example")) as client:
        yield client


def _token(client: httpx.Client, email: str, until: Any, but: str = "") -> str:
    """Return the token of the latest mail to an address, other than one that is known."""

    def found() -> str:
        for mail in client.get(_MAILS, params={"limit": "100"}).json()["items"]:
            link = _LINK.search(mail["text"])
            if mail["to"] == email and link and link[1] != but:
                return link[1]
        return ""

    return str(until(found))


def _invite(client: httpx.Client, name: str, role: str = "operator") -> dict[str, Any]:
    answer = client.post(_ALL, json={"email": f"{name}@groundplan.example", "role": role})
    assert 201 == answer.status_code, answer.text
    made: dict[str, Any] = answer.json()
    return made


def _accept(replica: Any, token: str, password: str) -> httpx.Response:
    with replica.client() as client:
        return client.post(_ACCEPT, json={"token": token, "password": password})


def test_who_is_invited_chooses_a_password_and_signs_in(
    mailing: Any, administrator: httpx.Client, password: str, until: Any
) -> None:
    """The link of the mail makes the user, once, with the role that was meant for him."""
    invited = _invite(administrator, "Joan")
    assert ("joan@groundplan.example", "open") == (invited["email"], invited["state"])
    token = _token(administrator, invited["email"], until)
    accepted = _accept(mailing, token, password)
    assert (201, "operator") == (accepted.status_code, accepted.json()["role"])
    assert "operator" == mailing.sign_in(invited["email"])["user"]["role"]
    again = _accept(mailing, token, password)
    assert (410, "mail_link_ended") == (again.status_code, again.json()["code"])
    states = {one["id"]: one["state"] for one in administrator.get(_ALL).json()["items"]}
    assert "accepted" == states[invited["id"]]


def test_of_ten_who_accept_at_once_one_becomes_the_user(
    mailing: Any, administrator: httpx.Client, password: str, until: Any
) -> None:
    """A link works once, in parallel too."""
    token = _token(administrator, _invite(administrator, "twin")["email"], until)
    with ThreadPoolExecutor(10) as threads:
        tries = threads.map(lambda _: _accept(mailing, token, password).status_code, range(10))
        found = sorted(tries)
    assert [201] == [status for status in found if status < 400]
    assert {410, 429} >= set(found) - {201}


@pytest.mark.parametrize("end", ["withdrawn", "sent again", "invited anew", "expired"])
async def test_an_ended_link_makes_nobody(
    stack: Any, mailing: Any, administrator: httpx.Client, password: str, until: Any, end: str
) -> None:
    """Withdrawn, replaced, or too old: the link is no good."""
    invited = _invite(administrator, end.replace(" ", "-"))
    token = _token(administrator, invited["email"], until)
    if end == "withdrawn":
        assert 204 == administrator.delete(f"{_ALL}/{invited['id']}").status_code
        assert 409 == administrator.delete(f"{_ALL}/{invited['id']}").status_code
    elif end == "sent again":
        assert 200 == administrator.post(f"{_ALL}/{invited['id']}/send").status_code
    elif end == "invited anew":
        _invite(administrator, end.replace(" ", "-"))
    else:
        old = "UPDATE invitation SET expires_at = now() - interval '1 s' WHERE id = $1"
        await stack.fetch(old, invited["id"])
    assert 410 == _accept(mailing, token, password).status_code
    if end in ("sent again", "invited anew"):
        fresh = _token(administrator, invited["email"], until, but=token)
        assert 201 == _accept(mailing, fresh, password).status_code


@pytest.mark.parametrize("change", [{"role": "operator"}, {"disabled": True}, None])
def test_an_invitation_ends_with_the_rights_of_who_sent_it(
    mailing: Any, administrator: httpx.Client, password: str, until: Any, change: Any
) -> None:
    """Who is no administrator any more leaves no door open; another one sends it anew."""
    name = f"former-{next(iter(change or {'deleted': 1}))}"
    new = {"email": f"{name}@groundplan.example", "password": password, "role": "administrator"}
    former = administrator.post("/api/v1/identity/users", json=new).json()
    with mailing.client(mailing.signed_in(former["email"])) as client:
        invited = _invite(client, f"by-{name}", "administrator")
    token = _token(administrator, invited["email"], until)
    path = f"/api/v1/identity/users/{former['id']}"
    ended = administrator.patch(path, json=change) if change else administrator.delete(path)
    assert ended.is_success
    assert 410 == _accept(mailing, token, password).status_code
    states = {one["id"]: one["state"] for one in administrator.get(_ALL).json()["items"]}
    assert "revoked" == states[invited["id"]]
    assert 200 == administrator.post(f"{_ALL}/{invited['id']}/send").status_code
    fresh = _token(administrator, invited["email"], until, but=token)
    assert 201 == _accept(mailing, fresh, password).status_code


def test_a_user_is_not_invited(administrator: httpx.Client) -> None:
    """An address that has a user already is a conflict."""
    body = {"email": "VIEWER@groundplan.example", "role": "viewer"}
    assert 409 == administrator.post(_ALL, json=body).status_code


@pytest.mark.parametrize("secret", ["password12345", "Passw0rd1234!", "0123456789012"])
def test_a_known_password_is_refused_and_the_link_stays_good(
    mailing: Any, administrator: httpx.Client, password: str, until: Any, secret: str
) -> None:
    """Who chose badly chooses again."""
    name = f"weak-{secret.encode().hex()}"
    token = _token(administrator, _invite(administrator, name)["email"], until)
    refused = _accept(mailing, token, secret)
    assert (422, "password_refused") == (refused.status_code, refused.json()["code"])
    assert 201 == _accept(mailing, token, password).status_code


async def test_a_token_stands_in_its_mail_only(
    stack: Any, mailing: Any, administrator: httpx.Client, until: Any
) -> None:
    """No table and no log holds it; the file is its owner's only."""
    token = _token(administrator, _invite(administrator, "secret")["email"], until)
    for table in ("invitation", "mail_outbox", "audit_event"):
        rows = await stack.fetch(f"SELECT t::text AS row FROM {table} AS t")
        assert not any(token in row["row"] for row in rows)
    assert token not in mailing.log.read_text()
    files = list(Path(stack.folder / "mails").iterdir())
    assert {0o100600} == {file.stat().st_mode for file in files}


def test_only_administrators_invite_and_read_mails(replica: Any) -> None:
    """Operators and viewers do neither."""
    for role in ("viewer", "operator"):
        with replica.client(replica.as_caller(role, "someone")) as client:
            answers = [client.get(_ALL), client.post(_ALL, json={}), client.get(_MAILS)]
        assert [403] * 3 == [answer.status_code for answer in answers]


def test_where_mails_are_sent_there_is_nothing_to_read(replica: Any) -> None:
    """Without a folder the list of mails is not there."""
    with replica.client(replica.signed_in("administrator@groundplan.example")) as client:
        assert 404 == client.get(_MAILS).status_code
