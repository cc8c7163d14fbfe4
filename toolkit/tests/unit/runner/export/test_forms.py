"""Every form of a secret is known."""

import base64
import hashlib
import json
from urllib.parse import quote

import pytest

from groundplan.runner.export import forms

SECRET = 'p/w+"ö= \\x'


def taken_out(text: str, secret: str) -> str:
    """Return a text without any form of a secret."""
    for form in forms.of(secret):
        text = text.replace(form, "")
    return text


@pytest.mark.parametrize(
    "written",
    [
        SECRET,
        json.dumps(SECRET)[1:-1],
        json.dumps(SECRET, ensure_ascii=False)[1:-1],
        quote(SECRET, safe=""),
        quote(SECRET, safe="").lower(),
        quote(quote(SECRET, safe=""), safe=""),
        base64.b64encode(SECRET.encode()).decode(),
        base64.urlsafe_b64encode(SECRET.encode()).decode(),
        SECRET.encode().hex(),
        hashlib.sha256(SECRET.encode()).hexdigest(),
    ],
)
def test_a_form_leaves_nothing(written):
    """As it is, in JSON, in a URL once and twice, in base64, as hexadecimal digits, hashed."""
    assert "" == taken_out(written, SECRET)


@pytest.mark.parametrize("before", ["", "u:", "user:", "admin:"])
@pytest.mark.parametrize("after", ["", "x", "xy", ":rest"])
def test_it_is_found_within_what_was_coded_with_it(before, after):
    """Basic credentials hold a password behind a name, wherever base64 cuts it."""
    secret = "correct horse battery"
    coded = base64.b64encode(f"{before}{secret}{after}".encode()).decode()
    rest = taken_out(coded, secret)
    assert len(rest) <= len(coded) - len(secret) * 4 // 3 + 3


def test_the_longest_comes_first():
    """So that what holds another form is not torn apart."""
    lengths = [len(each) for each in forms.of(SECRET)]
    assert lengths == sorted(lengths, reverse=True)


def test_what_is_short_is_no_secret():
    """Three letters stand in every text."""
    assert "abc" not in forms.of("abc")
