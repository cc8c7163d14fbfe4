"""Settings that every service gets through its environment."""

from urllib.parse import quote

from groundplan.model.folders import Folders
from groundplan.model.placement import Placement
from groundplan.model.platform import CACHE, DATABASE, Platform
from groundplan.targets.local.secret import Secrets


def standard(platform: Platform, placement: Placement, name: str, replica: int) -> dict[str, str]:
    """Return who and where a replica is, in the words that every service understands."""
    address = placement.replica(name, replica).address
    told = {
        "service.namespace": platform.name,
        "service.instance.id": f"{name}-{replica}",
        "deployment.environment.name": placement.environment,
    }
    return {
        "HOST": address.host,
        "PORT": str(address.port),
        "GROUNDPLAN_COMPONENT": name,
        "GROUNDPLAN_REPLICA": str(replica),
        "GROUNDPLAN_ENVIRONMENT": placement.environment,
        "LOG_LEVEL": "info",
        "OTEL_SERVICE_NAME": name,
        "OTEL_RESOURCE_ATTRIBUTES": ",".join(f"{key}={value}" for key, value in told.items()),
        "PYTHONUNBUFFERED": "1",
    }


def account(service: str) -> str:
    """Return the name of a service's database and role."""
    return service.replace("-", "_")


def database_url(placement: Placement, secrets: Secrets, service: str) -> str:
    """Return where a service finds its own database."""
    name, password = account(service), secrets.account_passwords[service]
    address = placement.replica(DATABASE, 1).address
    return f"postgresql://{name}:{quote(password, safe='')}@{address}/{name}"


def cache_url(placement: Placement, secrets: Secrets, number: int = 0) -> str:
    """Return where a service finds the cache; `number` keeps keys of strangers apart."""
    address = placement.replica(CACHE, 1).address
    return f"redis://:{quote(secrets.cache_password, safe='')}@{address}/{number}"


def secret_file(folders: Folders, name: str) -> str:
    """Return the path of a secret that is handed over as a file."""
    return f"{folders.config}/secrets/{name}"
