"""Who a caller is, as the gateway tells it to the services behind it.

Holds the header names that only the gateway may set, the claims of an access token, the scopes
of API tokens and the order of the roles. The gateway removes every header with `PREFIX` that a
client sends.
"""

from enum import IntEnum
from typing import Final, Self

PREFIX: Final = "x-groundplan-"
SUBJECT: Final = PREFIX + "subject"
ROLE: Final = PREFIX + "role"
SESSION: Final = PREFIX + "session"
SCOPE: Final = PREFIX + "scope"
"""What an API token is good for, space separated; a person's session carries no such header."""
GATEWAY: Final = PREFIX + "gateway"
JWT_PAYLOAD: Final = PREFIX + "jwt-payload"
PATH: Final = PREFIX + "path"
ADDRESS: Final = PREFIX + "address"
LEASE_ASK: Final = PREFIX + "lease-ask"
LEASE: Final = PREFIX + "lease"

TOKEN_TYPE: Final = "at+jwt"  # noqa: S105 - the media type of RFC 9068, not a secret
TOKEN_ALGORITHM: Final = "ES256"  # noqa: S105

TOKEN_SESSION: Final = "token_"  # noqa: S105
"""Begins the session id of every API token and of no person: without its scope it is nobody."""
SCOPES: Final = (
    "catalog:read",
    "delivery:read",
    "delivery:write",
    "artifacts:read",
    "artifacts:write",
    "audit:read",
)


class Role(IntEnum):
    """A caller's role; a higher one may do all that a lower one may."""

    VIEWER = 1
    OPERATOR = 2
    ADMINISTRATOR = 3

    @classmethod
    def parse(cls, word: str) -> Self:
        """Read a role's word, as it stands in tokens, headers and the platform file.

        Raises:
            ValueError: the word names no role.
        """
        try:
            return cls[word.upper()]
        except KeyError:
            raise ValueError(f"no role is called {word!r}") from None

    @property
    def word(self) -> str:
        """The role as it is written: `viewer`, `operator` or `administrator`."""
        return self.name.lower()
