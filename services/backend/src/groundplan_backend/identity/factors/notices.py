"""Mails that tell somebody what became of his factors; a thief would rather he did not know."""

from typing import Final, Literal
from uuid import UUID

from groundplan_backend.identity import repository as users
from groundplan_backend.mail.message import Message
from groundplan_backend.mail.service import Outbox
from groundplan_backend.postgres.pool import Connection, Pool
from groundplan_backend.settings import Settings

Change = Literal["totp added", "passkey added", "removed", "reset", "codes made", "code used"]
_SAID: Final[dict[Change, str]] = {
    "totp added": "A code generator was added to your account.",
    "passkey added": "A passkey was added to your account.",
    "removed": "A second factor was removed from your account.",
    "reset": "An administrator has removed all second factors from your account.",
    "codes made": "New recovery codes were made; those before are worth nothing.",
    "code used": "Somebody has signed in to your account with a recovery code.",
}
_WORDS: Final = """{said}

If it was not you, change your password, look through your factors and sessions, and tell an
administrator:

{link}
"""


class Notices:
    """Writes mails in the transaction of what they tell of."""

    def __init__(self, pool: Pool, settings: Settings) -> None:
        # Whoever writes a mail needs no post office; the mail room sends what lies in the outbox.
        self._outbox = Outbox(pool, settings.key_encryption_key, None, settings.mail_from)
        self._link = f"{settings.public_url}/security"

    async def tell(self, connection: Connection, user: UUID | str, change: Change) -> None:
        """Tell a user of a change, unless he is gone."""
        row = await users.user_by_id(connection, user)
        if row is not None:
            words = _WORDS.format(said=_SAID[change], link=self._link)
            subject = "The second factor of your account"
            await self._outbox.put(connection, Message(row["email"], subject, words))
