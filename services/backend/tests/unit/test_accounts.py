import base64
import json
from pathlib import Path
from typing import Any

import pytest

from groundplan_backend import accounts
from groundplan_backend.settings import Secret, SettingsError

_NOWHERE = Secret("postgresql://nobody@127.0.0.1:1/none")


def _file(folder: Path, **changes: Any) -> Path:
    (folder / "password").write_text("sesame\n")
    account = {
        "name": "backend",
        "connections": 5,
        "statement_timeout_ms": 5000,
        "password_file": str(folder / "password"),
    }
    made = folder / "accounts.json"
    made.write_text(json.dumps([{**account, **changes}]))
    return made


def test_a_password_is_stored_as_postgresql_would_store_it() -> None:
    """The keys are those of the example in RFC 7677, whose password is `pencil`."""
    salt = "W22ZaJ0SNY7soEsUEjb6gQ=="
    stored = "WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY="
    server = "wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU="
    expected = f"SCRAM-SHA-256$4096:{salt}${stored}:{server}"
    assert expected == accounts.verifier("pencil", base64.b64decode(salt))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"name": 'a"; DROP ROLE b'}, "ACCOUNTS_FILE: "),
        ({"connections": 0}, "ACCOUNTS_FILE: "),
        ({"superuser": True}, "ACCOUNTS_FILE: "),
        ({"password_file": "/no/such"}, "ACCOUNTS_FILE: the password of backend: /no/such cannot"),
    ],
)
async def test_a_wrong_file_is_refused_before_anything_is_done(
    changes: dict[str, Any], message: str, tmp_path: Path
) -> None:
    """A name that is no name, a limit of nothing, a right nobody knows: the file is named."""
    with pytest.raises(SettingsError) as raised:
        await accounts.provide(_NOWHERE, _file(tmp_path, **changes))
    assert str(raised.value).startswith(message)


async def test_an_empty_password_is_refused(tmp_path: Path) -> None:
    """A secret that has not arrived yet makes no account that anybody may enter."""
    file = _file(tmp_path)
    (tmp_path / "password").write_text("\n")
    with pytest.raises(SettingsError, match="is empty"):
        await accounts.provide(_NOWHERE, file)
