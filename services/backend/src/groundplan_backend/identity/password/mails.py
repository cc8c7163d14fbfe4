"""The words of mails about passwords."""

from typing import Final

from groundplan_backend.mail.message import Message

_RESET: Final = """Somebody, most likely you, asked to reset your password of Groundplan.

Choose another here, within thirty minutes:

{link}

The link works once. If it was not you, do nothing: your password stays as it is.
"""
_CHANGED: Final = """Your password of Groundplan was changed, and your other sessions have ended.

If it was not you, reset it now, and tell an administrator:

{link}
"""


def reset(email: str, public_url: str, token: str) -> Message:
    """Return the mail with the link."""
    # Behind the #, a browser tells the token to no server and no log.
    link = f"{public_url}/password-reset#{token}"
    return Message(email, "Reset your password", _RESET.format(link=link))


def changed(email: str, public_url: str) -> Message:
    """Return the mail that tells of a change."""
    link = f"{public_url}/password-reset"
    return Message(email, "Your password was changed", _CHANGED.format(link=link))
