"""Passkeys as a second factor (WebAuthn): what a browser is asked, and whether its answer holds.

A passkey belongs to one name (`rp id`) and answers at one origin; both come from the public
URL. An address is no name: on one machine passkeys are made at `localhost`.
"""

import base64
import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit
from uuid import UUID

import webauthn
from webauthn.helpers.cose import COSEAlgorithmIdentifier as Algorithm

from groundplan_backend.errors import InvalidProof
from groundplan_backend.identity.factors.passkey_schemas import (
    AuthenticatorSelection,
    CreationOptions,
    CredentialDescriptor,
    KeyParameters,
    NewPasskey,
    PasskeyAnswer,
    PasskeyUser,
    RelyingParty,
    RequestOptions,
)

_PATIENCE: Final = 60_000
_ALGORITHMS: Final = [
    Algorithm.ECDSA_SHA_256,
    Algorithm.EDDSA,
    Algorithm.RSASSA_PKCS1_v1_5_SHA_256,
]


@dataclass(frozen=True, slots=True)
class Made:
    """A passkey as its authenticator made it."""

    credential: bytes
    public_key: bytes
    counter: int


class Passkeys:
    """Asks for passkeys and verifies them for one public URL."""

    def __init__(self, public_url: str, name: str) -> None:
        parts = urlsplit(public_url)
        host = parts.hostname or "localhost"
        self._id = "localhost" if _is_loopback(host) else host
        port = f":{parts.port}" if parts.port else ""
        self.origin = f"{parts.scheme}://{self._id}{port}"
        self._name = name

    def creation(
        self, challenge: bytes, user: UUID, email: str, known: Iterable[Any]
    ) -> CreationOptions:
        """Return what a browser needs to make a passkey that is not among the known ones."""
        return CreationOptions(
            rp=RelyingParty(id=self._id, name=self._name),
            user=PasskeyUser(id=_text(user.bytes), name=email, display_name=email),
            challenge=_text(challenge),
            pub_key_cred_params=[
                KeyParameters(type="public-key", alg=int(kind)) for kind in _ALGORITHMS
            ],
            timeout=_PATIENCE,
            exclude_credentials=_descriptors(known),
            authenticator_selection=AuthenticatorSelection(
                resident_key="discouraged",
                require_resident_key=False,
                user_verification="preferred",
            ),
            attestation="none",
        )

    def request(self, challenge: bytes, known: Iterable[Any]) -> RequestOptions:
        """Return what a browser needs to let one of the known passkeys answer."""
        return RequestOptions(
            challenge=_text(challenge),
            timeout=_PATIENCE,
            rp_id=self._id,
            allow_credentials=_descriptors(known),
            user_verification="preferred",
        )

    def made(self, challenge: bytes, given: NewPasskey) -> Made:
        """Return the passkey that was made for a challenge.

        Raises:
            InvalidProof: it was not, or not here, or its answer makes no sense.
        """
        response = {"clientDataJSON": given.client_data, "attestationObject": given.attestation}
        try:
            verified = webauthn.verify_registration_response(
                credential=_credential(given.id, response),
                expected_challenge=challenge,
                expected_rp_id=self._id,
                expected_origin=self.origin,
                supported_pub_key_algs=_ALGORITHMS,
            )
        except Exception as error:  # the bytes are a stranger's: whatever breaks on them, refuses
            raise _refused() from error
        if _text(verified.credential_id) != given.id:
            raise _refused()
        return Made(verified.credential_id, verified.credential_public_key, verified.sign_count)

    def counted(
        self, challenge: bytes, given: PasskeyAnswer, public_key: bytes, counter: int
    ) -> int:
        """Return the passkey's new count of its uses, once its answer has been verified.

        Raises:
            InvalidProof: the answer is not that of this passkey, to this challenge, from here.
        """
        response = {
            "clientDataJSON": given.client_data,
            "authenticatorData": given.authenticator_data,
            "signature": given.signature,
        }
        try:
            verified = webauthn.verify_authentication_response(
                credential=_credential(given.id, response),
                expected_challenge=challenge,
                expected_rp_id=self._id,
                expected_origin=self.origin,
                credential_public_key=public_key,
                credential_current_sign_count=counter,
            )
        except Exception as error:  # as above
            raise _refused() from error
        return verified.new_sign_count


def credential_id(given: PasskeyAnswer) -> bytes:
    """Return which passkey says that it answers."""
    return base64.urlsafe_b64decode(given.id + "=" * (-len(given.id) % 4))


def _credential(own: str, response: dict[str, str]) -> dict[str, Any]:
    return {"id": own, "rawId": own, "type": "public-key", "response": response}


def _descriptors(known: Iterable[Any]) -> list[CredentialDescriptor]:
    return [
        CredentialDescriptor(
            type="public-key", id=_text(row["credential"]), transports=row["transports"]
        )
        for row in known
    ]


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _refused() -> InvalidProof:
    return InvalidProof("the passkey's answer does not hold")
