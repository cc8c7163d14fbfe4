"""Clients are made when they are asked for, with the caller's credentials or a simulator's."""

import sys

import pytest

from groundplan.errors import ToolError
from groundplan.tools import aws


def test_without_boto3_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Exit code 3, not a traceback."""
    monkeypatch.setitem(sys.modules, "boto3", None)
    with pytest.raises(ToolError, match="boto3 is not installed"):
        aws.clients("us-east-1")


def test_a_client_is_made_once_and_asks_where_it_is_told() -> None:
    """The same service gives the same client; its endpoint is that of the settings."""
    pytest.importorskip("boto3", reason="needs boto3")
    settings = {
        "AWS_ENDPOINT_URL": "http://127.0.0.1:1",
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
    }
    clients = aws.clients("eu-west-1", settings)
    client = clients("ec2")
    assert client is clients("ec2")
    assert ("http://127.0.0.1:1", "eu-west-1") == (
        client.meta.endpoint_url,
        client.meta.region_name,
    )
