"""Sessions that prove themselves anew before they may do what is dangerous."""

import asyncio
from typing import Any

import httpx
import pytest


def _age(one: Any, seconds: int = 700) -> None:
    """Let the person's sign-in lie back."""
    one.sql(
        "UPDATE session SET created_at = now() - make_interval(secs => $2), verified_at = NULL"
        " WHERE user_id = $1",
        one.id,
        float(seconds),
    )


def test_an_old_session_is_asked_for_a_proof(person: Any) -> None:
    """What is dangerous is refused ten minutes after the sign-in; the password opens it again."""
    one = person()
    one.sign_in()
    _age(one)
    refused = one.post("factors/totp")
    assert (403, "step_up_required") == (refused.status_code, refused.json()["code"])
    due = one.post("step-up/challenge").json()
    assert ["password"] == due["methods"]
    proven = one.post("step-up", {"method": "password", "password": one.password})
    assert (200, {"verified_at", "until"}) == (proven.status_code, set(proven.json()))
    assert 200 == one.post("factors/totp").status_code


def test_a_step_up_ends_as_a_sign_in_does(person: Any) -> None:
    """After a while the proof is as old as the sign-in was."""
    one = person()
    one.sign_in()
    _age(one)
    one.post("step-up", {"method": "password", "password": one.password})
    one.sql("UPDATE session SET verified_at = now() - interval '601 s' WHERE user_id = $1", one.id)
    assert "step_up_required" == one.post("factors/totp").json()["code"]


def test_a_proof_is_for_one_session(person: Any) -> None:
    """Another session of the same user stays as old as it is."""
    one = person()
    one.sign_in()
    other = dict(one.headers)
    one.sign_in()
    _age(one)
    assert 200 == one.post("step-up", _password(one.password)).status_code
    assert 200 == one.post("factors/totp").status_code
    one.headers = other
    assert "step_up_required" == one.post("factors/totp").json()["code"]


def test_who_has_a_factor_uses_it(person: Any, authenticator: Any) -> None:
    """The password alone is no proof any more; a code and a passkey are."""
    one, passkey = person(), authenticator()
    one.sign_in()
    one.enrol_totp()
    one.enrol_passkey(passkey)
    _age(one)
    by_password = one.post("step-up", _password(one.password))
    assert (409, "conflict") == (by_password.status_code, by_password.json()["code"])
    due = one.post("step-up/challenge").json()
    assert ["totp", "passkey"] == due["methods"]
    assert 200 == one.post("step-up", {"method": "totp", "code": one.code()}).status_code
    _age(one)
    credential = passkey.get(due["passkey"])
    proof = {"method": "passkey", "challenge": due["challenge"], "credential": credential}
    assert 200 == one.post("step-up", proof).status_code
    proof["credential"] = passkey.get(due["passkey"])
    assert 409 == one.post("step-up", proof).status_code


def test_a_challenge_is_for_the_session_that_asked(person: Any, authenticator: Any) -> None:
    """A passkey's answer that was given to one session proves no other."""
    one, passkey = person(), authenticator()
    one.sign_in()
    one.enrol_passkey(passkey)
    due = one.post("step-up/challenge").json()
    credential = passkey.get(due["passkey"])
    proof = {"method": "passkey", "challenge": due["challenge"], "credential": credential}
    one.headers = {**one.headers, "x-groundplan-session": "3d0ca315-aff9-4fc2-be61-3b76b9a2d798"}
    assert 409 == one.post("step-up", proof).status_code


def test_a_hundred_parallel_guesses_run_ten_verifications(armed: Any) -> None:
    """Codes are counted together, for sign-in and step-up alike."""
    challenge = armed.challenge()["challenge"]
    body = {"challenge": challenge, "code": armed.code(), "delivery": "body"}
    armed.hold(armed.post("sign-in/totp", body).json())

    async def guess_all() -> list[httpx.Response]:
        url, headers = armed.replica.url, armed.headers
        async with httpx.AsyncClient(base_url=url, headers=headers, timeout=30) as client:
            guess = {"method": "totp", "code": "000000"}
            path = "/api/v1/identity/step-up"
            answers: list[httpx.Response] = []
            for _ in range(5):
                at_once = (client.post(path, json=guess) for _ in range(20))
                answers += await asyncio.gather(*at_once)
            return answers

    codes = [answer.json()["code"] for answer in asyncio.run(guess_all())]
    assert (10, 90) == (codes.count("invalid_proof"), codes.count("account_locked"))
    assert 10 == armed.refusals()


def test_a_wrong_password_counts_as_in_a_sign_in(stack: Any, person: Any) -> None:
    """A stolen session cannot be used to guess the password without end."""
    strict = stack.replica(LOCK_AFTER="2")
    one = person(at=strict)
    one.sign_in()
    answers = [one.post("step-up", _password("wrong")) for _ in range(3)]
    assert [403, 403, 429] == [answer.status_code for answer in answers]


def test_a_session_that_has_ended_proves_nothing(person: Any) -> None:
    """A step-up does not bring a session back."""
    one = person()
    one.sign_in()
    one.sql("UPDATE session SET ended_at = now() WHERE user_id = $1", one.id)
    answer = one.post("step-up", _password(one.password))
    assert (401, "session_ended") == (answer.status_code, answer.json()["code"])
    assert "step_up_required" == one.post("factors/totp").json()["code"]


@pytest.mark.parametrize("session", ["no uuid", "3d0ca315-aff9-4fc2-be61-3b76b9a2d798"])
def test_an_unknown_session_is_not_proven(person: Any, replica: Any, session: str) -> None:
    """What nobody knows was never proven."""
    one = person()
    one.headers = replica.as_caller("operator", one.id, session)
    assert "step_up_required" == one.post("factors/totp").json()["code"]


def test_what_is_dangerous_needs_a_proof(person: Any) -> None:
    """Changing, resetting and deleting people, and touching factors, asks for a fresh proof."""
    one, other = person("administrator"), person()
    one.sign_in()
    _age(one)
    user = f"users/{other.id}"
    asked = [
        one.ask("PATCH", user, {"role": "viewer"}),
        one.ask("DELETE", user),
        one.ask("DELETE", f"{user}/factors"),
        one.ask("POST", "factors/totp"),
        one.ask("POST", "factors/passkey"),
        one.ask("POST", "factors/recovery-codes"),
        one.ask("DELETE", f"factors/{other.id}"),
    ]
    assert ["step_up_required"] * 7 == [answer.json()["code"] for answer in asked]
    assert 200 == one.ask("GET", user).status_code


def _password(password: str) -> dict[str, str]:
    return {"method": "password", "password": password}
