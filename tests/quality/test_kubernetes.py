"""Every rendered object is valid in every version of Kubernetes, and reads as it was written.

Kubernetes' own kinds are judged by its strict schemas, custom ones by those in
toolkit/tests/schemas; a kind that no schema knows is an error.
"""

import copy
import functools
import json
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml
from jsonschema.validators import validator_for
from kubernetes_validate import utils

ROOT = Path(__file__).resolve().parents[2]
SCHEMAS = ROOT / "toolkit/tests/schemas"
VERSIONS = ("1.28", "1.33", "1.34", "1.35", "1.36")
GROUPS = {path.name for path in SCHEMAS.iterdir() if path.is_dir()}
RENDERS = ("dev", "prod", "own service", "release", "own release", "plain")
PARTS = {"apiVersion", "kind", "metadata", "spec"}
"""What a custom resource has at its top, where the catalog's schemas ask for nothing."""
Object = dict[str, Any]
Render = Any


@pytest.fixture(scope="module", autouse=True)
def schemas_are_read_once() -> Iterator[None]:
    """Keep what the library would read again for every object."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(utils, "schema_contents", functools.cache(utils.schema_contents))
        patch.setattr(utils, "all_versions", functools.cache(utils.all_versions))
        yield


def faults(found: Object, version: str) -> list[str]:
    """Return what the strict schema of an object's kind says against it."""
    group = found["apiVersion"].rpartition("/")[0]
    if group in GROUPS:
        return _custom_faults(found, version)
    if "." in group and not group.endswith(".k8s.io"):
        # The library looks only at the first part of a group: it takes apps.example for apps.
        return [f"no schema of the group {group}"]
    try:
        used = kubernetes_validate.validate(found, version, strict=True)
    except kubernetes_validate.ValidationError as error:
        return [f"{'.'.join(map(str, error.path))}: {error.message}"]
    except kubernetes_validate.SchemaNotFoundError as error:
        return [error.message]
    return [] if used == version else [f"no schemas of {version}, judged by {used}"]


def _custom_faults(found: Object, version: str) -> list[str]:
    file = _schema_file(found)
    if not file.is_file():
        return [f"no schema {file.relative_to(SCHEMAS)}"]
    errors = [f"{error.json_path}: {error.message}" for error in _judge(file).iter_errors(found)]
    meta = {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": found["metadata"]}
    unknown = sorted(set(found) - PARTS)
    return [*errors, *unknown, *faults(meta, version)]


def _schema_file(found: Object) -> Path:
    group, _, version = found["apiVersion"].rpartition("/")
    return SCHEMAS / group / f"{found['kind'].lower()}_{version}.json"


@functools.cache
def _judge(file: Path) -> Any:
    schema = json.loads(file.read_text())
    return validator_for(schema)(schema)


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("name", RENDERS)
def test_what_watches_is_valid(name: str, version: str, renders: Mapping[str, Render]) -> None:
    """Every object around the platform, those of operators too."""
    objects = renders[name].watching
    found = {path: said for path, each in objects.items() if (said := faults(each, version))}
    assert {} == found
    assert len(objects) > 60


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("name", RENDERS)
def test_every_object_is_valid(name: str, version: str, renders: Mapping[str, Render]) -> None:
    """No schema of no supported version says anything against any object."""
    objects = renders[name].objects
    found = {path: said for path, each in objects.items() if (said := faults(each, version))}
    assert {} == found
    assert len(objects) > 60


def test_schemas_are_all_used(renders: Mapping[str, Render]) -> None:
    """No schema is kept for a kind that nobody renders."""
    all_ = (found for render in renders.values() for found in (render.objects, render.watching))
    used = {_schema_file(each) for found in all_ for each in found.values()}
    assert set() == set(SCHEMAS.glob("*/*.json")) - used


def of_kind(render: Render, kind: str) -> Object:
    """Return a copy of the first object of a kind."""
    return copy.deepcopy(next(each for each in render.objects.values() if each["kind"] == kind))


@pytest.mark.parametrize("version", VERSIONS)
def test_an_unknown_field_is_found(version: str, release: Render) -> None:
    """Negative control: a misspelt field of a Deployment is named in every version."""
    found = of_kind(release, "Deployment")
    container = found["spec"]["template"]["spec"]["containers"][0]
    container["resource"] = container.pop("resources")
    (said,) = faults(found, version)
    assert "resource" in said


@pytest.mark.parametrize("version", VERSIONS)
def test_an_unknown_kind_is_found(version: str, release: Render) -> None:
    """Negative control: a kind, or a version of one, that Kubernetes has not is an error."""
    found = of_kind(release, "HorizontalPodAutoscaler")
    assert faults(found | {"apiVersion": "autoscaling/v2beta2"}, version)
    assert faults(found | {"kind": "HorizontalPodScaler"}, version)
    assert faults(found | {"apiVersion": "autoscaling.example/v2"}, version)


@pytest.mark.parametrize("kind", ["Application", "Certificate", "ExternalSecret"])
def test_an_unknown_field_of_a_custom_resource_is_found(kind: str, release: Render) -> None:
    """Negative control: below `spec`, beside it and in the metadata."""
    for path in (("spec",), (), ("metadata",)):
        found = of_kind(release, kind)
        functools.reduce(lambda value, key: value[key], path, found)["misspelt"] = {}
        assert any("misspelt" in each for each in faults(found, VERSIONS[-1])), path


def test_an_unknown_custom_kind_is_found(release: Render) -> None:
    """Negative control: a kind of a known operator that has no schema is an error."""
    found = of_kind(release, "Certificate") | {"kind": "Certificates"}
    assert ["no schema cert-manager.io/certificates_v1.json"] == faults(found, VERSIONS[-1])


def kustomized(folder: Path) -> list[Object]:
    """Return what kubectl makes of a kustomization."""
    program = Path(sys.executable).with_name("kubectl")
    done = subprocess.run(
        [program, "kustomize", folder], capture_output=True, text=True, check=False
    )
    assert 0 == done.returncode, done.stderr
    return [each for each in yaml.safe_load_all(done.stdout) if each]


def written(render: Render, folder: Path) -> Path:
    """Write a render's files below a folder."""
    for file in render.files:
        path = folder / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(file.content)
    return folder


def ordered(objects: list[Object]) -> list[str]:
    """Return objects so that two lists of the same ones are equal."""
    return sorted(json.dumps(each, sort_keys=True) for each in objects)


@pytest.mark.parametrize("name", RENDERS)
def test_kustomize_gives_the_same_objects(
    name: str, renders: Mapping[str, Render], tmp_path: Path
) -> None:
    """The lists of files leave nothing out and change nothing; `argocd` has one of its own."""
    render = renders[name]
    folder = written(render, tmp_path)
    assert ordered(render.delivered) == ordered(kustomized(folder))
    apart = [each for path, each in render.objects.items() if path.startswith("argocd/")]
    assert apart
    assert ordered(apart) == ordered(kustomized(folder / "argocd"))


@pytest.mark.parametrize("name", RENDERS)
def test_every_folder_is_a_kustomization(
    name: str, renders: Mapping[str, Render], tmp_path: Path
) -> None:
    """A component can be delivered by itself."""
    folder = written(renders[name], tmp_path)
    for each in sorted(path for path in folder.iterdir() if path.is_dir()):
        below = [path for path in renders[name].objects if path.startswith(f"{each.name}/")]
        assert len(below) == len(kustomized(each)), each.name


class OldLoader(yaml.SafeLoader):
    """Reads y and n as YAML 1.1 says, as some readers do and PyYAML does not."""

    bool_values = {**yaml.SafeLoader.bool_values, "y": True, "n": False}  # noqa: RUF012


OldLoader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile(r"^(?:y|Y|n|N)$"), list("yYnN")
)


@pytest.mark.parametrize("name", RENDERS)
def test_all_readers_read_the_same(name: str, renders: Mapping[str, Render]) -> None:
    """YAML 1.1 with its y and n, PyYAML and JSON's types agree on every value."""
    for path, found in renders[name].objects.items():
        text = next(file.content for file in renders[name].files if file.path == path)
        assert found == yaml.load(text, OldLoader), path
        assert found == json.loads(json.dumps(found)), path


def test_a_trap_of_yaml_would_be_noticed() -> None:
    """Negative control: an unquoted y is a text to one reader and true to the other."""
    text = "answer: y"
    assert ("y", True) == (yaml.safe_load(text)["answer"], yaml.load(text, OldLoader)["answer"])


SECRET = re.compile(
    r"://[^\s/@:{]*:[^\s/@{]+@|\b[0-9a-f]{64}\b|-----BEGIN [A-Z ]*PRIVATE KEY|AKIA[0-9A-Z]{16}"
)
NAMED = re.compile(r"(PASSWORD|SECRET|TOKEN|KEY|CREDENTIAL)S?$")


def secrets_of(found: Object) -> Iterator[str]:
    """Yield what looks like a secret's value: in Secrets, in variables, anywhere in the text."""
    if found["kind"] == "Secret":
        yield from [*(found.get("data") or ()), *(found.get("stringData") or ())]
    for variable in _variables(found):
        if NAMED.search(variable["name"]) and variable.get("value"):
            yield variable["name"]
        if "secretKeyRef" in (variable.get("valueFrom") or {}):
            yield variable["name"]
    text = re.sub(r"sha256:[0-9a-f]{64}", "", json.dumps(found))
    yield from (match[0] for match in SECRET.finditer(text))


def _variables(value: Any) -> Iterator[Object]:
    if isinstance(value, dict):
        yield from value.get("env") or ()
        for each in value.values():
            yield from _variables(each)
    elif isinstance(value, list):
        for each in value:
            yield from _variables(each)


@pytest.mark.parametrize("name", RENDERS)
def test_no_secret_is_rendered(name: str, renders: Mapping[str, Render]) -> None:
    """Neither as a Secret, nor in a variable, nor in the text of a configuration."""
    objects = renders[name].objects
    found = {path: said for path, each in objects.items() if (said := list(secrets_of(each)))}
    assert {} == found


@pytest.mark.parametrize(
    "canary",
    [
        {"kind": "Secret", "stringData": {"password": "x"}},
        {"kind": "Deployment", "spec": {"env": [{"name": "API_KEY", "value": "x"}]}},
        {
            "kind": "Deployment",
            "spec": {"env": [{"name": "A", "valueFrom": {"secretKeyRef": {"name": "s"}}}]},
        },
        {"kind": "ConfigMap", "data": {"url": "redis://:hunter2@cache:6379/0"}},
        {"kind": "ConfigMap", "data": {"key": "0123456789abcdef" * 4}},
        {"kind": "ConfigMap", "data": {"pem": "-----BEGIN EC PRIVATE KEY-----"}},
    ],
)
def test_a_secret_would_be_found(canary: Object) -> None:
    """Negative control: each of the places in which a secret could stand."""
    assert list(secrets_of(canary))
