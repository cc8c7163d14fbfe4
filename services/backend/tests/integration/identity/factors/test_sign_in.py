"""The second step of a sign-in against real PostgreSQL and Redis."""

import base64
from typing import Any

import pytest


def test_the_password_alone_opens_nothing(armed: Any) -> None:
    """The answer has a challenge and no token, sets no cookie and begins no session."""
    (before,) = armed.sql("SELECT count(*) FROM session WHERE user_id = $1", armed.id)
    answer = armed.post("sign-in", {"email": armed.email, "password": armed.password})
    (after,) = armed.sql("SELECT count(*) FROM session WHERE user_id = $1", armed.id)
    assert ({"mfa"}, before) == (set(answer.json()), after)
    assert "set-cookie" not in answer.headers
    due = answer.json()["mfa"]
    assert (["totp", "recovery"], False) == (due["methods"], due["enrol"])
    refused = armed.post("refresh", {"refresh_token": due["challenge"][:128]})
    assert (401, "session_ended") == (refused.status_code, refused.json()["code"])


def test_a_code_finishes_the_sign_in(armed: Any) -> None:
    """The tokens come as from a sign-in without a factor: in the body, or in a cookie."""
    body = {"challenge": armed.challenge()["challenge"], "code": armed.code(), "delivery": "body"}
    answer = armed.post("sign-in/totp", body)
    assert 200 == answer.status_code
    kept = {"access_token", "token_type", "expires_in", "user", "refresh_token"}
    assert kept == set(answer.json())
    armed.wait_for_a_new_code()
    body = {"challenge": armed.challenge()["challenge"], "code": armed.code()}
    by_cookie = armed.post("sign-in/totp", body)
    assert "HttpOnly" in by_cookie.headers["set-cookie"]
    assert "refresh_token" not in by_cookie.json()


def test_a_wrong_code_leaves_the_challenge_as_it_is(armed: Any) -> None:
    """Who mistypes tries again, and a right code forgets the wrong ones."""
    challenge = armed.challenge()["challenge"]
    wrong = "000000" if armed.code() != "000000" else "000001"
    answer = armed.post("sign-in/totp", {"challenge": challenge, "code": wrong})
    assert (403, "invalid_proof") == (answer.status_code, answer.json()["code"])
    answer = armed.post("sign-in/totp", {"challenge": challenge, "code": armed.code()})
    assert 200 == answer.status_code
    assert [] == armed.sql("SELECT * FROM factor_attempt WHERE user_id = $1", armed.id)


def test_a_challenge_is_answered_once(armed: Any) -> None:
    """With another good code the challenge is worth nothing any more."""
    challenge = armed.challenge()["challenge"]
    body = {"challenge": challenge, "code": armed.code()}
    assert 200 == armed.post("sign-in/totp", body).status_code
    body = {"challenge": challenge, "code": armed.code(1)}
    answer = armed.post("sign-in/totp", body)
    assert (409, "challenge_ended") == (answer.status_code, answer.json()["code"])


@pytest.mark.parametrize("change", [{"password": "another horse battery"}, {"disabled": True}])
def test_a_challenge_ends_with_what_it_was_given_for(
    armed: Any, replica: Any, change: dict[str, Any]
) -> None:
    """Once the password is changed, or the account is disabled, nobody goes on."""
    challenge = armed.challenge()["challenge"]
    administrator = replica.signed_in("administrator@groundplan.example")
    with replica.client(administrator) as client:
        changed = client.patch(f"/api/v1/identity/users/{armed.id}", json=change)
    assert 200 == changed.status_code
    answer = armed.post("sign-in/totp", {"challenge": challenge, "code": armed.code()})
    assert answer.json()["code"] in {"challenge_ended", "invalid_credentials"}


def test_a_passkey_finishes_the_sign_in(person: Any, authenticator: Any) -> None:
    """The options come with the challenge, and what it signs begins a session."""
    one, passkey = person(), authenticator()
    one.sign_in()
    assert 201 == one.enrol_passkey(passkey).status_code
    due = one.challenge()
    assert ["passkey", "recovery"] == due["methods"]
    body = {"challenge": due["challenge"], "credential": passkey.get(due["passkey"])}
    assert 200 == one.post("sign-in/passkey", body).status_code
    body["credential"] = passkey.get(due["passkey"])
    assert 409 == one.post("sign-in/passkey", body).status_code


def test_who_must_have_a_factor_sets_it_up_while_signing_in(stack: Any, person: Any) -> None:
    """The session begins with the factor, and the recovery codes come with it."""
    strict = stack.replica(MFA_REQUIRED_FOR="operator")
    one = person(at=strict)
    due = one.challenge()
    assert ([], True) == (due["methods"], due["enrol"])
    begun = one.post("sign-in/enrol/totp", {"challenge": due["challenge"]}).json()
    one.secret = base64.b32decode(begun["secret"])
    body = {"challenge": due["challenge"], "enrolment": begun["enrolment"], "code": one.code()}
    wrong = one.post("sign-in/enrol/totp/confirm", {**body, "code": one.code(5)})
    assert (403, 0) == (
        wrong.status_code,
        len(one.sql("SELECT FROM factor WHERE user_id=$1", one.id)),
    )
    answer = one.post("sign-in/enrol/totp/confirm", body)
    assert (200, 10) == (answer.status_code, len(answer.json()["recovery_codes"]))
    one.hold(answer.json()["signed_in"])
    me = one.ask("GET", "me").json()
    assert (True, True) == (me["mfa"], me["mfa_required"])
    again = one.post("sign-in/enrol/totp/confirm", body)
    assert (409, "challenge_ended") == (again.status_code, again.json()["code"])
    assert ["totp", "recovery"] == one.challenge()["methods"]


def test_a_passkey_can_be_the_factor_that_is_due(
    stack: Any, person: Any, authenticator: Any
) -> None:
    """Who must have a factor may make a passkey instead."""
    strict = stack.replica(MFA_REQUIRED_FOR="operator")
    one = person(at=strict)
    challenge = one.challenge()["challenge"]
    begun = one.post("sign-in/enrol/passkey", {"challenge": challenge}).json()
    credential = authenticator().create(begun["options"])
    body = {"challenge": challenge, "enrolment": begun["enrolment"], "credential": credential}
    answer = one.post("sign-in/enrol/passkey/confirm", {**body, "delivery": "body"})
    assert (200, 10) == (answer.status_code, len(answer.json()["recovery_codes"]))
    assert "refresh_token" in answer.json()["signed_in"]


def test_who_has_a_factor_cannot_set_up_another_instead_of_using_it(armed: Any) -> None:
    """The password alone does not add a way around the factor."""
    challenge = armed.challenge()["challenge"]
    for kind in ("totp", "passkey"):
        answer = armed.post(f"sign-in/enrol/{kind}", {"challenge": challenge})
        assert (409, "challenge_ended") == (answer.status_code, answer.json()["code"])


def test_a_session_without_the_factor_that_is_due_is_not_continued(
    stack: Any, person: Any
) -> None:
    """Once a role demands a factor, sessions from before end at their next refresh."""
    one = person()
    body = {"email": one.email, "password": one.password, "delivery": "body"}
    token = one.post("sign-in", body).json()["refresh_token"]
    one.replica = stack.replica(MFA_REQUIRED_FOR="operator")
    answer = one.post("refresh", {"refresh_token": token})
    assert (401, "session_ended") == (answer.status_code, answer.json()["code"])


def test_one_purpose_cannot_be_used_for_another(armed: Any) -> None:
    """A challenge of a sign-in is no enrolment, and an enrolment is no challenge."""
    body = {"challenge": armed.challenge()["challenge"], "code": armed.code(), "delivery": "body"}
    armed.hold(armed.post("sign-in/totp", body).json())
    begun = armed.post("factors/totp").json()
    armed.wait_for_a_new_code()
    mixed = {"challenge": begun["enrolment"], "code": armed.code()}
    assert 409 == armed.post("sign-in/totp", mixed).status_code
    swapped = {"enrolment": body["challenge"], "code": armed.code()}
    assert 409 == armed.post("factors/totp/confirm", swapped).status_code


def test_nothing_that_is_secret_lies_open(armed: Any) -> None:
    """Neither database nor log hold the secret, a code or a recovery code."""
    code = armed.code()
    body = {"challenge": armed.challenge()["challenge"], "code": code}
    armed.post("sign-in/totp", body)
    armed.post("sign-in/recovery", {**body, "code": armed.recovery_codes[0]})
    (row,) = armed.sql("SELECT sealed FROM factor WHERE user_id = $1", armed.id)
    assert armed.secret not in row["sealed"]
    plain = armed.recovery_codes[1].replace("-", "").encode()
    kept = armed.sql("SELECT digest FROM recovery_code WHERE user_id = $1", armed.id)
    assert all(plain not in row["digest"] for row in kept)
    said = armed.replica.log.read_text() + str(armed.sql("SELECT detail::text FROM audit.event"))
    for secret in (
        body["challenge"],
        armed.recovery_codes[0],
        base64.b32encode(armed.secret).decode(),
    ):
        assert secret not in said
