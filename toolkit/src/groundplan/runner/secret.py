"""Secrets of a data folder: drawn once, kept in files that only their owner can read."""

import json
import secrets
from pathlib import Path

from groundplan.model.folders import Folders
from groundplan.model.platform import DATABASE, TELEMETRY, Platform
from groundplan.runner import disk
from groundplan.targets.local import Secrets

CONSONANTS = "bdfgjklmnprstvwz"
VOWELS = "aeiou"


def draw(platform: Platform, folders: Folders) -> Secrets:
    """Return the secrets, drawing those that are not there yet."""
    kept = Path(folders.secrets)
    _administrator(kept, platform.domain)
    return Secrets(
        cache_password=_hex(kept / "cache-password"),
        gateway_key=_hex(kept / "gateway-key"),
        key_encryption_key=_hex(kept / "key-encryption-key"),
        account_passwords={
            name: _hex(kept / f"database-password-{name}")
            for name in (*platform.callers_of(DATABASE), TELEMETRY)
        },
        telemetry_key=_hex(kept / "telemetry-key"),
        send_key=_hex(kept / "telemetry-send-key"),
        alert_key=_hex(kept / "alert-key"),
        owner_password=owner_password(folders),
    )


def owner_password(folders: Folders) -> str:
    """Return the password of PostgreSQL's own superuser."""
    return _hex(Path(folders.secrets) / "database-owner-password")


def credentials_file(folders: Folders) -> Path:
    """Return the file with the first administrator's e-mail address and password."""
    return Path(folders.secrets) / "administrator.json"


def readable_password() -> str:
    """Draw a password of 75 bits that a person can read out and type."""
    syllables = [secrets.choice(CONSONANTS) + secrets.choice(VOWELS) for _ in range(12)]
    return "-".join("".join(syllables[start : start + 3]) for start in range(0, 12, 3))


def _administrator(kept: Path, domain: str) -> None:
    path = kept / "administrator.json"
    if not path.exists():
        account = {"email": f"admin@{domain}", "password": readable_password()}
        disk.write(path, json.dumps(account) + "\n", 0o600, sync=True)


def _hex(path: Path) -> str:
    if not path.exists():
        disk.write(path, secrets.token_hex(32), 0o600, sync=True)
    return path.read_text(encoding="utf-8").strip()
