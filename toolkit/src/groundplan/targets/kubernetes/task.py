"""Pods that run to their end: jobs once for a release, cron jobs by the clock.

Takes a `Task`, its steps and what they read; hands on the Job or the CronJob and the service
account that it runs as. A pod of a task may do no more than any other, and waits for room.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from lightkube.models.batch_v1 import CronJobSpec, JobSpec, JobTemplateSpec
from lightkube.models.core_v1 import (
    Affinity,
    Container,
    EnvVar,
    PodTemplateSpec,
    ResourceRequirements,
    Volume,
    VolumeMount,
)
from lightkube.models.meta_v1 import ObjectMeta
from lightkube.resources.batch_v1 import CronJob, Job
from lightkube.resources.core_v1 import ServiceAccount

from groundplan.model.placement import Placement
from groundplan.model.platform import Platform
from groundplan.targets.kubernetes import label, pod, priority
from groundplan.targets.kubernetes.object import Object

HOOK: Final = "argocd.argoproj.io/hook"
WAVE: Final = "argocd.argoproj.io/sync-wave"
_ANEW: Final = {"argocd.argoproj.io/hook-delete-policy": "BeforeHookCreation"}
_GRACE: Final = 30
_KEPT: Final = 86400
"""Seconds after which a finished job is removed: a day to read what it said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A program that runs to its end."""

    name: str
    image: str
    command: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)
    mounts: tuple[tuple[Volume, VolumeMount], ...] = ()
    requests: Mapping[str, str] = field(default_factory=lambda: {"cpu": "100m", "memory": "128Mi"})
    limits: Mapping[str, str] = field(default_factory=lambda: {"cpu": "500m", "memory": "256Mi"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Steps that run one after the other in one pod."""

    name: str
    steps: tuple[Step, ...]
    deadline: int
    """Seconds after which it is ended, all tries together."""
    tries: int
    """How often it is begun anew when it fails."""
    affinity: Affinity | None = None
    """Beside whom its pod must stand."""
    is_suspended: bool = False
    """Whether the clock leaves it alone, and only a person begins it."""


def account(platform: Platform, placement: Placement, name: str) -> Object:
    """Return the service account of a task; it has no rights and shows no token."""
    return ServiceAccount(
        metadata=label.metadata(platform, placement, name), automountServiceAccountToken=False
    )


def before_sync(wave: int) -> dict[str, str]:
    """Return what makes Argo CD run something before a release, in the order of waves."""
    return {HOOK: "PreSync", WAVE: str(wave), **_ANEW}


def job(platform: Platform, placement: Placement, task: Task, wave: int) -> Object:
    """Return a task that runs before every release."""
    meta = label.metadata(platform, placement, task.name, annotations=before_sync(wave))
    return Job(metadata=meta, spec=_spec(platform, placement, task))


def cron_job(platform: Platform, placement: Placement, task: Task, schedule: str) -> Object:
    """Return a task that runs by the clock (UTC), never beside itself."""
    return CronJob(
        metadata=label.metadata(platform, placement, task.name),
        spec=CronJobSpec(
            schedule=schedule,
            suspend=task.is_suspended or None,
            timeZone="Etc/UTC",
            concurrencyPolicy="Forbid",
            startingDeadlineSeconds=3600,
            successfulJobsHistoryLimit=3,
            failedJobsHistoryLimit=3,
            jobTemplate=JobTemplateSpec(
                metadata=_unnamed(platform, placement, task),
                spec=_spec(platform, placement, task),
            ),
        ),
    )


def _spec(platform: Platform, placement: Placement, task: Task) -> JobSpec:
    *first, last = map(_container, task.steps)
    volumes = {volume.name: volume for step in task.steps for volume, _ in step.mounts}
    spec = pod.spec(
        [last],
        first=first,
        account=task.name,
        priority=priority.name(platform, priority.BATCH),
        grace=_GRACE,
        volumes=volumes.values(),
    )
    spec.restartPolicy = "Never"
    spec.affinity = task.affinity
    return JobSpec(
        activeDeadlineSeconds=task.deadline,
        backoffLimit=task.tries,
        ttlSecondsAfterFinished=_KEPT,
        template=PodTemplateSpec(metadata=_unnamed(platform, placement, task), spec=spec),
    )


def _container(step: Step) -> Container:
    return Container(
        name=step.name,
        image=step.image,
        imagePullPolicy="Always",
        command=list(step.command),
        env=[EnvVar(name=name, value=value) for name, value in step.environment.items()],
        resources=ResourceRequirements(requests=dict(step.requests), limits=dict(step.limits)),
        securityContext=pod.confinement(),
        volumeMounts=[*(mount for _, mount in step.mounts), *pod.mounts()],
    )


def _unnamed(platform: Platform, placement: Placement, task: Task) -> ObjectMeta:
    return ObjectMeta(labels=label.labels(platform, placement, task.name))
