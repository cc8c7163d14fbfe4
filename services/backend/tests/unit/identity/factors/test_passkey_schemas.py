import msgspec

from groundplan_backend.identity.factors.passkey_schemas import RequestOptions


def test_options_are_spelt_as_browsers_read_them() -> None:
    """They are handed to WebAuthn as they are."""
    options = RequestOptions(
        challenge="AA", timeout=1, rp_id="x", allow_credentials=[], user_verification="preferred"
    )
    wanted = {"challenge", "timeout", "rpId", "allowCredentials", "userVerification"}
    assert wanted == set(msgspec.to_builtins(options))
