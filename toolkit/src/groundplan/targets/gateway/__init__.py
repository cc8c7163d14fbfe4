"""The gateway target: Envoy's configuration and the authorisation policy from the model.

Takes a platform and a placement; hands on one bootstrap a replica, one file of endpoints a
cluster, policy.json, and where encrypted the files that name certificates. A request meets the
parts in this order: listener, hygiene, filters, routes, retries, clusters, endpoints.
"""

from groundplan.formats import json
from groundplan.model.file import File, Files
from groundplan.model.placement import Discovery, Placement
from groundplan.model.platform import Platform
from groundplan.targets.gateway import bootstrap, endpoints, parties, policy, tls
from groundplan.targets.gateway.bootstrap import admin_socket
from groundplan.targets.gateway.extension import Json

__all__ = ["admin_socket", "render"]


def render(platform: Platform, placement: Placement) -> Files:
    """Return the gateway's files; none where the platform has no gateway.

    Raises:
        ValueError: there is a gateway but nobody to ask about callers.
    """
    found = parties.find(platform)
    if found is None:
        return ()
    files = {
        "policy.json": policy.render(platform, found),
        **_discovery(platform, placement, found),
        **tls.files(placement, found.gateway),
    }
    for at in placement.of(found.gateway):
        folder = f"{at.component}-{at.replica}" if at.replica else at.component
        files[f"{folder}/envoy.json"] = bootstrap.render(platform, placement, found, at)
    return tuple(File(path, json.dump(content)) for path, content in sorted(files.items()))


def _discovery(
    platform: Platform, placement: Placement, found: parties.Parties
) -> dict[str, Json]:
    if placement.discovery is Discovery.NAMES:
        return {}
    called = {name for name, _ in found.routed} | {found.authorization, found.backend}
    return {
        endpoints.path(name): endpoints.discovery(name, placement.of(name))
        for name in platform.services
        if name in called
    }
