"""Configuration as ConfigMaps: what other targets rendered, and what the backend shows.

A component's files stand in one folder of the pod. Their digest is an annotation of the pod, so
that pods are replaced when a file changes. No secret is among them. A ConfigMap holds 1 MiB, so
the files of a very large platform lose their white space and stand in several.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from lightkube.resources.core_v1 import ConfigMap

from groundplan.model.catalog import catalog
from groundplan.model.file import File, Files
from groundplan.model.placement import Placement
from groundplan.model.platform import Platform
from groundplan.model.service import Kind
from groundplan.targets.kubernetes import label

POLICY: Final = "policy.json"
LARGEST: Final = 900 << 10
"""Bytes of a ConfigMap's files; Kubernetes takes 1 MiB with names and labels."""
_DIGITS: Final = 16


@dataclass(frozen=True, slots=True)
class Configuration:
    """The files of one component, by name."""

    name: str
    """Of its ConfigMap."""
    files: Mapping[str, str]

    @property
    def digest(self) -> str:
        """What changes when a file does."""
        whole = json.dumps(self.files, sort_keys=True).encode()
        return sha256(whole).hexdigest()[:_DIGITS]

    @property
    def maps(self) -> dict[str, dict[str, str]]:
        """The files by the ConfigMap that holds them; one that fits into none is cut in pieces.

        Pieces of `name` are called `name.000`, `name.001` and so on.
        """
        pieces = [piece for item in sorted(self.files.items()) for piece in _pieces(*item)]
        filled: list[dict[str, str]] = [{}]
        for name, text in pieces:
            if filled[-1] and _size((*filled[-1].values(), text)) > LARGEST:
                filled.append({})
            filled[-1][name] = text
        names = (self.name, *(f"{self.name}-{number}" for number in range(2, len(filled) + 1)))
        return dict(zip(names, filled, strict=True))

    def is_cut(self, file: str) -> bool:
        """Return whether a file stands in pieces."""
        return _size((self.files.get(file, ""),)) > LARGEST


def config_maps(
    platform: Platform, placement: Placement, component: str, found: Configuration
) -> list[ConfigMap]:
    """Return the ConfigMaps of a component."""
    return [
        ConfigMap(metadata=label.metadata(platform, placement, component, name), data=data)
        for name, data in found.maps.items()
    ]


def of_component(component: str, files: Mapping[str, str]) -> Configuration:
    """Return the configuration that a component's files are."""
    large = _size(files.values()) > LARGEST
    kept = {name: _dense(name, text) for name, text in files.items()} if large else dict(files)
    return Configuration(f"{component}-configuration", kept)


def of_services(
    platform: Platform, placement: Placement, rendered: Mapping[str, Files]
) -> dict[str, Configuration]:
    """Return what each service reads; those that read nothing are missing.

    Args:
        platform: the platform.
        placement: where it runs.
        rendered: what other targets rendered for it, by target.
    """
    files = [file for target in sorted(rendered) for file in rendered[target]]
    found = {name: _below(name, files) for name in platform.services}
    for name, _ in platform.of_kind(Kind.AUTHORIZATION):
        found[name] |= {file.path: file.content for file in files if file.path == POLICY}
    for name, _ in platform.of_kind(Kind.BACKEND):
        found[name]["catalog.json"] = _catalog(platform, placement)
    return {name: of_component(name, each) for name, each in found.items() if each}


def _below(folder: str, files: Iterable[File]) -> dict[str, str]:
    prefix = f"{folder}/"
    return {
        file.path.removeprefix(prefix): file.content
        for file in files
        if file.path.startswith(prefix)
    }


def _catalog(platform: Platform, placement: Placement) -> str:
    running = placement.environment
    shown = catalog(platform, placement.environments or {running: platform}, running)
    return json.dumps(shown, indent=1, sort_keys=True) + "\n"


def _size(texts: Iterable[str]) -> int:
    return sum(len(text.encode()) for text in texts)


def _dense(name: str, text: str) -> str:
    if not name.endswith(".json"):
        return text
    return json.dumps(json.loads(text), separators=(",", ":"))


def _pieces(name: str, text: str) -> list[tuple[str, str]]:
    if _size((text,)) <= LARGEST:
        return [(name, text)]
    # A character has four bytes at the most.
    length = LARGEST if text.isascii() else LARGEST // 4
    cuts = range(0, len(text), length)
    return [(f"{name}.{at // length:03}", text[at : at + length]) for at in cuts]
