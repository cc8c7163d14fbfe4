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
_SCOPE = identity.SCOPE.encode()
_TOKEN = identity.TOKEN_SESSION.encode()
_GATEWAY = identity.GATEWAY.encode()


@dataclass(frozen=True, slots=True)
class Caller:
    """A caller: the user's id, role and session id.

    `scopes` is what an API token is good for; None is a person's session, which may do all
    that its role allows.
    """

    subject: str
    role: Role
    session: str
    scopes: frozenset[str] | None = None


class Guard:
    """Admits callers to routes by role; the gateway has decided before, this decides again."""

    def __init__(self, gateway_key: Secret) -> None:
        self._key = gateway_key.reveal().encode()
        self._roles = {role.word.encode(): role for role in Role}

    def identify(self, headers: dict[bytes, bytes]) -> Caller:
        """Return the caller.

        Raises:
            Unauthenticated: the gateway does not vouch for an identity.
        """
        if not hmac.compare_digest(headers.get(_GATEWAY, b""), self._key):
            raise Unauthenticated("sign in first; identity comes from the gateway only")
        subject, session = headers.get(_SUBJECT), headers.get(_SESSION)
        role = self._roles.get(headers.get(_ROLE, b""))
        if not subject or not session or role is None:
            raise Unauthenticated("sign in first")
        scope = headers.get(_SCOPE)
        scopes = None if scope is None else frozenset(scope.decode("latin-1").split())
        if session.startswith(_TOKEN) != (scopes is not None):
            raise Unauthenticated("the scope of the API token did not arrive")
        return Caller(subject.decode("latin-1"), role, session.decode("latin-1"), scopes)


def require(caller: Caller, least: Role) -> None:
    """Raise Forbidden when the caller's role is below `least`."""
    if caller.role < least:
        raise Forbidden(f"needs the role {least.word}, the caller is {caller.role.word}")
