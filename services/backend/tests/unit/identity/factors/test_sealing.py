import pytest

from groundplan_backend.identity.factors.sealing import Broken, Seal, derived_key
from groundplan_backend.settings import Secret

_KEY = Secret("b2" * 32)


def test_what_is_sealed_is_opened_for_its_owner_only() -> None:
    """The plain bytes are nowhere in the sealed ones, and two seals of one text differ."""
    seal = Seal(_KEY, "factor")
    sealed = seal.seal(b"a secret", b"ada")
    assert b"a secret" == seal.open(sealed, b"ada")
    assert b"a secret" not in sealed
    assert sealed != seal.seal(b"a secret", b"ada")
    with pytest.raises(Broken):
        seal.open(sealed, b"grace")


@pytest.mark.parametrize("key", [Seal(_KEY, "challenge"), Seal(Secret("b3" * 32), "factor")])
def test_another_purpose_or_key_opens_nothing(key: Seal) -> None:
    """Each purpose has a key of its own."""
    with pytest.raises(Broken):
        key.open(Seal(_KEY, "factor").seal(b"a secret", b"ada"), b"ada")


def test_every_changed_byte_is_noticed() -> None:
    """Cut or flipped, it is not opened."""
    seal = Seal(_KEY, "factor")
    sealed = seal.seal(b"a secret", b"ada")
    for at in range(len(sealed)):
        for wrong in (sealed[:at], sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :]):
            with pytest.raises(Broken):
                seal.open(wrong, b"ada")


def test_derived_keys_differ_by_purpose() -> None:
    """None of them is the key that they come from."""
    keys = {derived_key(_KEY, purpose) for purpose in ("one", "other")} | {
        bytes.fromhex("b2" * 32)
    }
    assert 3 == len(keys)
