"""Pods that run to their end: bounded, confined, in order."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from groundplan.model.platform import Platform
from groundplan.targets.kubernetes import pod, task

STEP = task.Step(
    name="sweep",
    image="sweeper@sha256:aa",
    command=("sweep", "all"),
    environment={"WHERE": "here"},
    mounts=(pod.secrets("sweep-secrets"),),
)
TASK = task.Task(name="sweep", steps=(STEP,), deadline=60, tries=2)


def test_a_job_runs_before_a_release_and_ends(
    reference: Platform, in_cluster: Callable[..., Any], valid: Callable[..., Any]
) -> None:
    """Argo CD makes it anew for each release; it has a deadline and a number of tries."""
    (found,) = valid([task.job(reference, in_cluster(reference), TASK, -2)])
    assert {
        "argocd.argoproj.io/hook": "PreSync",
        "argocd.argoproj.io/hook-delete-policy": "BeforeHookCreation",
        "argocd.argoproj.io/sync-wave": "-2",
    } == found["metadata"]["annotations"]
    spec = found["spec"]
    assert (60, 2) == (spec["activeDeadlineSeconds"], spec["backoffLimit"])
    assert spec["ttlSecondsAfterFinished"] > 0


def test_its_pod_is_confined_like_every_other(
    reference: Platform, in_cluster: Callable[..., Any], valid: Callable[..., Any]
) -> None:
    """Restricted, no token, own account, and secrets in files that its group reads."""
    (found,) = valid([task.job(reference, in_cluster(reference), TASK, 0)])
    spec = found["spec"]["template"]["spec"]
    (container,) = spec["containers"]
    assert (False, "sweep", "Never") == (
        spec["automountServiceAccountToken"],
        spec["serviceAccountName"],
        spec["restartPolicy"],
    )
    assert container["securityContext"] == pod.confinement().to_dict()
    assert [{"name": "WHERE", "value": "here"}] == container["env"]
    assert "/etc/groundplan/secrets" in {each["mountPath"] for each in container["volumeMounts"]}
    assert {"requests", "limits"} == set(container["resources"])


def test_a_cron_job_never_runs_beside_itself(
    reference: Platform, in_cluster: Callable[..., Any], valid: Callable[..., Any]
) -> None:
    """By UTC; a run that is late is begun within the hour or left out."""
    (found,) = valid([task.cron_job(reference, in_cluster(reference), TASK, "0 2 * * *")])
    spec = found["spec"]
    assert ("0 2 * * *", "Etc/UTC", "Forbid", 3600) == (
        spec["schedule"],
        spec["timeZone"],
        spec["concurrencyPolicy"],
        spec["startingDeadlineSeconds"],
    )


def test_an_account_of_a_task_shows_no_token(
    reference: Platform, in_cluster: Callable[..., Any], valid: Callable[..., Any]
) -> None:
    """It stands for nobody at the API."""
    (found,) = valid([task.account(reference, in_cluster(reference), "sweep")])
    assert found["automountServiceAccountToken"] is False


def test_steps_run_one_after_the_other(
    reference: Platform, in_cluster: Callable[..., Any], valid: Callable[..., Any]
) -> None:
    """The last one is the pod's container, and what two of them mount is one volume."""
    first = replace(STEP, name="open")
    two = replace(TASK, steps=(first, STEP))
    (found,) = valid([task.job(reference, in_cluster(reference), two, 0)])
    spec = found["spec"]["template"]["spec"]
    assert (["open"], ["sweep"]) == (
        [each["name"] for each in spec["initContainers"]],
        [each["name"] for each in spec["containers"]],
    )
    assert 1 == [each["name"] for each in spec["volumes"]].count("secrets")


def test_one_that_is_suspended_waits_for_a_person(
    reference: Platform, in_cluster: Callable[..., Any], valid: Callable[..., Any]
) -> None:
    """The clock leaves it alone; others do not say so."""
    asleep = replace(TASK, is_suspended=True)
    found = valid(
        [
            task.cron_job(reference, in_cluster(reference), each, "0 2 * * *")
            for each in (asleep, TASK)
        ]
    )
    assert [True, None] == [each["spec"].get("suspend") for each in found]
