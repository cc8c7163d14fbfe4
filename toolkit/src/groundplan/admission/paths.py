"""Whether the files that programs are told to read are in what is mounted there.

Takes objects; hands on every path below a mount that no key of the mounted Secret or ConfigMap
makes. Paths are looked for where pods say them: in variables, in commands, and in the text of the
ConfigMaps that they mount, since those name certificates and keys in their turn.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from groundplan.admission import mounted
from groundplan.admission.finding import Finding, Object, namespace
from groundplan.admission.pod import Container, Pod, containers, pods

BELOW: Final = r"/([\w.-]+(?:/[\w.-]+)*)"
Files = Mapping[str, frozenset[str] | None]
"""The names of the files below each mount; none where they are not known."""
There = Mapping[tuple[str, str, str], mounted.Keys]
Texts = Mapping[tuple[str, str], str]


def findings(objects: Sequence[Object]) -> list[Finding]:
    """Return every path that is told and not there."""
    there = dict(mounted.made(objects))
    texts = {
        (namespace(each), each["metadata"]["name"]): "\n".join((each.get("data") or {}).values())
        for each in objects
        if each["kind"] == "ConfigMap"
    }
    found = []
    for pod in pods(objects):
        for each in containers(pod):
            files = _files(each, there)
            for origin, text in _told(each, texts):
                found += [each.finding(origin, _must(path)) for path in missing(text, files)]
    return found


def missing(text: str, files: Files) -> list[str]:
    """Return the paths of a text that stand beside or below a known mount and are not there."""
    known = {mount for mount, names in files.items() if names is not None}
    folders = {each.rpartition("/")[0] for each in known if each.count("/") > 1} | known
    told = {
        f"{folder}/{match[1].rstrip('.')}"
        for folder in folders
        for match in re.finditer(rf"(?<![\w/.-]){re.escape(folder)}{BELOW}", text)
    }
    return sorted(path for path in told if not _is_there(path, files))


def _is_there(path: str, files: Files) -> bool:
    """Say whether a path is a mount, above one, or a file of the mount that is nearest to it."""
    if any(f"{mount}/".startswith(f"{path}/") for mount in files):
        return True
    above = [mount for mount in files if path.startswith(f"{mount}/")]
    if not above:
        return False
    nearest = max(above, key=len)
    names = files[nearest]
    return names is None or path.removeprefix(f"{nearest}/") in names


def _must(path: str) -> str:
    return f"must name a file that is mounted, names {path}"


def _told(container: Container, texts: Texts) -> Iterator[tuple[str, str]]:
    """Yield where a container is told something, and the text."""
    values = container.values
    for variable in values.get("env") or ():
        yield f"env[{variable['name']}]", variable.get("value") or ""
    for field in ("command", "args"):
        yield field, "\n".join(values.get(field) or ())
    for mount, volume in _mounts(container):
        if name := (volume.get("configMap") or {}).get("name"):
            text = texts.get((container.pod.namespace, name), "")
            yield f"volumeMounts[{mount['mountPath']}]", text


def _files(container: Container, there: There) -> Files:
    return {
        mount["mountPath"].rstrip("/"): None
        if "subPath" in mount
        else _names(volume, container.pod, there)
        for mount, volume in _mounts(container)
    }


def _mounts(container: Container) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    volumes = {each["name"]: each for each in container.pod.spec.get("volumes") or ()}
    for mount in container.values.get("volumeMounts") or ():
        yield mount, volumes.get(mount["name"], {})


def _names(volume: Mapping[str, Any], pod: Pod, there: There) -> frozenset[str] | None:
    """Return the names of a volume's files; none where they are not known."""
    sources = (volume.get("projected") or {}).get("sources") or [volume]
    names: frozenset[str] = frozenset()
    for source in sources:
        found = _names_of(source, pod, there)
        if found is None:
            return None
        names |= found
    return names


def _names_of(source: Mapping[str, Any], pod: Pod, there: There) -> frozenset[str] | None:
    for field, kind in (("secret", "Secret"), ("configMap", "ConfigMap")):
        if found := source.get(field):
            if found.get("items"):
                return frozenset(each["path"] for each in found["items"])
            called = found.get("secretName") or found["name"]
            return there.get((kind, pod.namespace, called))
    return None
