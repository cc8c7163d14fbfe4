"""The table of what others make."""

import re
from collections.abc import Callable

from groundplan.model.platform import Platform
from groundplan.targets.kubernetes import pinned


def test_the_caches_image_is_of_the_files_version(reference: Platform) -> None:
    """The digest decides, the tag tells people which version it is."""
    found = pinned.cache(reference)
    assert found.tag.startswith(f"{reference.cache.version}.")
    assert re.fullmatch(
        r"docker\.io/library/redis:6\.2\.\d+-alpine@sha256:[0-9a-f]{64}", found.reference
    )


def test_a_version_outside_the_table_has_no_digest(
    platform_with: Callable[[str], Platform],
) -> None:
    """None is made up: the tag alone names it."""
    found = pinned.cache(platform_with('cache: {version: "9.9"}'))
    assert ("", "docker.io/library/redis:9.9-alpine") == (found.digest, found.reference)


def test_every_row_names_a_version_a_source_and_a_day() -> None:
    """A pin whose source nobody knows cannot be renewed; none floats."""
    charts = (*pinned.CHARTS, *pinned.OBSERVABILITY)
    for chart in charts:
        assert re.fullmatch(r"v?\d+\.\d+\.\d+", chart.version), chart
        assert chart.repository.startswith("https://")
        assert chart.source.startswith("https://")
        assert re.fullmatch(r"2026-\d\d-\d\d", chart.seen), chart
    assert len(charts) == len({chart.name for chart in charts})
