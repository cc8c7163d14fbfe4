"""All targets' files are rendered together, and only what changed is written."""

from dataclasses import replace
from pathlib import Path

import pytest

from groundplan.runner import folders
from groundplan.runner.composition import Composition
from groundplan.targets import local
from groundplan.targets.local import Secrets


@pytest.fixture
def composition(reference, tmp_path) -> Composition:
    """Return the reference in folders of a test."""
    found = folders.locate(tmp_path / "data", tmp_path)
    folders.make(found)
    secrets = Secrets("a", "b", "c", {"backend": "d"})
    return Composition(reference, {"local": reference}, "local", found, secrets)


def _ports(composition) -> dict[str, int]:
    needs = local.needs(composition.platform)
    return {need.name: 9000 + index for index, need in enumerate(needs)}


def test_every_file_that_a_process_reads_is_rendered(composition):
    """What processes are told to read stands there once everything is written."""
    rendered, files = composition.render(composition.place(_ports(composition)))
    composition.write(files)
    own = composition.folders.config
    named = {path for each in rendered.processes for path in (*each.reads, *each.reloads)}
    assert set() == {path for path in named if path.startswith(own) and not Path(path).exists()}


def test_a_draining_replica_changes_what_may_change_while_running(composition):
    """Only endpoint files change, and nothing that would need a restart."""
    ports = _ports(composition)
    rendered, files = composition.render(composition.place(ports))
    composition.write(files)
    _, files = composition.render(composition.place(ports, ["backend-1"]))
    changed = composition.write(files)
    assert {f"{composition.folders.config}/endpoints/backend.json"} == changed
    assert not changed & {path for each in rendered.processes for path in each.reads}


def test_a_draining_gateway_reloads_the_frontend(composition):
    """nginx is told of gateways by its own files, which it reads again."""
    ports = _ports(composition)
    rendered, files = composition.render(composition.place(ports))
    composition.write(files)
    _, files = composition.render(composition.place(ports, ["gateway-1"]))
    reloads = {path for each in rendered.processes for path in each.reloads}
    assert reloads == composition.write(files)


def test_writing_the_same_again_changes_nothing(composition):
    """Files that did not change are left alone."""
    _, files = composition.render(composition.place(_ports(composition)))
    assert composition.write(files)
    assert set() == composition.write(files)


def test_an_encrypted_run_renders_what_it_reads(composition):
    """With certificates and an nginx before the cache nothing that is read is missing."""
    encrypted = replace(composition, encrypted=True, tunnelled=True)
    rendered, files = encrypted.render(encrypted.place(_ports(encrypted)))
    encrypted.write(files)
    own = encrypted.folders.config
    named = {path for each in rendered.processes for path in (*each.reads, *each.reloads)}
    assert f"{own}/cache.tls/nginx.conf" in named
    assert set() == {path for path in named if path.startswith(own) and not Path(path).exists()}
