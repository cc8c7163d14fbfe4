"""Second factors on the wire: challenges, enrolments, recovery codes and step-up."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import UNSET, Meta, UnsetType

from groundplan_backend.identity.factors.passkey_schemas import (
    CreationOptions,
    NewPasskey,
    PasskeyAnswer,
    RequestOptions,
)
from groundplan_backend.identity.schemas import Password, SignedIn, Wire

Delivery = Literal["cookie", "body"]
Challenge = Annotated[
    str,
    Meta(pattern="^[A-Za-z0-9_-]{40,1024}$", description="opaque; good for five minutes and once"),
]
Code = Annotated[str, Meta(pattern="^[0-9]{6}$", description="as the code generator shows it")]
RecoveryCode = Annotated[
    str,
    Meta(
        pattern="^[A-Za-z0-9 -]{24,64}$",
        description="in any case, with or without its hyphens",
        examples=["k7wq-3m4d-zz2p-hn5x-8rtv-c6ab"],
    ),
]
FactorName = Annotated[
    str, Meta(pattern="^[^\\u0000-\\u001f\\u007f]{1,64}$", examples=["My phone"])
]
FactorKind = Literal["totp", "passkey"]


class Mfa(Wire):
    """What is missing before the session begins; with `enrol` a factor has to be set up first."""

    challenge: str
    methods: list[Literal["totp", "passkey", "recovery"]]
    enrol: bool
    passkey: RequestOptions | UnsetType = UNSET


class MfaDue(Wire):
    """The password was right, and a second factor is due."""

    mfa: Mfa


class ChallengeOnly(Wire):
    """The challenge of the sign-in that goes on."""

    challenge: Challenge


class CodeSignIn(Wire):
    """The answer to a sign-in's challenge with a code of the code generator."""

    challenge: Challenge
    code: Code
    delivery: Delivery = "cookie"


class RecoverySignIn(Wire):
    """The answer to a sign-in's challenge with one of the recovery codes."""

    challenge: Challenge
    code: RecoveryCode
    delivery: Delivery = "cookie"


class PasskeySignIn(Wire):
    """The answer to a sign-in's challenge with a passkey."""

    challenge: Challenge
    credential: PasskeyAnswer
    delivery: Delivery = "cookie"


class Qr(Wire):
    """A QR code: the modules on a side, quiet zone included, and the dark ones as an SVG path.

    Shown by `<svg viewBox="0 0 size size"><path d=path stroke="currentColor"/></svg>`.
    """

    size: int
    path: str


class TotpEnrolment(Wire):
    """A code generator to set up: `secret` in base32 for those who cannot scan the code."""

    enrolment: str
    secret: str
    uri: str
    qr: Qr
    expires_at: datetime


class PasskeyEnrolment(Wire):
    """A passkey to make."""

    enrolment: str
    options: CreationOptions
    expires_at: datetime


class ConfirmTotp(Wire):
    """The first code, which shows that the code generator is set up."""

    enrolment: Challenge
    code: Code
    name: FactorName = "Authenticator"


class ConfirmPasskey(Wire):
    """The passkey that was made."""

    enrolment: Challenge
    credential: NewPasskey
    name: FactorName = "Passkey"


class ConfirmTotpSignIn(ConfirmTotp, kw_only=True):
    """The first code, and the sign-in that goes on with it."""

    challenge: Challenge
    delivery: Delivery = "cookie"


class ConfirmPasskeySignIn(ConfirmPasskey, kw_only=True):
    """The passkey that was made, and the sign-in that goes on with it."""

    challenge: Challenge
    delivery: Delivery = "cookie"


class Factor(Wire):
    """Something that proves a person beside the password."""

    id: UUID
    kind: FactorKind
    name: str
    created_at: datetime
    last_used_at: datetime | None


class FactorPage(Wire):
    """The caller's factors, oldest first; at `passkey_origin` the browser makes passkeys."""

    items: list[Factor]
    next: str | None
    recovery_codes_left: int
    required: bool
    passkey_origin: str


class FactorChange(Wire):
    """What the factor is called from now on."""

    name: FactorName


class RecoveryCodes(Wire):
    """Codes that stand in for a lost factor, each once; they are never shown again."""

    recovery_codes: list[str]


class EnrolledFactor(Wire):
    """A new factor; `recovery_codes` come with the first one and are never shown again."""

    factor: Factor
    recovery_codes: list[str]


class EnrolledSignIn(Wire):
    """The first factor, its recovery codes, and the session that begins with it."""

    factor: Factor
    recovery_codes: list[str]
    signed_in: SignedIn


class StepUpDue(Wire):
    """With what the session can be proven anew; `passkey` where a passkey is among it."""

    methods: list[Literal["password", "totp", "passkey"]]
    challenge: str
    passkey: RequestOptions | UnsetType = UNSET


class PasswordProof(Wire, tag_field="method", tag="password"):
    """The password again; for those who have no factor."""

    password: Password


class CodeProof(Wire, tag_field="method", tag="totp"):
    """A code of the code generator."""

    code: Code


class PasskeyProof(Wire, tag_field="method", tag="passkey"):
    """A passkey's answer to the challenge."""

    challenge: Challenge
    credential: PasskeyAnswer


Proof = PasswordProof | CodeProof | PasskeyProof


class SteppedUp(Wire):
    """Until when the session may do what needs a proof."""

    verified_at: datetime
    until: datetime
