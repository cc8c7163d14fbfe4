"""Passkeys on the wire, as browsers and their WebAuthn calls know them.

What these calls take stands in their own spelling (`rpId`), so that it can be handed on as it
is; what they give comes back as texts in base64url.
"""

from typing import Annotated, Literal

from msgspec import Meta, field

from groundplan_backend.identity.schemas import Wire

Base64Url = Annotated[str, Meta(pattern="^[A-Za-z0-9_-]{1,16384}$", description="base64url")]
Transports = Annotated[list[Annotated[str, Meta(pattern="^[a-z-]{1,32}$")]], Meta(max_length=8)]


class BrowserWire(Wire, rename="camel"):
    """An object in the spelling of the browser's WebAuthn calls."""


class CredentialDescriptor(BrowserWire):
    """A passkey that may answer, or that must not be enrolled twice."""

    type: Literal["public-key"]
    id: str
    transports: list[str]


class RequestOptions(BrowserWire):
    """What `credentials.get` takes, once `parseRequestOptionsFromJSON` has read it."""

    challenge: str
    timeout: int
    rp_id: str
    allow_credentials: list[CredentialDescriptor]
    user_verification: Literal["preferred"]


class RelyingParty(BrowserWire):
    """Whom a passkey is for."""

    id: str
    name: str


class PasskeyUser(BrowserWire):
    """Whose passkey it is."""

    id: str
    name: str
    display_name: str


class KeyParameters(BrowserWire):
    """A kind of key that is taken, by its COSE number."""

    type: Literal["public-key"]
    alg: int


class AuthenticatorSelection(BrowserWire):
    """What kind of authenticator is wanted."""

    resident_key: Literal["discouraged"]
    require_resident_key: bool
    user_verification: Literal["preferred"]


class CreationOptions(BrowserWire):
    """What `credentials.create` takes, once `parseCreationOptionsFromJSON` has read it."""

    rp: RelyingParty
    user: PasskeyUser
    challenge: str
    pub_key_cred_params: list[KeyParameters]
    timeout: int
    exclude_credentials: list[CredentialDescriptor]
    authenticator_selection: AuthenticatorSelection
    attestation: Literal["none"]


class PasskeyAnswer(Wire):
    """What a passkey has signed (`AuthenticatorAssertionResponse`)."""

    id: Base64Url
    client_data: Base64Url
    authenticator_data: Base64Url
    signature: Base64Url


class NewPasskey(Wire):
    """A passkey that was just made (`AuthenticatorAttestationResponse`)."""

    id: Base64Url
    client_data: Base64Url
    attestation: Base64Url
    transports: Transports = field(default_factory=list)
