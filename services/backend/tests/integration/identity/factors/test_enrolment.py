"""Setting up factors while signed in."""

import base64
from concurrent.futures import ThreadPoolExecutor
from typing import Any


def test_the_first_factor_brings_recovery_codes(person: Any, authenticator: Any) -> None:
    """Ten of them, once; a second factor brings none."""
    one = person()
    one.sign_in()
    factor = one.enrol_totp()
    assert ("totp", "Authenticator") == (factor["kind"], factor["name"])
    assert (10, 10) == (len(one.recovery_codes), len(set(one.recovery_codes)))
    second = one.enrol_passkey(authenticator())
    assert (201, []) == (second.status_code, second.json()["recovery_codes"])
    page = one.ask("GET", "factors").json()
    assert ["totp", "passkey"] == [item["kind"] for item in page["items"]]
    assert 10 == page["recovery_codes_left"]


def test_a_qr_code_holds_the_uri(person: Any) -> None:
    """The code generator learns secret, account and issuer."""
    one = person()
    one.sign_in()
    begun = one.post("factors/totp").json()
    assert begun["uri"].startswith("otpauth://totp/groundplan:")
    assert f"secret={begun['secret']}" in begun["uri"]
    assert 20 == len(base64.b32decode(begun["secret"]))
    assert begun["qr"]["path"].startswith("M4 4.5h7")


def test_nothing_is_kept_before_the_first_code(person: Any) -> None:
    """An enrolment that is begun changes nothing."""
    one = person()
    one.sign_in()
    begun = one.post("factors/totp").json()
    body = {"enrolment": begun["enrolment"], "code": "000000"}
    answer = one.post("factors/totp/confirm", body)
    assert (403, "invalid_proof") == (answer.status_code, answer.json()["code"])
    assert [] == one.ask("GET", "factors").json()["items"]


def test_an_enrolment_makes_one_factor(person: Any) -> None:
    """Of ten who confirm it at once, one is told of a factor and recovery codes."""
    one = person()
    one.sign_in()
    begun = one.post("factors/totp").json()
    one.secret = base64.b32decode(begun["secret"])
    body = {"enrolment": begun["enrolment"], "code": one.code()}
    with ThreadPoolExecutor(10) as threads:
        answers = list(threads.map(lambda _: one.post("factors/totp/confirm", body), range(10)))
    assert [201] + [409] * 9 == sorted(answer.status_code for answer in answers)
    assert 1 == len(one.ask("GET", "factors").json()["items"])


def test_an_enrolment_is_for_one_user(person: Any) -> None:
    """Nobody confirms what another has begun."""
    one, other = person(), person()
    one.sign_in()
    other.sign_in()
    begun = one.post("factors/totp").json()
    other.secret = base64.b32decode(begun["secret"])
    body = {"enrolment": begun["enrolment"], "code": other.code()}
    assert 409 == other.post("factors/totp/confirm", body).status_code


def test_a_passkey_is_enrolled_once(person: Any, authenticator: Any) -> None:
    """Neither the same account nor another may enrol it again."""
    one, other, passkey = person(), person(), authenticator()
    one.sign_in()
    other.sign_in()
    assert 201 == one.enrol_passkey(passkey).status_code
    for somebody in (one, other):
        answer = somebody.enrol_passkey(passkey)
        assert (409, "conflict") == (answer.status_code, answer.json()["code"])
    begun = one.post("factors/passkey").json()
    known = [one["id"] for one in begun["options"]["excludeCredentials"]]
    assert [base64.urlsafe_b64encode(passkey.id).decode().rstrip("=")] == known


def test_a_passkey_of_another_origin_is_not_enrolled(person: Any, authenticator: Any) -> None:
    """What was made elsewhere was not made for us."""
    one = person()
    one.sign_in()
    answer = one.enrol_passkey(authenticator("https://evil.example"))
    assert (403, "invalid_proof") == (answer.status_code, answer.json()["code"])


def test_an_account_has_at_most_ten_factors(person: Any, authenticator: Any) -> None:
    """The eleventh is refused before the browser is bothered."""
    one = person()
    one.sign_in()
    for _ in range(10):
        assert 201 == one.enrol_passkey(authenticator()).status_code
    assert 409 == one.post("factors/passkey").status_code
