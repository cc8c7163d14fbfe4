"""Who calls, as the gateway tells it; believed only with the gateway's own key."""

import hmac
from dataclasses import dataclass

from groundplan_backend.errors import Forbidden, Unauthenticated
from groundplan_backend.settings import Secret
from groundplan_contracts import identity
from groundplan_contracts.identity import Role

_SUBJECT = identity.SUBJECT.encode()
_ROLE = identity.ROLE.encode()
_SESSION = identity.SESSION.encode()
_GATEWAY = identity.GATEWAY.encode()


@dataclass(frozen=True, slots=True)
class Caller:
    """A signed-in caller: the user's id, role and session id."""

    subject: str
    role: Role
    session: str


class Guard:
    """Admits callers to routes by role; the gateway has decided before, this decides again."""

    def __init__(self, gateway_key: Secret) -> None:
        self._key = gateway_key.reveal().encode()
        self._roles = {role.word.encode(): role for role in Role}

    def admit(self, headers: dict[bytes, bytes], least: Role) -> Caller:
        """Return the caller.

        Raises:
            Unauthenticated: the gateway does not vouch for an identity.
            Forbidden: the caller's role is below `least`.
        """
        if not hmac.compare_digest(headers.get(_GATEWAY, b""), self._key):
            raise Unauthenticated("sign in first; identity comes from the gateway only")
        subject, session = headers.get(_SUBJECT), headers.get(_SESSION)
        role = self._roles.get(headers.get(_ROLE, b""))
        if not subject or not session or role is None:
            raise Unauthenticated("sign in first")
        if role < least:
            raise Forbidden(f"needs the role {least.word}, the caller is {role.word}")
        return Caller(subject.decode("latin-1"), role, session.decode("latin-1"))
