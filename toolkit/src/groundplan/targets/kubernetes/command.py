"""How the program of a service is started in its container, and with which settings."""

from math import ceil
from typing import Final

from lightkube.models.core_v1 import EnvVar, EnvVarSource, ObjectFieldSelector

from groundplan.model import setting
from groundplan.model.placement import Placement
from groundplan.model.platform import Platform
from groundplan.model.service import Kind, Run
from groundplan.model.setting import EVERYWHERE, POD_NAME
from groundplan.targets.kubernetes import observability
from groundplan.targets.kubernetes.configuration import Configuration
from groundplan.targets.kubernetes.drain import NOTICE

BOOTSTRAP: Final = "envoy.json"
_POD: Final = f"$({POD_NAME})"
_JOIN: Final = """\
import glob, os, sys
with open("{whole}", "w") as whole:
    for piece in sorted(glob.glob("{read}.*")):
        with open(piece) as read:
            whole.write(read.read())
os.execv(sys.argv[1], sys.argv[1:])
"""
"""Puts a file together that no ConfigMap could hold, and becomes the program that reads it."""


def command(
    platform: Platform, placement: Placement, name: str, configuration: Configuration | None
) -> list[str]:
    """Return the program and its arguments, as Kubernetes reads them."""
    service = platform.services[name]
    match service.kind:
        case Kind.STATIC:
            return _nginx(placement)
        case Kind.GATEWAY:
            cut = configuration is not None and configuration.is_cut(BOOTSTRAP)
            return _envoy(platform, placement, name, cut=cut)
        case Kind.AUTHORIZATION:
            return ["python3", "-m", "groundplan_gateway", "serve"]
        case Kind.BACKEND:
            return ["python3", "-m", "groundplan_backend", "serve"]
        case Kind.SERVICE:
            return _own(placement, name, service.run) if service.run else []


def environment(platform: Platform, placement: Placement, name: str) -> list[EnvVar]:
    """Return the settings of a service; the pod's name comes first, for others to contain it."""
    return [_pod_name(), *variables(platform, placement, name)]


def variables(platform: Platform, placement: Placement, name: str) -> list[EnvVar]:
    """Return the settings of a service that the file decides."""
    settings, written = _settings(platform, placement, name), platform.services[name].env
    return [
        EnvVar(name=key, value=literal(value) if key in written else value)
        for key, value in settings.items()
    ]


def literal(text: str) -> str:
    """Return a text in which Kubernetes replaces nothing."""
    return text.replace("$(", "$$(")


def _settings(platform: Platform, placement: Placement, name: str) -> dict[str, str]:
    files = setting.mounted(platform, placement)
    match platform.services[name].kind:
        case Kind.STATIC | Kind.GATEWAY:
            return dict(platform.services[name].env)
        case Kind.AUTHORIZATION:
            return setting.authorization(platform, placement, name, 0, files)
        case Kind.BACKEND:
            asking = observability.settings(platform, placement)
            return {**asking, **setting.backend(platform, placement, name, 0, files)}
        case Kind.SERVICE:
            return setting.own(platform, placement, name, 0, files)


def _pod_name() -> EnvVar:
    field = ObjectFieldSelector(fieldPath="metadata.name")
    return EnvVar(name=POD_NAME, valueFrom=EnvVarSource(fieldRef=field))


def _nginx(placement: Placement) -> list[str]:
    configuration = f"{placement.config_folder}/config/nginx.conf"
    program = "/usr/local/bin/nginx"
    return [program, "-p", placement.run_folder, "-c", configuration, "-e", "stderr"]


def _envoy(platform: Platform, placement: Placement, name: str, *, cut: bool) -> list[str]:
    workers = ceil(platform.services[name].resources.limits.cpu)
    read = f"{placement.config_folder}/config/{BOOTSTRAP}"
    whole = f"{placement.run_folder}/{BOOTSTRAP}"
    return [
        *(("python3", "-c", _JOIN.format(read=read, whole=whole)) if cut else ()),
        "/usr/local/bin/envoy",
        *("--config-path", whole if cut else read),
        *("--service-cluster", platform.name),
        *("--service-node", _POD),
        *("--concurrency", str(workers)),
        "--disable-hot-restart",
        *("--drain-strategy", "immediate"),
        *("--drain-time-s", str(NOTICE)),
        *("--log-level", "warning"),
    ]


def _own(placement: Placement, name: str, run: Run) -> list[str]:
    port = placement.replica(name, 0).address.port
    if run.command:
        values = {"PORT": str(port), "HOST": EVERYWHERE}
        return [literal(_filled(word, values)) for word in run.command]
    interface = "asgi" if run.asgi else "wsgi"
    return [
        *("python3", "-m", "granian", "--interface", interface, "--workers", "1"),
        *("--host", EVERYWHERE, "--port", str(port)),
        *_encryption(placement, name),
        *("--no-ws",) * (interface == "wsgi"),
        run.asgi or run.wsgi or "",
    ]


def _encryption(placement: Placement, name: str) -> tuple[str, ...]:
    if not placement.is_encrypted:
        return ()
    files = placement.certificate(name)
    shown = ("--ssl-certificate", files.chain, "--ssl-keyfile", files.key)
    return (*shown, "--ssl-protocol-min", "tls1.2")


def _filled(word: str, values: dict[str, str]) -> str:
    for key, value in values.items():
        word = word.replace(f"${{{key}}}", value).replace(f"${key}", value)
    return word
