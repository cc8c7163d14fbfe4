"""The root of an environment."""

import re
import time
from collections.abc import Callable
from dataclasses import replace

import pytest

from groundplan.model.file import Files
from groundplan.model.placement import Discovery, Placement, in_kubernetes
from groundplan.model.platform import Platform
from groundplan.targets import terraform

Render = Callable[..., dict[str, str]]


@pytest.fixture
def placement(platform_with: Callable[[str], Platform]) -> Placement:
    """Place the platform in a cluster."""
    platform = platform_with("")
    return in_kubernetes(
        platform.services,
        namespace="gp",
        domain=platform.domain,
        environment="prod",
        encrypted=True,
    )


@pytest.fixture
def rendered(platform_with: Callable[[str], Platform], placement: Placement) -> Render:
    """Render the reference with changes."""

    def render(text: str = "") -> dict[str, str]:
        files: Files = terraform.render(platform_with(text), placement)
        return {file.path: file.content for file in files}

    return render


def test_one_machine_needs_no_account(
    platform_with: Callable[[str], Platform], placement: Placement
) -> None:
    """The local environment has no Terraform."""
    here = replace(placement, discovery=Discovery.FILES)
    assert () == terraform.render(platform_with(""), here)


def test_the_file_s_values_arrive(rendered: Render) -> None:
    """Networks, versions, sizes and days stand in the calls as the file gives them."""
    main = rendered()["main.tf"]
    for words in (
        'private_subnets  = ["10.0.0.0/24", "10.0.1.0/24", "10.0.2.0/24"]',
        'kubernetes_version               = "1.35"',
        'instance_types = ["t3.medium", "t3.large"]',
        "max_storage_gib      = 100",
        "backup_days          = 7",
        'name = "groundplan-prod"',
    ):
        assert words in main, words


def test_rendering_twice_is_the_same(rendered: Render) -> None:
    """The same file gives the same bytes."""
    assert rendered() == rendered()


def test_five_hundred_services_are_rendered_in_seconds(rendered: Render) -> None:
    """A large file takes well under ten seconds of CPU, and rules stay within what AWS takes."""
    services = "\n".join(
        f"  s{number}: {{kind: service, run: {{command: [serve]}}, routes: [/api/s{number}],"
        f" calls: [database]}}"
        for number in range(500)
    )
    began = time.process_time()
    main = rendered(f"services:\n{services}")["main.tf"]
    assert time.process_time() - began < 10
    assert 500 <= main.count("service_account =")
    descriptions = re.findall(r'description = "([^"]*)"', main)
    assert 255 >= max(len(words) for words in descriptions)
