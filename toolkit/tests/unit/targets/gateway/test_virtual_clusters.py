"""By which names the gateway counts answers."""

from groundplan.targets.gateway import virtual_clusters
from groundplan.targets.gateway.parties import Parties


def test_streams_are_counted_apart_and_the_longest_path_comes_first(found: Parties) -> None:
    """A path is told only where it is counted other than the one above it."""
    told = [
        (each["headers"][0]["string_match"]["prefix"], each["name"])
        for each in virtual_clusters.virtual_clusters(found)
    ]
    assert ("/api/v1/artifacts", "_streams") in told
    assert ("/api/v1", "to_backend") in told
    assert ("/shop", "to_shop") in told
    paths = [path for path, _ in told]
    assert paths == sorted(paths, key=lambda path: (-path.count("/"), -len(path), path))
    assert "/api/v1/artifacts/uploads" not in paths
