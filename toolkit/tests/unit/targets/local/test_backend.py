"""The backend gets its settings by environment and its secrets by file."""


def _replicas(rendered) -> list:
    return [p for p in rendered.processes if p.component == "backend"]


def test_each_replica_knows_who_it_is(rendered, placement):
    """Component, replica and port are told apart."""
    told = [
        (p.environment["GROUNDPLAN_COMPONENT"], p.environment["GROUNDPLAN_REPLICA"], p.port)
        for p in _replicas(rendered)
    ]
    ports = [at.address.port for at in placement.of("backend")]
    assert [("backend", "1", ports[0]), ("backend", "2", ports[1])] == told


def test_no_secret_stands_in_the_environment(rendered):
    """Passwords and keys are named by file only."""
    for process in _replicas(rendered):
        values = " ".join(process.environment.values())
        for secret in ("backend-password", "cache-password", "gateway-key\n", "encryption-key\n"):
            assert secret not in values
        assert (
            "/data/config/secrets/backend.database-url" == process.environment["DATABASE_URL_FILE"]
        )


def test_secret_files_are_private_and_complete(rendered):
    """Each secret file holds its secret and nobody else can read it."""
    files = {f.path: f for f in rendered.files if f.path.startswith("secrets/backend.")}
    assert {0o600} == {f.mode for f in files.values()}
    url = files["secrets/backend.database-url"].content
    assert url.startswith("postgresql://backend:backend-password@127.0.0.1:")
    assert url.endswith("/backend")


def test_replicas_start_after_the_migration(rendered):
    """The migration is one job, after the accounts; only it may come as the administrator."""
    job = rendered.jobs[0]
    assert ("migrate-backend", ("accounts",)) == (job.name, job.after)
    assert all(("migrate-backend",) == p.after for p in _replicas(rendered))
    administration = {"ADMINISTRATION_URL_FILE": "/data/config/secrets/backend.administration-url"}
    assert _replicas(rendered)[0].environment | administration == job.environment


def test_times_are_whole_seconds_and_milliseconds(rendered):
    """Durations of the model become the numbers that the settings promise."""
    told = _replicas(rendered)[0].environment
    assert ("300", "28800", "5000", "10000") == (
        told["ACCESS_TOKEN_TTL"],
        told["REFRESH_TOKEN_TTL"],
        told["STATEMENT_TIMEOUT_MS"],
        told["REQUEST_TIMEOUT_MS"],
    )


def test_a_role_may_open_what_its_pools_need(reference, rendered):
    """A role may open every pool, that of one replica more, and what jobs need."""
    account = rendered.accounts[0]
    assert ("backend", 5 * 3 + 4, 5.0) == (
        account.name,
        account.connections,
        account.statement_timeout,
    )
