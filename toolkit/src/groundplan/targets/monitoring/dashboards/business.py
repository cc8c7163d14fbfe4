"""The dashboard of what people do: sign in, deploy, upload, and are told."""

from groundplan.model.platform import Platform
from groundplan.targets.monitoring.dashboards import ask
from groundplan.targets.monitoring.dashboards.board import Board, Row, number, series


def board(platform: Platform) -> Board:
    """Return the dashboard."""
    return Board(
        uid="business",
        title="what people do",
        description=f"Sign-ins, deployments, uploads and notices of {platform.name}.",
        rows=(_today(), _people(), _work()),
    )


def _today() -> Row:
    counted = {
        "Sign-ins": 'sign_ins_total{outcome="granted"}',
        "Deployments": 'deployments_total{state="live"}',
        "Uploads": 'uploads_total{outcome="ready"}',
    }
    numbers = [
        number(f"{title} in a day", f"sum(increase({metric}[1d]))")
        for title, metric in counted.items()
    ]
    followers = number("Followers of deployments", "sum(delivery_followers)")
    return Row("In a day", (*numbers, followers))


def _people() -> Row:
    decided = ask.rate("groundplan_authz_decisions_total", 'result!="allowed"', "result")
    return Row(
        "People",
        (
            series("Sign-ins", (ask.rate("sign_ins_total", by="outcome"), "{{outcome}}"),
                   unit="ops", width=12, least=0),
            series("Requests that were refused, by reason", (decided, "{{result}}"), unit="ops",
                   width=12, least=0),
        ),
    )  # fmt: skip


def _work() -> Row:
    steps = ask.rate("deployments_total", by="environment,state")
    sent = ask.rate("webhook_deliveries_total", by="outcome")
    return Row(
        "Work",
        (
            series("Deployments, step by step", (steps, "{{environment}} {{state}}"), unit="ops",
                   width=6, least=0),
            series("Uploads", (ask.rate("uploads_total", by="outcome"), "{{outcome}}"),
                   unit="ops", width=6, least=0),
            series("Received in uploads", (ask.rate("upload_bytes_total"), "received"),
                   unit="Bps", width=6, least=0),
            series("Webhooks", (sent, "{{outcome}}"), unit="ops", width=6, least=0),
        ),
    )  # fmt: skip
