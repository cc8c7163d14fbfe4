"""Pools fit, backups exist, objects age in order."""

# ruff: noqa: E501 - words stand whole

from collections.abc import Callable

import pytest

from groundplan.loader.rules import data

Ask = Callable[..., list[str]]


def test_the_reference_keeps_every_rule(ask: Ask) -> None:
    """Nothing is found where nothing is wrong."""
    assert [] == [words for rule in data.RULES for words in ask(rule.check, "")]


@pytest.mark.parametrize(
    ("rule", "text", "words"),
    [
        (
            data.pools_fit,
            "database: {maxConnections: 30}\nservices: {backend: {database: {poolSize: 11}}}",
            [
                "database.maxConnections: leaves 20 connections beside 10 in reserve, but the pools of backend hold 22 at their least replicas",
            ],
        ),
        (
            data.replicas_have_backups,
            "database: {backupDays: 0, readReplicas: 1}",
            [
                "database.readReplicas: needs backupDays of at least 1: RDS makes read replicas from backups",
            ],
        ),
        (
            data.storage_is_enough,
            "database: {storage: 19Gi}",
            [
                "database.storage: must be at least 20Gi, is 19Gi",
            ],
        ),
        (
            data.parts_pass,
            "services: {backend: {routes: [{path: /api/v1/artifacts/uploads, stream: true, body: 8Mi}]}}",
            [
                "services.backend.routes[0].body: must be at least storage.artifacts.partSize (16Mi), is 8Mi",
            ],
        ),
        (
            data.objects_age_in_order,
            "storage: {buckets: {logs: {archiveDays: 400}, backups: {archiveDays: 0}}}",
            [
                "storage.buckets.logs: archiveDays must be less than expireDays, but 400 is not less than 400",
            ],
        ),
    ],
)
def test_finds_what_is_broken(
    ask: Ask, rule: Callable[..., object], text: str, words: list[str]
) -> None:
    """Each rule finds its own kind of fault, at its place, in these words."""
    assert words == ask(rule, text)
