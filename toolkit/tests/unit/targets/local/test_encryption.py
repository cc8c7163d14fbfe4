"""What of certificates goes into the processes of this machine."""

from dataclasses import replace

import pytest

from groundplan.targets import local
from groundplan.targets.local import encryption


@pytest.fixture(scope="module")
def encrypted(reference, placement, folders):
    """Return the reference placed with certificates."""
    ports = {need.name: 9000 + at for at, need in enumerate(local.needs(reference))}
    return local.place(reference, ports, folders, encrypted=True)


def test_without_certificates_there_are_no_files(placement):
    """Where nothing is encrypted nothing is read and nobody vouches."""
    assert ((), "") == (
        encryption.files(placement, "backend"),
        encryption.authority(placement, "backend"),
    )


def test_everybody_is_vouched_for(reference, encrypted, folders, secrets):
    """Every process that has a port is probed by the authority's word, the frontend by socket."""
    made = local.render(reference, encrypted, folders, secrets)
    expected = {
        each.name: "" if each.health_socket else f"/data/certificates/{each.component}/ca.crt"
        for each in made.processes
    }
    assert expected == {each.name: each.authority for each in made.processes}


def test_a_new_certificate_reaches_everybody(reference, encrypted, folders, secrets):
    """Each process reads its certificate at the start or again when told; Envoy watches."""
    made = local.render(reference, encrypted, folders, secrets)
    unaware = {
        each.component
        for each in made.processes
        if f"/data/certificates/{each.component}/tls.crt" not in (*each.reads, *each.reloads)
    }
    assert {"gateway"} == unaware


def test_people_and_callers_are_told_so(reference, encrypted, folders, secrets):
    """The URL is https, and the stores' addresses ask for verified encryption."""
    assert encrypted.public_url.startswith("https://127.0.0.1:")
    files = {
        each.path: each.content
        for each in local.render(reference, encrypted, folders, secrets).files
    }
    database, cache = files["secrets/backend.database-url"], files["secrets/backend.redis-url"]
    assert database.endswith("?sslmode=verify-full&sslrootcert=/data/certificates/backend/ca.crt")
    assert cache.startswith("rediss://:cache-password@127.0.0.1:")


def test_the_stores_let_nobody_in_without(reference, encrypted, folders, secrets):
    """PostgreSQL admits encrypted connections only, and Redis has no other port."""
    files = {
        each.path: each.content
        for each in local.render(reference, encrypted, folders, secrets).files
    }
    assert "hostssl all all 127.0.0.1/32 scram-sha-256" in files["postgres/pg_hba.conf"]
    assert "\nhost " not in files["postgres/pg_hba.conf"]
    assert "\nssl = on\n" in files["postgres/postgresql.conf"]
    lines = files["redis/redis.conf"].splitlines()
    port = encrypted.replica("cache", 1).address.port
    assert {"port 0", f"tls-port {port}", "tls-auth-clients no"} <= set(lines)


def test_a_program_of_ones_own_is_served_encrypted(platform_with, folders, secrets):
    """What granian serves gets the certificate; every program is told where it is."""
    platform = platform_with(
        "services: {orders: {kind: service, run: {asgi: 'app:app'}, routes: [/api/orders]}}"
    )
    ports = {need.name: 9000 + at for at, need in enumerate(local.needs(platform))}
    passwords = {**secrets.account_passwords, "orders": "x"}
    placed = local.place(platform, ports, folders, encrypted=True)
    made = local.render(platform, placed, folders, replace(secrets, account_passwords=passwords))
    orders = next(each for each in made.processes if each.component == "orders")
    folder = "/data/certificates/orders"
    at = orders.arguments.index("--ssl-certificate")
    assert (f"{folder}/tls.crt", "--ssl-keyfile", f"{folder}/tls.key") == orders.arguments[
        at + 1 : at + 4
    ]
    assert f"{folder}/tls.crt" == orders.environment["TLS_CERTIFICATE_FILE"]
