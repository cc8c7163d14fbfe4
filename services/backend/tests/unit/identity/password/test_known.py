from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundplan_backend.errors import PasswordRefused
from groundplan_backend.identity.password import known


@pytest.mark.parametrize(
    "password",
    [
        "1234567890123",
        "qwertyuiop123",
        "password12345",
        "Password123456!",
        "P@ssw0rd12345",
        "!!!administrator!!!",
        "passwordpassword",
        "trustno1trustno1",
        "aaaaaaaaaaaaaaaaaaaa",
        "abababababababab",
        "0123456789012",
        "abcdefghijklmno",
        "9876543210987",
        "ＰＡＳＳＷＯＲＤ12345",
        "ada.lovelace1234",
        "Lovelace-2024!!!",
    ],
)
def test_what_everybody_knows_is_refused(password: str) -> None:
    """Of breaches, made of a known word, repeated, in a row, or of the user's own address."""
    with pytest.raises(PasswordRefused):
        known.check(password, "ada.lovelace@groundplan.example")


@pytest.mark.parametrize(
    "password",
    [
        "correct horse battery staple",
        "a winter evening in Trondheim",
        "xkq7-whale-90-Tundra",
        "ünïcode ist schön",
        "🐎🔋📎🐎🔋📎 and more",
        "9f3c0d1e4b6a5f0c",
        "password of my neighbour's goat",
        " spaces count too ",
        "x" * 3 + "NUL\x00 inside is fine",
    ],
)
def test_what_nobody_tries_passes(password: str) -> None:
    """No rule of composition: length and being unknown are enough."""
    known.check(password, "ada.lovelace@groundplan.example")


@given(st.text(min_size=12, max_size=256))
def test_any_text_is_judged_without_an_accident(password: str) -> None:
    """Whatever is typed is either fine or refused."""
    try:
        known.check(password, password)
    except PasswordRefused:
        return
    raise AssertionError("one's own word is never a password")


def test_the_list_is_sorted_and_long() -> None:
    """Looking it up by halves needs order; the top 3,000 of our length stand on it, and more."""
    table = resources.files(known.__package__).joinpath("known.bin").read_bytes()
    digests = [table[at : at + known.WIDTH] for at in range(0, len(table), known.WIDTH)]
    assert sorted(set(digests)) == digests
    assert len(digests) > 60_000
