"""Every alert in simulated time: it fires when it must, in time, and alone; else it is silent.

What is well is counted all the while, so that each test sees every alert there is.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from groundplan.cli.render import place
from groundplan.loader import load
from groundplan.model import alert
from groundplan.targets.monitoring import rules

ROOT = Path(__file__).resolve().parents[5]
Judge = Callable[..., str]
Holds = Callable[..., bool]
Part = tuple[float, float | None]
"""So many minutes, and a value, or a rate a second; None is silence."""
STEP = 0.5
"""Minutes between two samples."""
LAST = 230.0

GATEWAY = 'envoy_http_conn_manager_prefix="gateway"'
ANSWERED = f'envoy_http_downstream_rq_xx{{{GATEWAY},envoy_response_code_class="%s"}}'
ALERTS = (
    'envoy_vhost_vcluster_upstream_rq_xx{envoy_virtual_host="all",'
    'envoy_virtual_cluster="_alerts",envoy_response_code_class="%s"}'
)
OWN = f"envoy_http_rq_direct_response{{{GATEWAY}}}"
TIMED = 'envoy_vhost_vcluster_upstream_rq_time_%s{envoy_virtual_host="all",envoy_virtual_cluster='
ALL = TIMED % "count" + '"to_backend"}'
PROMPT = TIMED % "bucket" + '"to_backend",le="200"}'
CALLS = 'db_client_operation_duration_seconds_%s{job="backend",system="%s",error_type=""}'
DISK = 'node_filesystem_%s_bytes{job="node",instance="node-1",mountpoint="%s"}'
CONTAINER = '{namespace="groundplan",pod="backend-1",container="backend"}'
SCALER = '{namespace="groundplan",horizontalpodautoscaler="backend"}'
VOLUME = '{namespace="groundplan",persistentvolumeclaim="cache-data"}'
KEPT = '{namespace="monitoring",persistentvolumeclaim="elasticsearch-data-store-0"}'
ENDS = 'certmanager_certificate_expiration_timestamp_seconds{namespace="%s",name="%s"}'
BREAKER = 'envoy_cluster_circuit_breakers_default_%s_open{envoy_cluster_name="backend"}'
HEALTHY = 'envoy_cluster_membership_healthy{job="gateway",envoy_cluster_name="shop"}'
COLLECTOR = 'otelcol_%s_spans_total{job="collector"}'
UNSENT = 'alertmanager_notifications_failed_total{integration="slack"}'
UNHEARD = 'prometheus_notifications_dropped_total{job="observability-prometheus"}'
FAILING = 'prometheus_rule_evaluation_failures_total{rule_group="rules;services"}'
KEEPERS = ("collector", "collector-gateway", "jaeger")
PODS = {
    "elasticsearch": 'kube_statefulset_status_replicas_ready{namespace="monitoring",'
    'statefulset="elasticsearch-es-hot"}',
    "logstash": 'kube_statefulset_status_replicas_ready{namespace="monitoring",'
    'statefulset="logstash-ls"}',
    "fluentd": 'kube_daemonset_status_number_ready{namespace="node-agents",daemonset="fluentd"}',
    "kibana": 'kube_deployment_status_replicas_ready{namespace="monitoring",'
    'deployment="kibana-kb"}',
}
BURNS = {"AvailabilityBudgetBurn/page", "AvailabilityBudgetBurn/ticket"}


def gauge(*parts: Part) -> str:
    """Return samples that stay at a value for so many minutes, then at the next."""
    return " ".join(
        f"stale _x{count(minutes) - 1}" if value is None else f"{value}+0x{count(minutes) - 1}"
        for minutes, value in parts
    )


def counter(*parts: Part) -> str:
    """Return samples that grow by so much a second for so many minutes, then otherwise."""
    found, total = [], 0.0
    for minutes, rate in parts:
        if rate is None:
            found.append(f"stale _x{count(minutes) - 1}")
            continue
        each = rate * STEP * 60
        found.append(f"{total:.6f}+{each:.6f}x{count(minutes) - 1}")
        total += each * count(minutes)
    return " ".join(found)


def count(minutes: float) -> int:
    return round(minutes / STEP)


def up(job: str, replica: int = 1) -> str:
    return f'up{{job="{job}",instance="{job}-{replica}"}}'


def started(job: str, replica: int = 1) -> str:
    return f'process_start_time_seconds{{job="{job}",instance="{job}-{replica}"}}'


WELL = {
    **{up(job, of): gauge((LAST, 1)) for job in ("frontend", "gateway", "authz", "backend")
       for of in (1, 2)},
    started("backend"): gauge((LAST, 1000)),
    'pg_up{job="database"}': gauge((LAST, 1)),
    'redis_up{job="cache"}': gauge((LAST, 1)),
    ANSWERED % 2: counter((LAST, 100)),
    ANSWERED % 5: counter((LAST, 0)),
    OWN: counter((LAST, 1)),
    ALL: counter((LAST, 99)),
    PROMPT: counter((LAST, 98)),
    CALLS % ("sum", "postgresql"): counter((LAST, 1)),
    CALLS % ("count", "postgresql"): counter((LAST, 100)),
    CALLS % ("sum", "redis"): counter((LAST, 0.1)),
    CALLS % ("count", "redis"): counter((LAST, 100)),
    'pg_stat_activity_count{job="database",state="active"}': gauge((LAST, 40)),
    'pg_settings_max_connections{job="database"}': gauge((LAST, 140)),
    'redis_memory_used_bytes{job="cache"}': gauge((LAST, 40)),
    'redis_memory_max_bytes{job="cache"}': gauge((LAST, 100)),
    'groundplan_authz_decisions_total{job="authz",result="allowed"}': counter((LAST, 100)),
    'groundplan_authz_decisions_total{job="authz",result="rate_limited"}': counter((LAST, 1)),
    'sign_ins_total{job="backend",outcome="granted"}': counter((LAST, 1)),
    'sign_ins_total{job="backend",outcome="refused"}': counter((LAST, 0.1)),
    'tracing_spans_total{job="backend",outcome="sent"}': counter((LAST, 10)),
    'tracing_spans_total{job="backend",outcome="queue_full"}': counter((LAST, 0)),
    'tracing_spans_total{job="backend",outcome="capped"}': counter((LAST, 5)),
    **{BREAKER % each: gauge((LAST, 0)) for each in ("cx", "rq", "rq_pending")},
    HEALTHY: gauge((LAST, 2)),
    **{up(job): gauge((LAST, 1)) for job in KEEPERS},
    **{pods: gauge((LAST, 2)) for pods in PODS.values()},
    'kube_node_info{node="one"}': gauge((LAST, 1)),
    UNSENT: counter((LAST, 0)),
    UNHEARD: counter((LAST, 0)),
    FAILING: counter((LAST, 0)),
    'envoy_server_days_until_first_cert_expiring{job="gateway"}': gauge((LAST, 60)),
    DISK % ("avail", "/"): gauge((LAST, 50)),
    DISK % ("size", "/"): gauge((LAST, 100)),
    DISK % ("avail", "/run/user"): gauge((LAST, 1)),
    DISK % ("size", "/run/user"): gauge((LAST, 100)),
    'node_cpu_seconds_total{instance="node-1",mode="idle",cpu="0"}': counter((LAST, 0.5)),
    'node_memory_MemAvailable_bytes{instance="node-1"}': gauge((LAST, 50)),
    'node_memory_MemTotal_bytes{instance="node-1"}': gauge((LAST, 100)),
    f"kube_pod_container_status_restarts_total{CONTAINER}": gauge((LAST, 0)),
    f"kube_horizontalpodautoscaler_status_current_replicas{SCALER}": gauge((LAST, 3)),
    f"kube_horizontalpodautoscaler_spec_max_replicas{SCALER}": gauge((LAST, 20)),
    f"kubelet_volume_stats_available_bytes{VOLUME}": gauge((LAST, 50)),
    f"kubelet_volume_stats_capacity_bytes{VOLUME}": gauge((LAST, 100)),
    f"kubelet_volume_stats_available_bytes{KEPT}": gauge((LAST, 50)),
    f"kubelet_volume_stats_capacity_bytes{KEPT}": gauge((LAST, 100)),
    ENDS % ("groundplan", "backend"): gauge((LAST, 90 * 86400)),
    ENDS % ("monitoring", "logstash"): gauge((LAST, 90 * 86400)),
    **{COLLECTOR % each: counter((LAST, 0))
       for each in ("exporter_send_failed", "exporter_enqueue_failed", "receiver_refused")},
}  # fmt: skip
"""A platform of which nobody has to be told anything."""

COUNTED = {ANSWERED % 2, ANSWERED % 5, ALERTS % 2, ALERTS % 5, OWN, ALL, PROMPT}
"""What objectives are about."""


def errors(minutes: float, share: float) -> dict[str, str]:
    """Return answers of which a share goes wrong, after an hour in which none did."""
    after = LAST - 60 - minutes
    return {
        ANSWERED % 2: counter((60, 100), (minutes, 100 * (1 - share)), (after, 100)),
        ANSWERED % 5: counter((60, 0), (minutes, 100 * share), (after, 0)),
    }


def late(minutes: float, share: float) -> dict[str, str]:
    """Return answers of which a share comes late, after an hour of prompt ones."""
    return {PROMPT: counter((60, 99), (minutes, 99 * (1 - share)), (LAST - 60 - minutes, 99))}


SCENES: Mapping[str, tuple[Mapping[str, str], Mapping[float, set[str]]]] = {
    "nothing is wrong": ({}, {1: set(), 20: set(), 70: set()}),
    "all requests fail: a page within two minutes, and its end half an hour after theirs": (
        errors(10, 1.0),
        {60: set(), 62: {"AvailabilityBudgetBurn/page"}, 67: BURNS,
         105: {"AvailabilityBudgetBurn/ticket"}},
    ),
    "half a minute of errors wakes nobody": (errors(0.5, 1.0), {61: set(), 62: set(), 70: set()}),
    "1.4% of errors burn six times too fast, not fourteen": (
        errors(169, 0.014),
        {120: set(), 200: set(), 220: {"AvailabilityBudgetBurn/page"}},
    ),
    "0.05% of errors are within the budget": (errors(69, 0.0005), {100: set(), 125: set()}),
    "few requests, one of them wrong": (
        {ANSWERED % 2: counter((LAST, 0.01)), ANSWERED % 5: counter((60, 0), (2, 0.01), (68, 0)),
         OWN: counter((LAST, 0))},
        {61: set(), 62: set(), 100: set()},
    ),
    "nobody asks anything": (
        {ANSWERED % 2: counter((LAST, 0)), OWN: counter((LAST, 0)), ALL: counter((LAST, 0)),
         PROMPT: counter((LAST, 0))},
        {20: set(), 60: set()},
    ),
    "questions about health hide no error": (
        {**errors(10, 1.0), ANSWERED % 2: counter((60, 200), (10, 100), (LAST - 70, 200)),
         OWN: counter((LAST, 100))},
        {62: {"AvailabilityBudgetBurn/page"}},
    ),
    "nobody can be told of alerts, and users are served": (
        {**errors(10, 0.5), ALERTS % 5: counter((60, 0), (10, 50), (LAST - 70, 0))},
        {62: set(), 67: set(), 105: set()},
    ),
    "alerts that are taken hide no error": (
        {**errors(10, 1.0), ALERTS % 2: counter((60, 99), (10, 0), (LAST - 70, 99))},
        {60: set(), 62: BURNS},
    ),
    "nine in ten answers are late": (
        late(69, 0.9),
        {60: set(), 62: set(), 120: {"LatencyBudgetBurn/page"}},
    ),
    "six in ten answers are late, from the beginning": (
        {PROMPT: counter((LAST, 99 * 0.4))},
        {100: set(), 200: {"LatencyBudgetBurn/page"}},
    ),
    "every answer is late, from the beginning": (
        {PROMPT: counter((LAST, 0))},
        {229: {"LatencyBudgetBurn/page", "LatencyBudgetBurn/ticket"}},
    ),
    "three in a hundred answers are late": (late(69, 0.03), {100: set(), 125: set()}),
    "no replica of the gateway answers: a page within two minutes": (
        {**{up("gateway", of): gauge((60, 1), (LAST - 60, 0)) for of in (1, 2)},
         **{name: counter((60, 100), (LAST - 60, None)) for name in (ANSWERED % 2, OWN)},
         ANSWERED % 5: counter((60, 0), (LAST - 60, None))},
        {60: set(), 62: {"ServiceDown/page"}},
    ),
    **{words: (
        {up(job, of): gauge((60, 1), (LAST - 60, None)) for of in (1, 2)},
        {60: set(), 62: {"ServiceDown/page"}},
    ) for job, words in (("frontend", "all pods of the edge are gone"),
                         ("authz", "all pods of authz are gone"),
                         ("backend", "all pods of the backend are gone: a page in two minutes"))},
    "the gateway finds nobody of a service that shows nothing itself": (
        {HEALTHY: gauge((60, 2), (LAST - 60, 0))},
        {60: set(), 62: {"ServiceDown/page"}},
    ),
    "one replica of a service that shows nothing itself is left": (
        {HEALTHY: gauge((60, 2), (LAST - 60, 1))},
        {62: set()},
    ),
    "both replicas miss one look": (
        {up("backend", of): gauge((20, 1), (0.5, 0), (LAST - 20.5, 1)) for of in (1, 2)},
        {21: set(), 22: set()},
    ),
    "one replica stays away": (
        {up("backend"): gauge((20, 1), (LAST - 20, 0))},
        {29: set(), 31: {"ReplicaDown/ticket"}},
    ),
    "one replica comes and goes": (
        {up("backend"): gauge((20, 1), (1, 0), (1, 1), (1, 0), (LAST - 23, 1))},
        {22: set(), 24: {"ReplicaFlapping/ticket"}, 50: set()},
    ),
    "one replica is started again between two looks, three times": (
        {started("backend"): gauge((20, 1), (2, 2), (2, 3), (LAST - 24, 4))},
        {23: set(), 25: {"ReplicaFlapping/ticket"}, 50: set()},
    ),
    "one replica is rolled twice": (
        {started("backend"): gauge((20, 1), (2, 2), (LAST - 22, 3))},
        {21: set(), 25: set()},
    ),
    "a container is started again and again": (
        {f"kube_pod_container_status_restarts_total{CONTAINER}":
            gauge((20, 0), (2, 1), (2, 2), (2, 3), (LAST - 26, 4))},
        {21: set(), 28: {"ReplicaFlapping/ticket"}, 60: set()},
    ),
    "PostgreSQL is gone": (
        {'pg_up{job="database"}': gauge((20, 1), (5, 0), (LAST - 25, 1))},
        {20: set(), 22: {"DatabaseDown/page"}, 27: set()},
    ),
    "PostgreSQL misses one look": (
        {'pg_up{job="database"}': gauge((20, 1), (0.5, 0), (LAST - 20.5, 1))},
        {21: set(), 22: set()},
    ),
    "Redis is gone, and who would ask it too": (
        {'redis_up{job="cache"}': gauge((20, 1), (LAST - 20, None))},
        {20: set(), 22: {"CacheDown/page"}},
    ),
    "a disk is nearly full": (
        {DISK % ("avail", "/"): gauge((20, 50), (LAST - 20, 9))},
        {20: set(), 22: {"DiskAlmostFull/page"}},
    ),
    "a disk has a little more than a tenth left": (
        {DISK % ("avail", "/"): gauge((20, 50), (LAST - 20, 11))},
        {20: set(), 60: set()},
    ),
    "a volume is nearly full": (
        {f"kubelet_volume_stats_available_bytes{VOLUME}": gauge((20, 50), (LAST - 20, 9))},
        {20: set(), 22: {"DiskAlmostFull/page"}},
    ),
    "a volume of what watches is nearly full": (
        {f"kubelet_volume_stats_available_bytes{KEPT}": gauge((20, 50), (LAST - 20, 9))},
        {20: set(), 22: {"DiskAlmostFull/page"}},
    ),
    **{words: (
        {BREAKER % each: gauge((20, 0), (LAST - 20, 1))},
        {20.5: set(), 22: {"BreakerOpen/ticket"}},
    ) for each, words in (("cx", "a breaker of connections stays open"),
                          ("rq", "a breaker of requests stays open"),
                          ("rq_pending", "a breaker of requests that wait stays open"))},
    "a breaker opens for half a minute": (
        {BREAKER % "rq": gauge((20, 0), (0.5, 1), (LAST - 20.5, 0))},
        {21: set(), 22: set()},
    ),
    "a fifth of requests is over the limit": (
        {'groundplan_authz_decisions_total{job="authz",result="rate_limited"}':
            counter((20, 1), (LAST - 20, 25))},
        {25: set(), 40: {"RequestsLimited/ticket"}},
    ),
    "passwords are guessed": (
        {'sign_ins_total{job="backend",outcome="refused"}': counter((20, 0.1), (LAST - 20, 5))},
        {21: set(), 35: {"SignInsRefused/ticket"}},
    ),
    "few people mistype": (
        {'sign_ins_total{job="backend",outcome="granted"}': counter((LAST, 0)),
         'sign_ins_total{job="backend",outcome="refused"}': counter((LAST, 0.02))},
        {20: set(), 35: set()},
    ),
    "PostgreSQL answers slowly": (
        {CALLS % ("sum", "postgresql"): counter((20, 1), (LAST - 20, 15))},
        {21: set(), 35: {"DatabaseSlow/ticket"}},
    ),
    "Redis answers slowly": (
        {CALLS % ("sum", "redis"): counter((20, 0.1), (LAST - 20, 2))},
        {21: set(), 35: {"CacheSlow/ticket"}},
    ),
    "connections run out": (
        {'pg_stat_activity_count{job="database",state="active"}':
            gauge((20, 40), (LAST - 20, 130))},
        {24: set(), 26: {"DatabaseConnectionsHigh/ticket"}},
    ),
    "the cache's memory runs out": (
        {'redis_memory_used_bytes{job="cache"}': gauge((20, 40), (LAST - 20, 95))},
        {24: set(), 26: {"CacheMemoryHigh/ticket"}},
    ),
    "a cache without a bound has no share": (
        {'redis_memory_max_bytes{job="cache"}': gauge((LAST, 0))},
        {20: set()},
    ),
    "a processor has nothing left": (
        {'node_cpu_seconds_total{instance="node-1",mode="idle",cpu="0"}':
            counter((20, 0.5), (LAST - 20, 0.02))},
        {30: set(), 45: {"CpuHigh/ticket"}},
    ),
    "memory has nothing left": (
        {'node_memory_MemAvailable_bytes{instance="node-1"}': gauge((20, 50), (LAST - 20, 5))},
        {34: set(), 36: {"MemoryHigh/ticket"}},
    ),
    "the gateway's certificate ends": (
        {'envoy_server_days_until_first_cert_expiring{job="gateway"}':
            gauge((20, 14), (LAST - 20, 13))},
        {24: set(), 26: {"CertificateExpires/ticket"}},
    ),
    "a certificate of the cluster ends": (
        {ENDS % ("groundplan", "backend"): gauge((LAST, 14 * 86400 + 1200))},
        {24: set(), 26: {"CertificateExpires/ticket"}},
    ),
    "a certificate of what watches ends": (
        {ENDS % ("monitoring", "logstash"): gauge((LAST, 14 * 86400 + 1200))},
        {24: set(), 26: {"CertificateExpires/ticket"}},
    ),
    "an autoscaler has nothing left to give": (
        {f"kube_horizontalpodautoscaler_status_current_replicas{SCALER}":
            gauge((20, 3), (LAST - 20, 20))},
        {34: set(), 36: {"AutoscalerAtLimit/ticket"}},
    ),
    "spans are lost": (
        {'tracing_spans_total{job="backend",outcome="queue_full"}':
            counter((20, 0), (LAST - 20, 1))},
        {21: set(), 30: {"TelemetryDropped/ticket"}},
    ),
    **{words: (
        {COLLECTOR % each: counter((20, 0), (LAST - 20, 1))},
        {21: set(), 30: {"TelemetryDropped/ticket"}},
    ) for each, words in (("exporter_send_failed", "the collector sends spans in vain"),
                          ("exporter_enqueue_failed", "the collector has no room for spans"),
                          ("receiver_refused", "the collector refuses spans"))},
    **{words: (
        {up(job): gauge((20, 1), (LAST - 20, None))},
        {20: set(), 22: {"TelemetryDown/ticket"}},
    ) for job, words in zip(KEEPERS, ("no collector answers", "no gateway of collectors answers",
                                      "no Jaeger answers"), strict=True)},
    **{f"no pod of {name} is ready": (
        {pods: gauge((20, 2), (LAST - 20, 0))},
        {20: set(), 24: set(), 26: {"TelemetryDown/ticket"}},
    ) for name, pods in PODS.items()},
    "Elasticsearch is gone for good": (
        {PODS["elasticsearch"]: gauge((20, 2), (LAST - 20, None))},
        {24: set(), 26: {"TelemetryDown/ticket"}},
    ),
    "one of two pods of Logstash is ready": (
        {PODS["logstash"]: gauge((20, 2), (LAST - 20, 1))},
        {26: set(), 60: set()},
    ),
    "Kibana is rolled": (
        {PODS["kibana"]: gauge((20, 1), (4, 0), (LAST - 24, 1))},
        {23: set(), 26: set()},
    ),
    "nobody counts pods": (
        {name: gauge((20, 2), (LAST - 20, None))
         for name in (*PODS.values(), 'kube_node_info{node="one"}')},
        {26: set(), 60: set()},
    ),
    "the collector misses one look": (
        {up("collector"): gauge((20, 1), (0.5, 0), (LAST - 20.5, 1))},
        {21: set(), 22: set()},
    ),
    "the pager refuses what it is told": (
        {UNSENT: counter((20, 0), (LAST - 20, 0.1))},
        {20: set(), 23: {"AlertsNotSent/ticket"}},
    ),
    "no Alertmanager takes alerts": (
        {UNHEARD: counter((20, 0), (LAST - 20, 0.1))},
        {20: set(), 23: {"AlertsNotSent/ticket"}},
    ),
    "rules of ours fail": (
        {FAILING: counter((20, 0), (LAST - 20, 0.1))},
        {20: set(), 24: set(), 27: {"RulesFailing/ticket"}},
    ),
}  # fmt: skip


@pytest.mark.parametrize("scene", SCENES)
def test_what_fires_is_what_must(judge: Judge, scene: str) -> None:
    """At each minute these alerts fire and no others.

    Objectives are asked, which takes long, only where what they count differs.
    """
    changes, expected = SCENES[scene]
    files = "*" if not changes or COUNTED & changes.keys() else "[!o]*"
    assert "" == judge({**WELL, **changes}, expected, files)


def branches() -> Iterator[tuple[str, str]]:
    """Yield every way in which an alert may fire, as `name/severity` and expression."""
    platform = load(ROOT / "platform.yaml", "prod")
    for each in rules.alerts(platform, place(platform, "prod")):
        severity = each.severity or alert.SEVERITY[each.name]
        if each.name != "Watchdog":
            yield from ((f"{each.name}/{severity}", way) for way in split(each.expression))


def split(expression: str) -> list[str]:
    """Return what stands between the `or`s that are in no brackets."""
    found, depth = [""], 0
    for word in re.split(r"( or |[()])", expression):
        depth += {"(": 1, ")": -1}.get(word, 0)
        if word == " or " and depth == 0:
            found.append("")
        else:
            found[-1] += word
    return found


WAYS = list(branches())


@pytest.mark.parametrize(("name", "way"), WAYS, ids=[f"{n}-{i}" for i, (n, _) in enumerate(WAYS)])
def test_every_way_to_fire_is_in_a_scene_and_silent_while_all_is_well(
    holds: Holds, name: str, way: str
) -> None:
    """No alert goes without a test, by name, severity and each side of an `or`."""
    files = "objectives*" if "slo:" in way else "no"
    assert holds(WELL, {way: 229.0}, files, wanted=False)
    acted = [
        (changes, minute)
        for changes, expected in SCENES.values()
        for minute, alerts in expected.items()
        if name in alerts
    ]
    assert any(holds({**WELL, **one}, {way: at}, files, wanted=True) for one, at in acted), way


def test_every_alert_of_the_catalogue_is_in_a_scene() -> None:
    """By name and severity, and no scene tells of another."""
    fired = {each for _, expected in SCENES.values() for alerts in expected.values()
             for each in alerts}  # fmt: skip
    assert set(alert.NAMES) - {"Watchdog"} == {each.partition("/")[0] for each in fired}
    assert {name for name, _ in WAYS} == fired


def test_the_watchdog_is_always_awake(holds: Holds) -> None:
    """With nothing to see at all it fires all the same."""
    asked = 'ALERTS{alertname="Watchdog",alertstate="firing",severity="none"}'
    assert holds({"x": gauge((LAST, 1))}, {asked: 200.0}, "watchers", wanted=True)
    assert not holds({"x": gauge((LAST, 1))}, {asked: 200.0}, "stores", wanted=True)


def test_the_judge_is_awake(judge: Judge) -> None:
    """An alert that is expected and silent is told, and one that fires and is not expected."""
    gone = {**WELL, 'redis_up{job="cache"}': gauge((LAST, 0))}
    assert "CacheDown" in judge(WELL, {20: {"CacheDown/page"}}, "stores")
    assert "CacheDown" in judge(gone, {20: set()}, "stores")
