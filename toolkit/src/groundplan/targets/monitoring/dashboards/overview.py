"""The dashboard of the whole platform: is it well, is it fast, and is it seen at all."""

from groundplan.model.platform import CACHE, DATABASE, Platform
from groundplan.targets.monitoring.dashboards import ask
from groundplan.targets.monitoring.dashboards.board import RATE, Board, Row, number, series

GATEWAY = 'envoy_http_conn_manager_prefix="gateway"'
ANSWERS = "envoy_http_downstream_rq_xx"
TIME = "envoy_http_downstream_rq_time"
FAILED = 'envoy_response_code_class="5"'


def board(platform: Platform) -> Board:
    """Return the dashboard."""
    return Board(
        uid="platform",
        title="platform",
        description="Is the platform well, is it fast, and is it seen at all?",
        rows=(_now(), _requests(), _objectives(), _parts(platform), _seen()),
    )


def _now() -> Row:
    p95 = f"{ask.quantile(0.95, TIME, GATEWAY)} / 1000"
    return Row(
        "Now",
        (
            number("Requests a second", ask.rate(ANSWERS, GATEWAY), "reqps"),
            number("Failed", ask.share(ANSWERS, FAILED, GATEWAY), "percentunit"),
            number("95 of 100 within", p95, "s"),
            number("Alerts", 'count(ALERTS{alertstate="firing"}) or vector(0)'),
            number("Database answers", "min(pg_up)", "bool_yes_no"),
            number("Cache answers", "min(redis_up)", "bool_yes_no"),
        ),
    )


def _requests() -> Row:
    times = tuple(
        (f"{ask.quantile(share, TIME, GATEWAY)} / 1000", f"{share * 100:g} of 100")
        for share in (0.5, 0.95, 0.99)
    )
    classes = (ask.rate(ANSWERS, GATEWAY, "envoy_response_code_class"),
               "{{envoy_response_code_class}}xx")  # fmt: skip
    return Row(
        "Requests, as the gateway answers them",
        (
            series("By class of status", classes, unit="reqps"),
            series("Failed", (ask.share(ANSWERS, FAILED, GATEWAY), "failed"), unit="percentunit",
                   least=0),
            series("Time to the answer", *times, unit="s", least=0),
        ),
    )  # fmt: skip


def _objectives() -> Row:
    left = ("slo:error_budget:remaining_ratio", "{{slo}}")
    return Row(
        "Objectives",
        (
            series("Error budget that is left", left, unit="percentunit", width=12, most=1),
            series("Errors over an hour", ("slo:error_ratio:rate1h", "{{slo}}"),
                   unit="percentunit", width=12, least=0),
        ),
    )  # fmt: skip


def _parts(platform: Platform) -> Row:
    names = "|".join((*platform.services, DATABASE, CACHE))
    seen = (f'min by (job) (up{{job=~"{names}"}})', "{{job}}")
    restarts = (f'sum by (job) (changes(process_start_time_seconds{{job=~"{names}"}}[{RATE}]))',
                "{{job}}")  # fmt: skip
    return Row(
        "Parts",
        (
            series("Replicas that answer: the worst of each", seen, width=12, least=0, most=1),
            series("Starts", restarts, width=12, least=0),
        ),
    )


def _seen() -> Row:
    kept = (ask.rate("tracing_spans_total", by="job,outcome"), "{{job}} {{outcome}}")
    taken = (ask.rate("otelcol_receiver_accepted_spans_total", by="job"), "taken by {{job}}")
    lost = (
        ask.rate("otelcol_exporter_send_failed_spans_total", by="job"),
        "lost by {{job}}",
    )
    held = ("max by (job) (otelcol_exporter_queue_size)", "{{job}}")
    return Row(
        "Signals: what is not seen here is not seen anywhere",
        (
            series("Spans that services sent and lost", kept, unit="ops"),
            series("Spans that collectors took and lost", taken, lost, unit="ops"),
            series("Waiting in collectors", held, least=0),
        ),
    )
