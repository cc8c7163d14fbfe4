"""What the cache's image runs to copy the cache, to prove a copy, and to put one back.

Takes folders and addresses; hands on scripts for a plain shell with `redis-cli`, `redis-server`
and `redis-check-rdb`. A copy is put back in two steps, for the log of a running server must not
be touched: one lays a copy that was checked beside the log, the other, before a server begins,
makes it the log. A log may begin with a copy, so Redis of every version reads it as its own.
"""

from typing import Final

from groundplan.model import setting

WAITING: Final = "restore.rdb"
"""The copy that the next server is to begin from, in the cache's folder."""
KEPT: Final = 7
OLDEST: Final = 26 * 60
"""Minutes after which the newest copy is too old: a day, and time to be late."""
_WORK: Final = "/tmp"  # noqa: S108 - a volume of the pod's own


def copy(folder: str, host: str, port: int, user: str, *, sni: str, authority: str) -> str:
    """Return what asks a running cache for a copy; with an authority, encrypted."""
    return _COPY.format(
        folder=folder,
        secrets=setting.MOUNTED_SECRETS,
        host=host,
        port=port,
        tls=f"--tls --cacert {authority} --sni {sni} " if authority else "",
        user=user,
        after=KEPT + 1,
    )


def prove(folder: str) -> str:
    """Return what begins a server from the newest copy, and fails unless it holds its keys."""
    return _PROVE.format(folder=folder, oldest=OLDEST, work=_WORK)


def lay(folder: str, data: str) -> str:
    """Return what lays the newest copy that can be read into the cache's folder."""
    return _LAY.format(folder=folder, data=data, waiting=WAITING, work=_WORK)


def take(data: str) -> str:
    """Return what makes a copy that waits the log from which the server begins."""
    return _TAKE.format(data=data, waiting=WAITING, work=_WORK)


_COPY: Final = """\
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

_PROVE: Final = """\
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

_LAY: Final = """\
set -eu
umask 077
fail() {{ echo "no copy is put back: $1" >&2; exit 1; }}
trap 'rm -f "{data}/{waiting}.part"' EXIT
for copy in $(find {folder} -name 'cache-*.rdb' | sort -r); do
  if redis-check-rdb "$copy" > {work}/report; then
    cp "$copy" "{data}/{waiting}.part"
    mv "{data}/{waiting}.part" "{data}/{waiting}"
    echo "the cache will begin from $(basename "$copy") when its pod is deleted"
    exit 0
  fi
  cat {work}/report
  echo "refused, for it is damaged: $(basename "$copy")" >&2
done
fail "there is none that can be read"
"""

_TAKE: Final = """\
set -eu
cd "{data}"
[ -e {waiting} ] || exit 0
if ! redis-check-rdb {waiting} > {work}/report; then
  cat {work}/report
  mv {waiting} refused.rdb
  echo "refused, for it is damaged: {waiting}; the cache begins with what it had" >&2
  exit 0
fi
for old in appendonly.aof appendonlydir; do
  [ -e "$old" ] || continue
  rm -rf "replaced-$old"
  mv "$old" "replaced-$old"
done
mv {waiting} appendonly.aof
echo "the cache begins from a copy"
"""
