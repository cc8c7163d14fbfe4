"""Every service is told the same things in the same words, here and in a cluster."""

from dataclasses import replace

import pytest

from groundplan.model import placement as placing
from groundplan.model import setting
from groundplan.model.folders import Folders
from groundplan.model.placement import Address, Discovery, Endpoint, Placement
from groundplan.model.policy import Identity

FOLDERS = Folders("/data", "/run/gp", "/source")
_OF_SPANS = ("OTEL_EXPORTER_", "OTEL_TRACES_", "OTEL_LOGS_")


@pytest.fixture
def here():
    """Return a placement of two replicas on this machine."""
    endpoints = tuple(
        Endpoint("backend", number, Address("127.0.0.1", 9000 + number)) for number in (1, 2)
    )
    return Placement(
        Discovery.FILES, endpoints, "/data/config", "/run/gp", "http://h", environment="dev"
    )


@pytest.fixture
def there(reference):
    """Return a placement in a cluster where everything is encrypted on its way."""
    return placing.in_kubernetes(
        (*reference.services, "database", "cache"),
        namespace="groundplan",
        domain="groundplan.example",
        environment="prod",
        encrypted=True,
    )


def test_telemetry_knows_the_replica(reference, here):
    """The name, the instance and the environment that signals carry are set."""
    told = setting.standard(reference, here, "backend", 2)
    assert "backend" == told["OTEL_SERVICE_NAME"]
    assert "service.instance.id=backend-2" in told["OTEL_RESOURCE_ATTRIBUTES"]
    assert "deployment.environment.name=dev" in told["OTEL_RESOURCE_ATTRIBUTES"]
    assert "dev" == told["GROUNDPLAN_ENVIRONMENT"]


def test_a_pod_is_told_apart_by_its_name(reference, there):
    """Kubernetes fills in the pod's name, and the pod listens on all its addresses."""
    told = setting.standard(reference, there, "backend", 0)
    assert ("$(POD_NAME)", "0.0.0.0") == (told["GROUNDPLAN_REPLICA"], told["HOST"])
    assert "service.instance.id=$(POD_NAME)," in told["OTEL_RESOURCE_ATTRIBUTES"]


def test_certificates_are_named_only_where_there_are_any(reference, here, there):
    """Without encryption nothing is said of certificates."""
    assert not [key for key in setting.standard(reference, here, "backend", 1) if "TLS" in key]
    told = setting.standard(reference, there, "backend", 0)
    assert "/etc/groundplan/tls/tls.key" == told["TLS_KEY_FILE"]


def test_both_places_set_the_same_names(reference, here, there):
    """Only the runner's state, the first administrator and folders are of one machine alone."""
    local = setting.backend(
        reference, here, "backend", 1, setting.in_folders(FOLDERS, "backend")
    ).keys()
    cluster = setting.backend(
        reference, there, "backend", 0, setting.mounted(reference, there)
    ).keys()
    folders = {name for name in local if name.endswith("_FOLDER")}
    assert {"STATE_FILE", "FIRST_ADMINISTRATOR_FILE", *folders} == local - cluster
    assert {"AUDIT_FOLDER", "MAIL_FOLDER"} <= folders
    files = {"TLS_CERTIFICATE_FILE", "TLS_KEY_FILE", "TLS_AUTHORITY_FILE"}
    buckets = {name for name in cluster if name.startswith(("ARTIFACTS_", "AUDIT_"))}
    # Here nobody takes spans, as no store was placed.
    traces = {name for name in cluster if name.startswith(_OF_SPANS)}
    assert files | buckets | traces | {"TRACES_SLOW_MS"} == cluster - local


def test_only_pods_beside_read_replicas_read_there(reference, platform_with, there):
    """The file that names them is set exactly where the database has any."""
    name = "DATABASE_REPLICA_URL_FILE"
    with_replicas = platform_with("database: {readReplicas: 1}")
    told, others = (
        setting.backend(each, there, "backend", 0, setting.mounted(each, there))
        for each in (with_replicas, reference)
    )
    assert "/etc/groundplan/secrets/database-replica-url" == told[name]
    assert name not in others


def test_secrets_are_files_everywhere(reference, there):
    """What opens a store is named by file, also for a program of the user's."""
    files = setting.mounted(reference, there)
    told = setting.own(reference, there, "backend", 0, files)
    assert "/etc/groundplan/secrets/database-url" == told["DATABASE_URL_FILE"]
    assert "/etc/groundplan/secrets/redis-url" == told["REDIS_URL_FILE"]
    assert not {"DATABASE_URL", "REDIS_URL"} & told.keys()


def test_an_authorisation_reads_its_policy_from_a_file(reference, there):
    """The policy is mounted beside the other configuration."""
    told = setting.authorization(reference, there, "authz", 0, setting.mounted(reference, there))
    assert "/etc/groundplan/config/policy.json" == told["POLICY_FILE"]


def test_an_account_is_an_identifier():
    """A service's name becomes a name that SQL takes without quotes."""
    assert "notes_app" == setting.account("notes-app")


def test_the_backend_is_told_who_needs_a_second_factor(reference, here):
    """Nobody on one machine, where a password lies in a file; and how long a proof is good."""
    files = setting.in_folders(FOLDERS, "backend")
    told = setting.backend(reference, here, "backend", 1, files)
    assert ("", "600") == (told["MFA_REQUIRED_FOR"], told["STEP_UP_TTL"])
    strict = reference.model_copy(update={"identity": Identity(step_up=60.0)})
    told = setting.backend(strict, here, "backend", 1, files)
    assert ("administrator", "60") == (told["MFA_REQUIRED_FOR"], told["STEP_UP_TTL"])


def test_the_console_is_told_where_signals_are_kept(reference, here):
    """By the store of one machine, where there is one; without it nothing is said."""
    files = setting.in_folders(FOLDERS, "backend")
    assert "METRICS_URL" not in setting.backend(reference, here, "backend", 1, files)
    store = Endpoint("telemetry", 1, Address("127.0.0.1", 9100))
    with_store = replace(here, endpoints=(*here.endpoints, store))
    told = setting.backend(reference, with_store, "backend", 1, files)
    assert {"http://127.0.0.1:9100"} == {
        told[f"{each}_URL"] for each in ("METRICS", "TRACES", "LOGS")
    }
    assert "/data/config/secrets/telemetry.key" == told["TELEMETRY_KEY_FILE"]
    assert "/data/config/secrets/telemetry.alert-key" == told["ALERT_KEY_FILE"]


def test_spans_go_to_the_store_of_one_machine_and_to_the_collector_of_a_node(
    reference, here, there
):
    """Everybody is told where, how many and who vouches for it, in words that every SDK reads."""
    store = Endpoint("telemetry", 1, Address("127.0.0.1", 9100))
    placed = replace(here, endpoints=(*here.endpoints, store))
    told = setting.own(reference, placed, "backend", 1, setting.in_folders(FOLDERS, "backend"))
    assert "http://127.0.0.1:9100" == told["OTEL_EXPORTER_OTLP_ENDPOINT"]
    share = f"{reference.observability.traces.sampling:g}"
    assert ("parentbased_traceidratio", share, "1000") == (
        told["OTEL_TRACES_SAMPLER"],
        told["OTEL_TRACES_SAMPLER_ARG"],
        told["TRACES_SLOW_MS"],
    )
    assert "OTEL_EXPORTER_OTLP_CERTIFICATE" not in told
    assert "none" == told["OTEL_LOGS_EXPORTER"]
    away = setting.own(reference, there, "backend", 0, setting.mounted(reference, there))
    address = "https://collector.groundplan.svc.cluster.local:4318"
    assert address == away["OTEL_EXPORTER_OTLP_ENDPOINT"]
    assert "/etc/groundplan/tls/ca.crt" == away["OTEL_EXPORTER_OTLP_CERTIFICATE"]


def test_the_key_of_the_store_is_a_file_and_nothing_in_a_cluster(reference, here, there):
    """Ours read it from the store's own secret; a cluster lets only its pods come near."""
    store = Endpoint("telemetry", 1, Address("127.0.0.1", 9100))
    authz = Endpoint("authz", 1, Address("127.0.0.1", 9200))
    placed = replace(here, endpoints=(*here.endpoints, store, authz))
    files = setting.in_folders(FOLDERS, "authz")
    told = setting.authorization(reference, placed, "authz", 1, files)
    assert "/data/config/secrets/telemetry.send-key" == told["TRACES_KEY_FILE"]
    away = setting.authorization(reference, there, "authz", 0, setting.mounted(reference, there))
    assert "TRACES_KEY_FILE" not in away
