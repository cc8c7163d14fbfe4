import re

from groundplan_backend.identity.factors import recovery
from groundplan_backend.identity.factors.recovery import Digests
from groundplan_backend.settings import Secret

_DIGESTS = Digests(Secret("b2" * 32))


def test_ten_codes_of_120_bits() -> None:
    """24 signs of 32, in groups, without those that are taken for each other."""
    codes = recovery.new_codes()
    assert (10, 10) == (len(codes), len(set(codes)))
    form = re.compile(r"[a-km-np-z2-9]{4}(-[a-km-np-z2-9]{4}){5}")
    assert all(form.fullmatch(code) for code in codes)


def test_a_code_is_the_same_however_it_is_typed() -> None:
    """Case, spaces and hyphens do not matter."""
    (code, *_) = recovery.new_codes()
    typed = [code, code.upper(), code.replace("-", ""), code.replace("-", " ") + " "]
    assert 1 == len({_DIGESTS.of(one) for one in typed})


def test_a_digest_needs_the_key() -> None:
    """Who has the database alone cannot try codes against it."""
    (code, *_) = recovery.new_codes()
    assert _DIGESTS.of(code) != Digests(Secret("b3" * 32)).of(code)
