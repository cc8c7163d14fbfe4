import base64

import pytest

from groundplan_backend.identity.factors import totp

_SECRET = b"12345678901234567890"


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (59, "94287082"),
        (1111111109, "07081804"),
        (1111111111, "14050471"),
        (1234567890, "89005924"),
        (2000000000, "69279037"),
        (20000000000, "65353130"),
    ],
)
def test_the_vectors_of_rfc_6238_hold(seconds: int, code: str) -> None:
    """Appendix B has eight digits; ours are the last six of them."""
    assert code[-6:] == totp.code(_SECRET, seconds // totp.STEP)
    assert seconds // totp.STEP == totp.step_of(_SECRET, code[-6:], seconds)


@pytest.mark.parametrize(
    ("count", "code"),
    [(0, "755224"), (1, "287082"), (2, "359152"), (8, "399871"), (9, "520489")],
)
def test_the_vectors_of_rfc_4226_hold(count: int, code: str) -> None:
    """A time step is the counter of RFC 4226, appendix D."""
    assert code == totp.code(_SECRET, count)


@pytest.mark.parametrize(
    ("later", "taken"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)]
)
def test_one_step_of_drift_is_forgiven(later: int, taken: bool) -> None:
    """Clocks may differ by a step in either direction, and not by two."""
    now = 1_800_000_015
    code = totp.code(_SECRET, (now + later) // totp.STEP)
    assert taken == (totp.step_of(_SECRET, code, now) is not None)


@pytest.mark.parametrize("code", ["", "12345", "1234567", "12345x", "１２３４５６", "287082\n"])
def test_what_is_no_code_is_not_taken(code: str) -> None:
    """Other lengths, letters and digits of other scripts are wrong, not a fault."""
    assert totp.step_of(_SECRET, code, 59) is None


def test_a_secret_is_as_long_as_rfc_4226_advises() -> None:
    """160 bits, new each time, and typed as base32 without padding."""
    one, other = totp.new_secret(), totp.new_secret()
    assert (20, False) == (len(one), one == other)
    assert one == base64.b32decode(totp.in_base32(one))


def test_the_uri_names_account_and_issuer() -> None:
    """Signs that would end a part of the URI are written as their codes."""
    uri = totp.uri(_SECRET, "ada+x@groundplan.example", "ground plan")
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    wanted = f"otpauth://totp/ground%20plan:ada%2Bx%40groundplan.example?secret={secret}"
    assert f"{wanted}&issuer=ground%20plan&algorithm=SHA1&digits=6&period=30" == uri
