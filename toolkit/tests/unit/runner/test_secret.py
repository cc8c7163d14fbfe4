"""Secrets are drawn once and belong to the owner."""

import json
import stat
from pathlib import Path

from groundplan.runner import folders, secret


def test_secrets_stay_the_same(reference, tmp_path):
    """A second start finds the passwords of the first."""
    found = folders.locate(tmp_path / "data", tmp_path)
    folders.make(found)
    assert secret.draw(reference, found) == secret.draw(reference, found)


def test_secret_files_are_private(reference, tmp_path):
    """Every file of the secrets folder is for its owner alone."""
    found = folders.locate(tmp_path / "data", tmp_path)
    folders.make(found)
    secret.draw(reference, found)
    secret.owner_password(found)
    modes = {stat.S_IMODE(path.stat().st_mode) for path in Path(found.secrets).iterdir()}
    assert {0o600} == modes


def test_the_first_administrator_has_an_address_of_the_domain(reference, tmp_path):
    """The credentials file holds what the console asks for, and no more."""
    found = folders.locate(tmp_path / "data", tmp_path)
    folders.make(found)
    secret.draw(reference, found)
    account = json.loads(secret.credentials_file(found).read_text())
    assert {"email", "password"} == set(account)
    assert f"admin@{reference.domain}" == account["email"]
    assert len(account["password"]) >= 20


def test_passwords_differ():
    """Two draws are two passwords."""
    assert secret.readable_password() != secret.readable_password()
