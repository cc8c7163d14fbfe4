"""Copies of the cache: one a day, the proof of it, and the way back.

Takes the platform; hands on, in the folder `jobs`, three cron jobs with their accounts. The first
asks the running cache for a snapshot as a replica would. The second begins a server of its own
from the newest copy and fails unless its keys are there. The third never runs by itself: a person
makes a job of it. Copies go to the bucket `backups` where the file has one, by the backend's
image, which has a client of S3; else the last seven stay on a volume of one zone.
"""

from typing import Final

from lightkube.models.core_v1 import (
    EmptyDirVolumeSource,
    PersistentVolumeClaimSpec,
    PersistentVolumeClaimVolumeSource,
    Volume,
    VolumeMount,
    VolumeResourceRequirements,
)
from lightkube.resources.core_v1 import PersistentVolumeClaim

from groundplan.model import flow
from groundplan.model.placement import Placement
from groundplan.model.platform import CACHE, Platform
from groundplan.model.service import Kind
from groundplan.targets.kubernetes import (
    cache,
    certificate,
    image,
    label,
    output,
    pinned,
    pod,
    quantity,
    redis,
    script,
    secret,
    spread,
    storage,
    task,
)
from groundplan.targets.kubernetes.object import Object
from groundplan.targets.kubernetes.task import Step, Task

VOLUME: Final = "cache-backups"
FOLDER: Final = "/var/lib/groundplan/backups"
"""Where the copies stand in a pod."""
CANDIDATES: Final = 3
"""Copies of which the newest that can be read is put back."""
MODULE: Final = "groundplan_backend.copies"
_AT_TWO, _AT_THREE, _NEVER = "0 2 * * *", "0 3 * * *", "0 0 31 2 *"
_DATA_BEARING: Final = {"argocd.argoproj.io/sync-options": "Prune=confirm,Delete=confirm"}


def objects(platform: Platform, placement: Placement) -> list[Object]:
    """Return the cron jobs, their accounts, and the volume where copies are not sent away."""
    found: list[Object] = []
    if not flow.are_copies_sent(platform):
        found.append(_claim(platform, placement))
    for each, schedule in (
        (_backup(platform, placement), _AT_TWO),
        (_check(platform, placement), _AT_THREE),
        (_restore(platform, placement), _NEVER),
    ):
        found.append(task.account(platform, placement, each.name))
        found.append(task.cron_job(platform, placement, each, schedule))
    return found


def _claim(platform: Platform, placement: Placement) -> Object:
    """Return the volume; who takes it from the file keeps the copies until saying so."""
    size = quantity.memory(platform.cache.persistence.size)
    meta = label.metadata(
        platform, placement, flow.CACHE_BACKUP, VOLUME, annotations=_DATA_BEARING
    )
    spec = PersistentVolumeClaimSpec(
        accessModes=["ReadWriteOnce"],
        storageClassName=storage.name(platform),
        resources=VolumeResourceRequirements(requests={"storage": size}),
    )
    return PersistentVolumeClaim(metadata=meta, spec=spec)


def _backup(platform: Platform, placement: Placement) -> Task:
    address = placement.replica(CACHE, 0).address
    encrypted = placement.is_encrypted
    made = script.copy(
        FOLDER,
        address.host,
        address.port,
        secret.BACKUP_USER,
        sni=CACHE,
        authority=placement.certificate(CACHE).authority if encrypted else "",
    )
    shown = (pod.certificate(certificate.name(CACHE)),) if encrypted else ()
    copying = Step(
        name="copy",
        image=pinned.cache(platform).reference,
        command=("sh", "-c", made),
        mounts=(_copies(platform, read_only=False), pod.secrets(secret.name(CACHE)), *shown),
    )
    if not flow.are_copies_sent(platform):
        beside = spread.beside(CACHE, spread.ZONE)
        return Task(
            name=flow.CACHE_BACKUP, steps=(copying,), deadline=900, tries=2, affinity=beside
        )
    sending = _client(platform, placement, "send", read_only=True)
    return Task(name=flow.CACHE_BACKUP, steps=(copying, sending), deadline=900, tries=2)


def _check(platform: Platform, placement: Placement) -> Task:
    memory = quantity.memory(platform.cache.resources.limits.memory)
    proving = Step(
        name="prove",
        image=pinned.cache(platform).reference,
        command=("sh", "-c", script.prove(FOLDER)),
        mounts=(_copies(platform, read_only=True),),
        requests={"cpu": "100m", "memory": memory},
        limits={"cpu": "500m", "memory": memory},
    )
    steps = (*_fetched(platform, placement, 1), proving)
    return Task(name=flow.CACHE_RESTORE_CHECK, steps=steps, deadline=900, tries=1)


def _restore(platform: Platform, placement: Placement) -> Task:
    """Return what lays a copy beside the log; only a pod on the cache's node shares its disk."""
    claim = PersistentVolumeClaimVolumeSource(claimName=cache.CLAIM)
    data = Volume(name="data", persistentVolumeClaim=claim)
    laying = Step(
        name="lay",
        image=pinned.cache(platform).reference,
        command=("sh", "-c", script.lay(FOLDER, redis.DATA_FOLDER)),
        mounts=(
            _copies(platform, read_only=True),
            (data, VolumeMount(name="data", mountPath=redis.DATA_FOLDER)),
        ),
    )
    return Task(
        name=flow.CACHE_RESTORE,
        steps=(*_fetched(platform, placement, CANDIDATES), laying),
        deadline=900,
        tries=0,
        affinity=spread.beside(CACHE, spread.NODE),
        is_suspended=True,
    )


def _fetched(platform: Platform, placement: Placement, how_many: int) -> tuple[Step, ...]:
    if not flow.are_copies_sent(platform):
        return ()
    return (_client(platform, placement, "fetch", str(how_many), read_only=False),)


def _client(
    platform: Platform, placement: Placement, verb: str, *words: str, read_only: bool
) -> Step:
    """Return what moves copies between a pod and the bucket."""
    backend, _ = next(platform.of_kind(Kind.BACKEND))
    bucket = output.value(placement, "backups_bucket_name")
    return Step(
        name=verb,
        image=image.reference(platform, placement, backend),
        command=("python3", "-m", MODULE, verb, FOLDER, *words),
        environment={
            "COPIES_URL": f"https://{bucket}.s3.{platform.region}.amazonaws.com",
            "AWS_REGION": platform.region,
            "PYTHONUNBUFFERED": "1",
        },
        mounts=(_copies(platform, read_only=read_only),),
    )


def _copies(platform: Platform, *, read_only: bool) -> tuple[Volume, VolumeMount]:
    mount = VolumeMount(name="backups", mountPath=FOLDER, readOnly=read_only)
    if flow.are_copies_sent(platform):
        most = quantity.memory(platform.cache.persistence.size)
        return Volume(name="backups", emptyDir=EmptyDirVolumeSource(sizeLimit=most)), mount
    claim = PersistentVolumeClaimVolumeSource(claimName=VOLUME)
    return Volume(name="backups", persistentVolumeClaim=claim), mount
