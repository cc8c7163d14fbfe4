"""Names of the metrics that rules read, so that a new name is changed in one place.

Ours stand in the registry of signals; those of others are theirs: Envoy's, the exporters', those
of Kubernetes.
"""

from typing import Final

UP: Final = "up"
STARTED: Final = "process_start_time_seconds"

GATEWAY_ANSWERS: Final = "envoy_http_downstream_rq_xx"
GATEWAY_OWN: Final = "envoy_http_rq_direct_response"
SERVICE_ANSWERS: Final = "envoy_cluster_upstream_rq_xx"
PATH_ANSWERS: Final = "envoy_vhost_vcluster_upstream_rq_xx"
ANSWER_TIME: Final = "envoy_vhost_vcluster_upstream_rq_time"
HEALTHY: Final = "envoy_cluster_membership_healthy"
BREAKERS: Final = (
    "envoy_cluster_circuit_breakers_default_cx_open",
    "envoy_cluster_circuit_breakers_default_rq_open",
    "envoy_cluster_circuit_breakers_default_rq_pending_open",
)
CERTIFICATE_DAYS: Final = "envoy_server_days_until_first_cert_expiring"

DECISIONS: Final = "groundplan_authz_decisions_total"
SIGN_INS: Final = "sign_ins_total"
DATABASE_TIME: Final = "db_client_operation_duration_seconds"
SPANS: Final = "tracing_spans_total"
STORE_DROPPED: Final = "groundplan_telemetry_dropped_records_total"

DATABASE_UP: Final = "pg_up"
DATABASE_SESSIONS: Final = "pg_stat_activity_count"
DATABASE_MOST_SESSIONS: Final = "pg_settings_max_connections"
CACHE_UP: Final = "redis_up"
CACHE_MEMORY: Final = "redis_memory_used_bytes"
CACHE_MOST_MEMORY: Final = "redis_memory_max_bytes"

CPU: Final = "node_cpu_seconds_total"
MEMORY_FREE: Final = "node_memory_MemAvailable_bytes"
MEMORY: Final = "node_memory_MemTotal_bytes"
DISK_FREE: Final = "node_filesystem_avail_bytes"
DISK: Final = "node_filesystem_size_bytes"

VOLUME_FREE: Final = "kubelet_volume_stats_available_bytes"
VOLUME: Final = "kubelet_volume_stats_capacity_bytes"
RESTARTS: Final = "kube_pod_container_status_restarts_total"
COPIES: Final = "kube_horizontalpodautoscaler_status_current_replicas"
MOST_COPIES: Final = "kube_horizontalpodautoscaler_spec_max_replicas"
DEPLOYMENT_READY: Final = "kube_deployment_status_replicas_ready"
STATEFULSET_READY: Final = "kube_statefulset_status_replicas_ready"
DAEMONSET_READY: Final = "kube_daemonset_status_number_ready"
NODES: Final = "kube_node_info"
CERTIFICATE_END: Final = "certmanager_certificate_expiration_timestamp_seconds"
COLLECTOR_LOST: Final = (
    "otelcol_exporter_send_failed_spans_total",
    "otelcol_exporter_enqueue_failed_spans_total",
    "otelcol_receiver_refused_spans_total",
)
ALERTS_UNSENT: Final = (
    "alertmanager_notifications_failed_total",
    "prometheus_notifications_dropped_total",
)
"""By Alertmanager to people, and by Prometheus to Alertmanager."""
RULE_FAILURES: Final = "prometheus_rule_evaluation_failures_total"
