"""The frontend target: nginx's configuration from the model.

Takes a platform and a placement; hands on one nginx.conf a replica of every static service.
A request meets the parts in this order: server, site or api, upstream; headers and the access
log belong to every answer.
"""

from groundplan.model.file import File, Files
from groundplan.model.placement import Endpoint, Placement
from groundplan.model.platform import Platform
from groundplan.model.service import Kind
from groundplan.targets.frontend.nginx import configuration
from groundplan.targets.frontend.place import health_socket, site_folder, state_file

__all__ = ["health_socket", "render", "site_folder", "state_file"]


def render(platform: Platform, placement: Placement) -> Files:
    """Return the configuration of every replica that serves a site.

    Raises:
        ValueError: a static service calls no gateway, so that its site could reach no API.
    """
    return tuple(
        File(_path(at), configuration(platform, placement, at))
        for name, _ in platform.of_kind(Kind.STATIC)
        for at in placement.of(name)
    )


def _path(at: Endpoint) -> str:
    folder = f"{at.component}-{at.replica}" if at.replica else at.component
    return f"{folder}/nginx.conf"
