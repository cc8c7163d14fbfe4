import msgspec
import pytest

from groundplan_backend.identity.factors import schemas


@pytest.mark.parametrize(
    "proof",
    [
        {"method": "password", "code": "123456"},
        {"method": "totp", "code": "12345"},
        {"method": "recovery", "code": "123456"},
        {"code": "123456"},
        {"method": "totp", "code": "123456", "session": "another"},
    ],
)
def test_a_proof_is_one_of_three(proof: dict[str, str]) -> None:
    """The method says which fields there are, and there are no others."""
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(proof, schemas.Proof)
    assert isinstance(
        msgspec.convert({"method": "totp", "code": "123456"}, schemas.Proof), schemas.CodeProof
    )


@pytest.mark.parametrize("name", ["", "x" * 65, "a\nb", "a\x00"])
def test_a_factors_name_is_one_line(name: str) -> None:
    """Signs that nobody sees are no name."""
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"name": name}, schemas.FactorChange)
