"""The cache's daily copy, and the daily proof that the copy can be read.

Takes the platform; hands on, in the folder `jobs`, two cron jobs with their accounts and the
volume of the last seven copies. The first asks the running cache for a snapshot as a replica
would. The second begins a server of its own from the newest copy, on a socket that nobody else
reaches, and fails unless the keys that the file holds are there. Both run the cache's own image.
"""

from typing import Final

from lightkube.models.core_v1 import (
    PersistentVolumeClaimSpec,
    PersistentVolumeClaimVolumeSource,
    Volume,
    VolumeMount,
    VolumeResourceRequirements,
)
from lightkube.resources.core_v1 import PersistentVolumeClaim

from groundplan.model import flow, setting
from groundplan.model.placement import MOUNTED_CERTIFICATE, Placement
from groundplan.model.platform import CACHE, Platform
from groundplan.targets.kubernetes import (
    certificate,
    label,
    pinned,
    pod,
    quantity,
    secret,
    storage,
    task,
)
from groundplan.targets.kubernetes.object import Object
from groundplan.targets.kubernetes.task import Task

VOLUME: Final = "cache-backups"
FOLDER: Final = "/var/lib/groundplan/backups"
"""Where the copies stand in a pod."""
KEPT: Final = 7
OLDEST: Final = 26 * 60
"""Minutes after which the newest copy is too old: a day, and time to be late."""
_WORK: Final = "/tmp"  # noqa: S108 - a volume of the pod's own
_AT_TWO, _AT_THREE = "0 2 * * *", "0 3 * * *"
_DATA_BEARING: Final = {"argocd.argoproj.io/sync-options": "Prune=confirm,Delete=confirm"}

_BACKUP: Final = """\
set -eu
umask 077
name="cache-$(date -u +%Y%m%dT%H%M%SZ).rdb"
trap 'rm -f "{folder}/$name.part"' EXIT
REDISCLI_AUTH="$(cat {secrets}/password)"
export REDISCLI_AUTH
redis-cli -h {host} -p {port} {tls}--user {user} --rdb "{folder}/$name.part"
redis-check-rdb "{folder}/$name.part"
mv "{folder}/$name.part" "{folder}/$name"
ls -1 {folder}/cache-*.rdb | sort -r | tail -n +{after} | while read -r old; do rm "$old"; done
echo "copied the cache to $name"
"""

_CHECK: Final = """\
set -eu
fail() {{ echo "the copy of the cache is of no use: $1" >&2; exit 1; }}
newest="$(find {folder} -name 'cache-*.rdb' -mmin -{oldest} | sort | tail -n 1)"
[ -n "$newest" ] || fail "none is younger than {oldest} minutes"
redis-check-rdb "$newest" > {work}/report || {{ cat {work}/report; fail "$newest is damaged"; }}
held="$(sed -n 's/.* \\([0-9][0-9]*\\) keys read$/\\1/p' {work}/report)"
ended="$(sed -n 's/.* \\([0-9][0-9]*\\) already expired$/\\1/p' {work}/report)"
redis-server --port 0 --unixsocket {work}/redis.sock --dir {folder} \\
  --dbfilename "$(basename "$newest")" \\
  --save '' --appendonly no --daemonize no > {work}/log &
server=$!
trap 'kill $server 2>/dev/null || true; wait' EXIT
waited=0
until [ "$(redis-cli -s {work}/redis.sock ping 2>/dev/null)" = PONG ]; do
  kill -0 $server 2>/dev/null || {{ cat {work}/log; fail "a server does not start from $newest"; }}
  waited=$((waited + 1))
  [ $waited -lt 600 ] || fail "a server does not become ready from $newest"
  sleep 0.2
done
found="$(redis-cli -s {work}/redis.sock info keyspace \\
  | sed -n 's/^db.*keys=\\([0-9]*\\),.*/\\1/p' \\
  | {{ sum=0; while read -r one; do sum=$((sum + one)); done; echo $sum; }})"
living=$((held - ended))
[ "$found" -le "$held" ] || fail "it holds $held keys and $found were read"
[ "$found" -gt 0 ] || [ "$living" -eq 0 ] || fail "it holds $living keys and none was read"
echo "read $found of $held keys ($ended had ended) from $newest"
"""


def objects(platform: Platform, placement: Placement) -> list[Object]:
    """Return the volume, both cron jobs and their accounts."""
    backup, check = _backup(platform, placement), _check(platform)
    return [
        _claim(platform, placement),
        task.account(platform, placement, backup.name),
        task.cron_job(platform, placement, backup, _AT_TWO),
        task.account(platform, placement, check.name),
        task.cron_job(platform, placement, check, _AT_THREE),
    ]


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
    mounts = [_copies(read_only=False), pod.secrets(secret.name(CACHE))]
    tls = ""
    if placement.is_encrypted:
        mounts.append(pod.certificate(certificate.name(CACHE)))
        tls = f"--tls --cacert {MOUNTED_CERTIFICATE}/ca.crt --sni {CACHE} "
    script = _BACKUP.format(
        folder=FOLDER,
        secrets=setting.MOUNTED_SECRETS,
        host=address.host,
        port=address.port,
        tls=tls,
        user=secret.BACKUP_USER,
        after=KEPT + 1,
    )
    return Task(
        name=flow.CACHE_BACKUP,
        image=pinned.cache(platform).reference,
        command=("sh", "-c", script),
        mounts=tuple(mounts),
        deadline=900,
        tries=2,
    )


def _check(platform: Platform) -> Task:
    memory = quantity.memory(platform.cache.resources.limits.memory)
    script = _CHECK.format(folder=FOLDER, oldest=OLDEST, work=_WORK)
    return Task(
        name=flow.CACHE_RESTORE_CHECK,
        image=pinned.cache(platform).reference,
        command=("sh", "-c", script),
        mounts=(_copies(read_only=True),),
        requests={"cpu": "100m", "memory": memory},
        limits={"cpu": "500m", "memory": memory},
        deadline=900,
        tries=1,
    )


def _copies(*, read_only: bool) -> tuple[Volume, VolumeMount]:
    claim = PersistentVolumeClaimVolumeSource(claimName=VOLUME)
    volume = Volume(name="backups", persistentVolumeClaim=claim)
    return volume, VolumeMount(name="backups", mountPath=FOLDER, readOnly=read_only)
