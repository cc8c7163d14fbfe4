"""PostgreSQL on this machine: durable, small, on loopback, with passwords."""

from groundplan.model.file import File
from groundplan.model.folders import Folders
from groundplan.model.placement import Placement
from groundplan.model.platform import DATABASE, Platform
from groundplan.model.probe import Probe, Probes
from groundplan.model.process import Process, Program, Question, Signal
from groundplan.targets.local import encryption

RESERVED = 5
"""Connections kept for the runner and for people who look."""

PROBES = Probes(
    startup=Probe(period=0.1, failures=600),
    readiness=Probe(period=2.0, failures=2),
    liveness=Probe(period=10.0, timeout=5.0, failures=3),
)


def config(platform: Platform, placement: Placement, folders: Folders) -> tuple[File, ...]:
    """Return postgresql.conf and pg_hba.conf."""
    return (
        File("postgres/postgresql.conf", _settings(platform, placement, folders), 0o600),
        File("postgres/pg_hba.conf", _who_may_enter(placement), 0o600),
    )


def process(platform: Platform, placement: Placement, folders: Folders) -> Process:
    """Return the one PostgreSQL of a local run."""
    settings = f"{folders.config}/postgres/postgresql.conf"
    return Process(
        component=DATABASE,
        replica=1,
        kind=DATABASE,
        program=Program.POSTGRES,
        arguments=("-D", folders.database, "-c", f"config_file={settings}"),
        port=placement.replica(DATABASE, 1).address.port,
        probes=PROBES,
        directory=folders.data,
        question=Question.POSTGRES,
        stop=Signal.INTERRUPT,
        drain=20.0,
        after=("data",),
        reads=(settings,),
        reloads=encryption.files(placement, DATABASE),
        authority=encryption.authority(placement, DATABASE),
        unprivileged=True,
    )


def _settings(platform: Platform, placement: Placement, folders: Folders) -> str:
    address = placement.replica(DATABASE, 1).address
    return _SETTINGS.format(
        hba=f"{folders.config}/postgres/pg_hba.conf",
        data=folders.database,
        host=address.host,
        port=address.port,
        connections=platform.database.max_connections + RESERVED,
        timeout=int(platform.database.statement_timeout * 1000),
    ) + _encryption(placement)


def _encryption(placement: Placement) -> str:
    if not placement.is_encrypted:
        return ""
    shown = placement.certificate(DATABASE)
    return _ENCRYPTION.format(chain=shown.chain, key=shown.key)


def _who_may_enter(placement: Placement) -> str:
    return _HBA.format(kind="hostssl" if placement.is_encrypted else "host")


_SETTINGS = """\
# Rendered by groundplan; change platform.yaml instead.
data_directory = '{data}'
hba_file = '{hba}'

# Loopback only, always with a password.
listen_addresses = '{host}'
port = {port}
unix_socket_directories = ''
max_connections = {connections}
password_encryption = 'scram-sha-256'
authentication_timeout = '10s'

# An acknowledged write is on the disk.
fsync = on
synchronous_commit = on
full_page_writes = on
wal_level = replica
wal_compression = on
max_wal_size = '512MB'
min_wal_size = '64MB'
checkpoint_timeout = '5min'
checkpoint_completion_target = 0.9

# Small enough for a laptop.
shared_buffers = '64MB'
effective_cache_size = '256MB'
work_mem = '4MB'
maintenance_work_mem = '32MB'
max_worker_processes = 4
max_parallel_workers_per_gather = 0
autovacuum_max_workers = 2
jit = off

# Nobody waits or holds for ever; each role has its own statement_timeout.
statement_timeout = '{timeout}ms'
lock_timeout = '{timeout}ms'
idle_in_transaction_session_timeout = '30s'
tcp_keepalives_idle = 60
client_connection_check_interval = '1s'

log_destination = 'stderr'
logging_collector = off
log_line_prefix = '%m [%p] %q%u@%d '
log_timezone = 'UTC'
# What people write stands in no log: neither values of statements nor rows that were refused.
log_error_verbosity = 'terse'
log_parameter_max_length = '0'
log_parameter_max_length_on_error = '0'
log_min_duration_statement = '500ms'
log_lock_waits = on
log_checkpoints = off
timezone = 'UTC'
"""

_ENCRYPTION = """
ssl = on
ssl_cert_file = '{chain}'
ssl_key_file = '{key}'
ssl_min_protocol_version = 'TLSv1.2'
"""

_HBA = """\
# Rendered by groundplan: one way in, over loopback, with a password.
# TYPE DATABASE USER ADDRESS METHOD
{kind} all all 127.0.0.1/32 scram-sha-256
"""
