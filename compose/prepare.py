"""Makes what compose.yaml mounts: configuration, secrets and certificates, a folder a component.

`python prepare.py OBJECTS MADE`. Reads the objects that are rendered for a cluster and stands in
for those who would act on them there: ConfigMaps become files, ExternalSecrets are filled with
values made here, Certificates are issued by an authority made here. What was made stays made;
configuration is written anew each time. Two things differ from a cluster: PostgreSQL is the
container `database`, and whom its clients believe is our own authority.
"""

import hashlib
import json
import os
import re
import secrets
import string
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote_plus

import yaml
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

DATABASE: Final = "database"
STORES: Final = ("cache", DATABASE)
STORE_USER, OUR_USER = 999, 10001
"""Who runs PostgreSQL and Redis in their official images, and everything in ours."""
ADMINISTRATOR: Final = "postgres"
AUTHORITY_LASTS, LASTS, RENEWED = timedelta(days=3650), timedelta(days=365), timedelta(days=30)
FILLED: Final = re.compile(r"\{\{ \.(\w+)((?: \| [^|}]+)*) \}\}")
FUNCTIONS: Final[dict[str, Callable[..., str]]] = {
    "urlquery": quote_plus,
    "replace": lambda text, old, new: text.replace(old, new),
    "sha256sum": lambda text: hashlib.sha256(text.encode()).hexdigest(),
}
SIGNS: Final = (True, False, False, False, False, True, True, False, False)
SHOWS: Final = (True, False, False, False, False, False, False, False, False)

Pair = tuple[ec.EllipticCurvePrivateKey, x509.Certificate]


def main(objects: Path, made: Path, *kept: Path) -> None:
    """Make everything that is not there yet; `kept` are folders that our services fill."""
    found = list(_read(objects))
    store = made / "values.json"
    values: dict[str, Any] = json.loads(store.read_text()) if store.is_file() else {}
    for each in found:
        if each["kind"] == "ConfigMap":
            for name, text in each["data"].items():
                _write(made / _component(each) / "config" / name, text)
        elif each["kind"] == "ExternalSecret":
            for name, text in _secret(each["spec"], values).items():
                _write(made / _component(each) / "secrets" / name, text)
    _write(made / DATABASE / "secrets/password", _master(values)["password"])
    _write(store, json.dumps(values), mine=True)
    issued = {_component(each): each["spec"]["dnsNames"] for each in found if _is_shown(each)}
    _certify(made, issued | {DATABASE: [DATABASE]})
    for component in made.iterdir():
        if component.is_dir():
            _hand_over(component)
    for folder in kept:
        if folder.stat().st_uid != OUR_USER:
            folder.chmod(0o700)
            os.chown(folder, OUR_USER, OUR_USER)


def _read(objects: Path) -> Iterator[dict[str, Any]]:
    for path in sorted(objects.glob("*/*.yaml")):
        if path.parent.name != "argocd":
            yield from (each for each in yaml.safe_load_all(path.read_text()) if "kind" in each)


def _component(found: dict[str, Any]) -> str:
    return str(found["metadata"]["labels"]["app.kubernetes.io/name"])


def _is_shown(found: dict[str, Any]) -> bool:
    return found["kind"] == "Certificate" and "dnsNames" in found["spec"]


def _secret(spec: dict[str, Any], values: dict[str, Any]) -> dict[str, str]:
    """Return the files of a secret, its templates filled; values that are missing are made."""
    known = {}
    for wanted in spec["data"]:
        remote = wanted["remoteRef"]
        value = values.setdefault(remote["key"], _value(remote))
        known[wanted["secretKey"]] = value[remote["property"]] if "property" in remote else value
    templates = spec["target"]["template"]["data"]
    return {name: _at_home(_fill(text, known)) for name, text in templates.items()}


def _value(remote: dict[str, str]) -> Any:
    name = remote["key"].rpartition("/")[2]
    if "property" in remote:
        return {"username": ADMINISTRATOR, "password": _password()}
    if name == "administrator":
        return json.dumps({"email": "administrator@localhost.example", "password": _password()})
    return secrets.token_hex(32) if name.endswith("-key") else _password()


def _password() -> str:
    return "".join(secrets.choice(string.ascii_letters + string.digits) for _ in range(48))


def _master(values: dict[str, Any]) -> dict[str, str]:
    return next(value for value in values.values() if isinstance(value, dict))


def _fill(template: str, values: dict[str, str]) -> str:
    def filled(match: re.Match[str]) -> str:
        text = values[match[1]]
        for call in match[2].split(" | ")[1:]:
            name, *words = call.split()
            text = FUNCTIONS[name](text, *(word.strip('"') for word in words))
        return text

    return FILLED.sub(filled, template)


def _at_home(text: str) -> str:
    if not text.startswith("postgresql://"):
        return text
    text = re.sub(r"@[^@/]+/", f"@{DATABASE}:5432/", text)
    return re.sub(r"(sslrootcert=)[^&]+", r"\1/etc/groundplan/tls/ca.crt", text)


def _certify(made: Path, issued: dict[str, list[str]]) -> None:
    authority = _authority(made)
    believed = _text(authority[1])
    for folder in (path for path in made.iterdir() if path.is_dir()):
        _write(folder / "tls/ca.crt", believed)
    for component, names in issued.items():
        if not _lasts(made / f"{component}.crt"):
            folder = made / component / "tls"
            key = ec.generate_private_key(ec.SECP256R1())
            shown = _text(_certificate(component, key, authority, [*names, "localhost"]))
            _write(folder / "tls.key", _key(key))
            _write(folder / "tls.crt", shown)
            _write(made / f"{component}.crt", shown, mine=True)


def _lasts(path: Path) -> bool:
    if not path.is_file():
        return False
    end = x509.load_pem_x509_certificate(path.read_bytes()).not_valid_after_utc
    return end > datetime.now(UTC) + RENEWED


def _authority(made: Path) -> Pair:
    at = made / "authority.key", made / "authority.crt"
    if at[1].is_file():
        key = serialization.load_pem_private_key(at[0].read_bytes(), None)
        assert isinstance(key, ec.EllipticCurvePrivateKey)
        return key, x509.load_pem_x509_certificate(at[1].read_bytes())
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = _certificate("authority of compose", key, None, [])
    _write(at[0], _key(key), mine=True)
    _write(at[1], _text(certificate), mine=True)
    return key, certificate


def _certificate(
    name: str, key: ec.EllipticCurvePrivateKey, authority: Pair | None, names: list[str]
) -> x509.Certificate:
    """Return a certificate for names and 127.0.0.1; without an authority, one of its own."""
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    signer, issuer = (authority[0], authority[1].subject) if authority else (key, subject)
    begins = datetime.now(UTC) - timedelta(minutes=5)
    builder = (
        x509.CertificateBuilder(issuer, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(begins + (LASTS if authority else AUTHORITY_LASTS))
        .add_extension(x509.BasicConstraints(ca=not authority, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(*(SHOWS if authority else SIGNS)), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()),
            critical=False,
        )
    )
    if authority:
        here = x509.IPAddress(IPv4Address("127.0.0.1"))
        alternatives = x509.SubjectAlternativeName([*map(x509.DNSName, names), here])
        server = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH])
        builder = builder.add_extension(alternatives, critical=False)
        builder = builder.add_extension(server, critical=False)
    return builder.sign(signer, hashes.SHA256())


def _key(key: ec.EllipticCurvePrivateKey) -> str:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    ).decode()


def _text(certificate: x509.Certificate) -> str:
    return certificate.public_bytes(serialization.Encoding.PEM).decode()


def _write(path: Path, text: str, *, mine: bool = False) -> None:
    """Write a file whole; readable by its owner alone, and never by others."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f".{path.name}.new")
    new.unlink(missing_ok=True)
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    if not mine:
        new.chmod(0o400)
    new.replace(path)


def _hand_over(component: Path) -> None:
    """Give files to whoever runs the component; only root can, and only root must."""
    user = STORE_USER if component.name in STORES else OUR_USER
    for path in component.rglob("*"):
        if path.is_file() and os.getuid() == 0:
            os.chown(path, user, user)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
