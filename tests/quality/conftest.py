"""Renders of the kubernetes target that judges read, with and without a release."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
import yaml

from groundplan import loader
from groundplan.model import placement
from groundplan.model.file import Files
from groundplan.model.platform import STORES, Platform
from groundplan.targets import TARGETS

ROOT = Path(__file__).resolve().parents[2]
Object = dict[str, Any]
Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
OUTPUTS = {
    "certificate_arn": "arn:aws:acm:us-east-1:111122223333:certificate/fixture",
    "database_endpoint": "fixture.cluster-abc.us-east-1.rds.amazonaws.com",
    "database_secret_arn": "arn:aws:secretsmanager:us-east-1:111122223333:secret:rds!fixture",
    "load_balancer_security_group_id": "sg-0123456789abcdef0",
    "web_acl_arn": "arn:aws:wafv2:us-east-1:111122223333:regional/webacl/fixture/a",
}

PLAIN = """\
apiVersion: groundplan/v1
extends: reference
name: plain
security: {encryption: {inTransit: false}}
services:
  orders:
    kind: service
    run: {directory: ., asgi: "app:app"}
    replicas: {min: 1, max: 3}
    calls: [database, cache, stock]
    routes: [/api/orders]
  stock:
    kind: service
    run: {command: [./stock, --port, $PORT], image: "registry.example/stock:1"}
    replicas: {min: 4, max: 4}
"""
"""A platform that differs from the reference wherever objects do."""


@dataclass(frozen=True)
class Render:
    """One platform in one environment, as files and as objects."""

    platform: Platform
    files: Files
    signals: Files = ()
    """What the target `monitoring` rendered beside them."""

    @cached_property
    def objects(self) -> dict[str, Object]:
        """All objects, by the path of their file; lists of files are left out."""
        return {
            file.path: yaml.load(file.content, Loader)
            for file in self.files
            if file.path.endswith(".yaml") and not file.path.endswith("kustomization.yaml")
        }

    @cached_property
    def watching(self) -> dict[str, Object]:
        """The objects of what watches, by the path of their file below `monitoring/`."""
        return {
            file.path: found
            for file in self.signals
            if file.path.endswith(".yaml") and not file.path.endswith("kustomization.yaml")
            if "apiVersion" in (found := yaml.load(file.content, Loader) or {})
        }

    @property
    def delivered(self) -> list[Object]:
        """What stands in the platform's own namespace; the folder `argocd` delivers it."""
        return [each for path, each in self.objects.items() if not path.startswith("argocd/")]

    def of_kind(self, *kinds: str) -> Iterator[Object]:
        """Yield the delivered objects of some kinds."""
        return (each for each in self.delivered if each["kind"] in kinds)


def rendered(file: str, environment: str, *, released: bool) -> Render:
    """Render an environment; with images and outputs as if it had been released and applied."""
    platform = loader.load(str(ROOT / file), environment)
    where = placement.in_kubernetes(
        (*platform.services, *STORES),
        namespace=platform.name,
        domain=platform.domain,
        environment=environment,
        encrypted=platform.security.encryption.in_transit,
        images={name: _image(name) for name in platform.services} if released else {},
        outputs=OUTPUTS if released else {},
    )
    return Render(
        platform, TARGETS["kubernetes"](platform, where), TARGETS["monitoring"](platform, where)
    )


def _image(name: str) -> str:
    digest = hashlib.sha256(name.encode()).hexdigest()
    return f"111122223333.dkr.ecr.us-east-1.amazonaws.com/fixture/{name}@sha256:{digest}"


@pytest.fixture(scope="session")
def renders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Render]:
    """Return every render that is judged."""
    plain = tmp_path_factory.mktemp("plain") / "platform.yaml"
    plain.write_text(PLAIN)
    return {
        "dev": rendered("platform.yaml", "dev", released=False),
        "prod": rendered("platform.yaml", "prod", released=False),
        "own service": rendered("examples/own-service/platform.yaml", "dev", released=False),
        "release": rendered("platform.yaml", "prod", released=True),
        "own release": rendered("examples/own-service/platform.yaml", "prod", released=True),
        "plain": rendered(str(plain), "dev", released=True),
    }


@pytest.fixture(scope="session")
def release(renders: dict[str, Render]) -> Render:
    """Return the reference as it would be delivered to production."""
    return renders["release"]
