"""The API's description and the probes, as they are served."""

import re
from typing import Any


def test_the_document_and_its_page_need_no_identity(replica: Any) -> None:
    """Anybody may read how the API works; the page has a strict policy."""
    with replica.client() as client:
        document = client.get("/api/v1/openapi.json")
        page = client.get("/api/docs")
        style = client.get(re.search(r'href="([^"]+\.css)"', page.text)[1])  # type: ignore[index]
    assert ("3.1.0", 200) == (document.json()["openapi"], style.status_code)
    assert "default-src 'self'" in page.headers["content-security-policy"]
    assert "Trade the refresh token" in page.text


def test_metrics_count_requests_sign_ins_and_dependencies(replica: Any) -> None:
    """Rate, errors and duration by route template, and what the backend depends on."""
    replica.sign_in("viewer@groundplan.example")
    with replica.client() as client:
        client.get("/healthz/ready")
        metrics = client.get("/metrics")
    assert metrics.headers["content-type"].startswith("text/plain; version=0.0.4")
    assert 'route="/api/v1/identity/sign-in",status="200"' in metrics.text
    assert 'sign_ins_total{outcome="granted"}' in metrics.text
    assert 'dependency_up{dependency="database"} 1.0' in metrics.text


def test_access_lines_carry_the_ids_and_no_secret(replica: Any, until: Any) -> None:
    """Every request has a line with its ids; passwords and tokens are in none."""
    trace = "0af7651916cd43dd8448eb211c80319c"
    headers = {"x-request-id": "find-me-again", "traceparent": f"00-{trace}-b7ad6b7169203331-01"}
    signed_in = replica.sign_in("viewer@groundplan.example")
    with replica.client(headers) as client:
        client.get("/api/v1/identity/jwks")
    until(lambda: "find-me-again" in replica.log.read_text())
    log = replica.log.read_text()
    (line,) = [line for line in log.splitlines() if "find-me-again" in line]
    assert f'"trace_id":"{trace}"' in line
    assert signed_in["access_token"] not in log
    assert signed_in["refresh_token"] not in log
    assert "correct horse" not in log
