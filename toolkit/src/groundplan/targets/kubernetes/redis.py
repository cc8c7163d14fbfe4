"""redis.conf of the cache in a cluster: as on one machine, but for where it listens and keeps.

Who may do what is no part of it: the Secret of the cache holds `users.acl`, lines that begin
with `user`, which are included; only their digests of the password reach Redis.
"""

from typing import Final

from groundplan.model import redis
from groundplan.model.placement import Placement
from groundplan.model.platform import CACHE, Platform
from groundplan.model.setting import MOUNTED_SECRETS

DATA_FOLDER: Final = "/data"
PROBE_USER: Final = "probe"
"""Who may ask whether Redis answers, and nothing else; so no probe needs the password."""


def settings(platform: Platform, placement: Placement) -> str:
    """Return the text of redis.conf."""
    port = placement.replica(CACHE, 0).address.port
    shown = placement.certificate(CACHE) if placement.is_encrypted else None
    return redis.settings(
        platform.cache,
        listening=redis.listening("*", port, shown),
        users=_USERS.format(included=f"{MOUNTED_SECRETS}/users.acl", probe=PROBE_USER),
        folder=DATA_FOLDER,
    )


_USERS: Final = """\
# Lines with the digest of the password, from a secret; and who may only be answered.
include {included}
user {probe} on nopass -@all +ping"""
