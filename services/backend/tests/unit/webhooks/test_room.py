"""The parts fit together without anything to connect to."""

from groundplan_backend.http.cursor import Cursors
from groundplan_backend.idempotency.service import Idempotency
from groundplan_backend.observability.metrics import Metrics
from groundplan_backend.postgres.pool import Pool
from groundplan_backend.settings import Secret, Settings
from groundplan_backend.webhooks import room

KEY, URL = Secret("b2" * 32), Secret("redis://127.0.0.1:1")


def _made() -> room.Webhooks:
    pool = Pool(URL, 1, 1)
    settings = Settings(database_url=URL, redis_url=URL, gateway_key=KEY, key_encryption_key=KEY)
    return room.Webhooks(pool, Metrics(), Idempotency(pool, KEY), Cursors(KEY), settings)


def test_what_is_published_is_what_is_made() -> None:
    """Every controller of the document answers, in its order."""
    made = [type(one) for one in _made().controllers()]
    assert list(room.PUBLISHED) == made


def test_jobs_have_names_of_their_own() -> None:
    """Logs tell them apart."""
    names = [job.name for job in _made().jobs()]
    assert names
    assert len(set(names)) == len(names)
