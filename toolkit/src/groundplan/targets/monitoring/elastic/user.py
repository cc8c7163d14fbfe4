"""Who may do what in Elasticsearch, beside the users that its operator makes for itself.

Jaeger writes its own indices; the console reads lines. Each has a name, a password and one role.
"""

from typing import Final

from groundplan.formats import yaml
from groundplan.model.placement import Placement
from groundplan.model.platform import Platform
from groundplan.targets.monitoring import secret
from groundplan.targets.monitoring.manifest import Maker, Object

JAEGER: Final = "jaeger"
READER: Final = "reader"
READER_KEY: Final = "telemetry-key"
"""The secret of AWS that holds the console's password: two namespaces need it."""
_ROLES: Final = {
    JAEGER: {
        "cluster": ["monitor", "manage_index_templates"],
        "indices": [
            {
                "names": ["jaeger-*"],
                "privileges": [
                    *("create_index", "write", "read", "view_index_metadata"),
                    *("delete_index", "manage"),
                ],
            }
        ],
    },
    READER: {
        "indices": [{"names": ["logs-*"], "privileges": ["read", "view_index_metadata"]}],
    },
}


def name(user: str) -> str:
    """Return the Secret that holds a user's name and password."""
    return f"elasticsearch-{user}"


def roles() -> str:
    """Return the Secret that holds the roles."""
    return name(JAEGER)


def objects(platform: Platform, placement: Placement) -> list[Object]:
    """Return the users, and their roles beside one of them."""
    maker = Maker(platform, placement, "elasticsearch")
    jaeger = {**_held(JAEGER), "roles.yml": yaml.dump(_ROLES)}
    reader = _held(READER)
    sort = "kubernetes.io/basic-auth"
    return [
        secret.drawn(maker, name(JAEGER), jaeger, sort),
        secret.fetched(maker, name(READER), {"password": READER_KEY}, reader, sort),
    ]


def _held(user: str) -> dict[str, str]:
    return {"username": user, "password": "{{ .password }}", "roles": user}
