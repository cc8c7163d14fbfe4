"""By which names the gateway counts answers."""

import pytest

from groundplan.targets.gateway import virtual_clusters
from groundplan.targets.gateway.parties import Parties


def _told(found: Parties) -> list[tuple[str, str, str]]:
    """Return how a path is compared, with what, and the name under which it is counted."""
    return [
        (*next(iter(each["headers"][0]["string_match"].items())), each["name"])
        for each in virtual_clusters.virtual_clusters(found)
    ]


def _counted_as(found: Parties, path: str) -> str:
    """Return the name of a path as Envoy finds it: the first that fits."""
    return next(
        name
        for how, text, name in _told(found)
        if (path == text if how == "exact" else path.startswith(text))
    )


def test_streams_are_counted_apart_and_the_longest_path_comes_first(found: Parties) -> None:
    """A path is told only where it is counted other than the one above it."""
    told = _told(found)
    assert ("exact", "/api/v1/artifacts", "_streams") in told
    assert ("exact", "/api/v1", "to_backend") in told
    assert ("exact", "/shop", "to_shop") in told
    paths = [path for how, path, _ in told if how == "exact"]
    assert paths == sorted(paths, key=lambda path: (-path.count("/"), -len(path), path))
    assert "/api/v1/artifacts/uploads" not in paths


def test_alerts_are_counted_apart(found: Parties) -> None:
    """Alertmanager is no user: whether it is answered well is in no objective."""
    assert "_alerts" == _counted_as(found, "/api/v1/incidents/alertmanager")
    assert "to_backend" == _counted_as(found, "/api/v1/incidents/channels")


@pytest.mark.parametrize("path", ["/shop", "/shop?a=b", "/shop/", "/shop/open"])
def test_a_path_is_counted_with_all_below_it(found: Parties, path: str) -> None:
    """With a query or without."""
    assert "to_shop" == _counted_as(found, path)


@pytest.mark.parametrize("path", ["/shopping", "/shop-2/open", "/api/v1x"])
def test_a_path_that_only_begins_alike_is_another(found: Parties, path: str) -> None:
    """Whole segments are compared, as routes are."""
    with pytest.raises(StopIteration):
        _counted_as(found, path)
