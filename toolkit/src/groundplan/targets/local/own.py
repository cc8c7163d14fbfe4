"""Services of the user's on this machine: any ASGI, WSGI or plain program, with its settings."""

from groundplan.model import collector, setting
from groundplan.model.folders import Folders
from groundplan.model.placement import Endpoint, Placement
from groundplan.model.platform import CACHE, DATABASE, Platform
from groundplan.model.process import Installation, Process
from groundplan.model.service import Run, Service
from groundplan.targets.local import encryption, environment
from groundplan.targets.local.secret import Secrets


def processes(
    platform: Platform, placement: Placement, folders: Folders, secrets: Secrets, name: str
) -> tuple[Process, ...]:
    """Return the replicas of a service of the user's."""
    service = platform.services[name]
    if service.run is None:
        return ()
    return tuple(
        Process(
            component=name,
            replica=endpoint.replica,
            kind=service.kind,
            program=_program(service.run, folders, name),
            arguments=_arguments(service.run, placement, endpoint),
            port=endpoint.address.port,
            probes=service.effective_probes,
            directory=directory(service.run, folders),
            environment=_environment(platform, placement, secrets, endpoint),
            drain=service.drain,
            reads=encryption.files(placement, name),
            authority=encryption.authority(placement, name),
            after=_after(service, name),
        )
        for endpoint in placement.of(name)
    )


def installation(folders: Folders, name: str, run: Run) -> Installation | None:
    """Return what must be installed before a service starts, if anything."""
    if not run.requirements:
        return None
    place = directory(run, folders)
    return Installation(name, run.requirements, place, _environment_folder(folders, name))


def directory(run: Run, folders: Folders) -> str:
    """Return the folder in which a service of the user's is started."""
    written = run.directory or "."
    return written if written.startswith("/") else f"{folders.source}/{written}"


def _environment_folder(folders: Folders, name: str) -> str:
    return f"{folders.service(name)}/venv"


def _program(run: Run, folders: Folders, name: str) -> str:
    python = f"{_environment_folder(folders, name)}/bin/python" if run.requirements else "python"
    if not run.command:
        return python
    first = run.command[0]
    if first in ("python", "python3"):
        return python
    if run.requirements and "/" not in first:
        return f"{_environment_folder(folders, name)}/bin/{first}"
    return first


def _arguments(run: Run, placement: Placement, endpoint: Endpoint) -> tuple[str, ...]:
    address = endpoint.address
    if run.command:
        values = {"$PORT": str(address.port), "$HOST": address.host}
        return tuple(_fill(word, values) for word in run.command[1:])
    interface = "asgi" if run.asgi else "wsgi"
    return (
        *("-m", "granian", "--interface", interface, "--workers", "1"),
        *("--host", address.host, "--port", str(address.port)),
        *_encryption(placement, endpoint.component),
        *("--no-ws",) * (interface == "wsgi"),
        run.asgi or run.wsgi or "",
    )


def _encryption(placement: Placement, name: str) -> tuple[str, ...]:
    if not placement.is_encrypted:
        return ()
    shown = placement.certificate(name)
    files = ("--ssl-certificate", shown.chain, "--ssl-keyfile", shown.key)
    return (*files, "--ssl-protocol-min", "tls1.2")


def _fill(word: str, values: dict[str, str]) -> str:
    for name, value in values.items():
        word = word.replace(f"${{{name[1:]}}}", value).replace(name, value)
    return word


def _environment(
    platform: Platform, placement: Placement, secrets: Secrets, endpoint: Endpoint
) -> dict[str, str]:
    name, service = endpoint.component, platform.services[endpoint.component]
    settings = setting.standard(platform, placement, name, endpoint.replica)
    if DATABASE in service.calls:
        settings["DATABASE_URL"] = environment.database_url(placement, secrets, name)
    if CACHE in service.calls:
        settings["REDIS_URL"] = environment.cache_url(placement, secrets, setting.STRANGERS_NUMBER)
    return {**settings, **_sending(placement, secrets), **service.env}


def _sending(placement: Placement, secrets: Secrets) -> dict[str, str]:
    """Return what only the store of one machine wants of an SDK: its key, and no metrics.

    It asks for metrics and takes none that are sent, as an SDK does unless it is told otherwise.
    """
    if not collector.url(placement):
        return {}
    said = {"OTEL_METRICS_EXPORTER": "none"}
    if secrets.send_key:
        said["OTEL_EXPORTER_OTLP_HEADERS"] = f"authorization=Bearer%20{secrets.send_key}"
    return said


def _after(service: Service, name: str) -> tuple[str, ...]:
    installs = service.run is not None and bool(service.run.requirements)
    return (f"install-{name}",) * installs + ("accounts",) * (DATABASE in service.calls)
