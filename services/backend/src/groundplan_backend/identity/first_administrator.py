"""The first administrator, made by `migrate` when there is no user at all."""

import uuid
from typing import Annotated

import asyncpg
import msgspec

from groundplan_backend.identity import repository
from groundplan_backend.identity.passwords import Passwords
from groundplan_backend.settings import Secret, SettingsError


class _Credentials(msgspec.Struct):
    email: Annotated[str, msgspec.Meta(min_length=3)]
    password: Annotated[str, msgspec.Meta(min_length=1)]


async def create(url: Secret, file: Secret) -> None:
    """Create the administrator that `file` (JSON: email, password) names, if nobody is there.

    Raises:
        SettingsError: the file is not of that shape.
    """
    try:
        credentials = msgspec.json.decode(file.reveal(), type=_Credentials)
    except msgspec.DecodeError as error:
        raise SettingsError(f"FIRST_ADMINISTRATOR: {error}") from error
    passwords = Passwords()
    password = await passwords.hash(credentials.password)
    passwords.close()
    connection = await asyncpg.connect(url.reveal(), timeout=5)
    try:
        await repository.insert_first_administrator(
            connection, uuid.uuid4(), credentials.email.lower(), password
        )
    finally:
        await connection.close()
