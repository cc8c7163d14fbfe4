"""The addresses of the stores on this machine, with the passwords that open them."""

from typing import Final
from urllib.parse import quote

from groundplan.model import setting
from groundplan.model.placement import Placement
from groundplan.model.platform import CACHE, DATABASE, TELEMETRY
from groundplan.targets.local.secret import OWNER, Secrets

MAINTENANCE: Final = "postgres"
"""The database that is always there."""


def database_url(placement: Placement, secrets: Secrets, service: str) -> str:
    """Return where a service finds its own database."""
    name = setting.account(service)
    return _url(placement, service, name, secrets.account_passwords[service], name)


def administration_url(placement: Placement, secrets: Secrets, service: str) -> str:
    """Return where a service's migration makes what the service must not own."""
    return _url(placement, service, OWNER, secrets.owner_password, MAINTENANCE)


def _url(placement: Placement, service: str, user: str, password: str, database: str) -> str:
    address = placement.replica(DATABASE, 1).address
    url = f"postgresql://{user}:{quote(password, safe='')}@{address}/{database}"
    if not placement.is_encrypted:
        return url
    authority = quote(placement.certificate(service).authority)
    return f"{url}?sslmode=verify-full&sslrootcert={authority}"


def watching_url(placement: Placement, secrets: Secrets) -> str:
    """Return where the telemetry store looks at the figures of the database."""
    password = secrets.account_passwords.get(TELEMETRY, "")
    return _url(placement, TELEMETRY, TELEMETRY, password, MAINTENANCE)


def cache_url(placement: Placement, secrets: Secrets, number: int = 0) -> str:
    """Return where a service finds the cache; `number` keeps keys of strangers apart."""
    address = placement.replica(CACHE, 1).address
    scheme = "rediss" if placement.is_encrypted else "redis"
    return f"{scheme}://:{quote(secrets.cache_password, safe='')}@{address}/{number}"
