"""Forged and mangled access tokens, made from a real one and the public keys."""

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Iterator
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

Claims = dict[str, Any]


def encode(part: bytes | Claims) -> str:
    """Encode a part of a token as base64url without padding."""
    raw = part if isinstance(part, bytes) else json.dumps(part, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def decode(part: str) -> Claims:
    """Decode a part of a token."""
    decoded: Claims = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    return decoded


def forgeries(real: str, jwks: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield names and tokens, each of which must be refused."""
    head, body, signature = real.split(".")
    header, claims = decode(head), decode(body)
    yield from _without_signature(header, claims, body, signature)
    yield from _other_algorithms(header, claims, jwks)
    yield from _own_keys(header, claims)
    yield from _changed_claims(header, claims)
    yield from _changed_text(real, head, body, signature)


def _without_signature(
    header: Claims, claims: Claims, body: str, signature: str
) -> Iterator[tuple[str, str]]:
    for word in ("none", "None", "NONE", "nOnE", ""):
        unsigned = encode({**header, "alg": word})
        yield f"alg {word!r}, no signature", f"{unsigned}.{body}."
        yield f"alg {word!r}, old signature", f"{unsigned}.{body}.{signature}"
    yield "alg missing", f"{encode({'typ': 'at+jwt', 'kid': header['kid']})}.{body}.{signature}"
    yield "signature empty", f"{encode(header)}.{body}."
    yield "signature zero", f"{encode(header)}.{body}.{encode(bytes(64))}"
    higher = encode({**claims, "role": "administrator"})
    yield "role raised, old signature", f"{encode(header)}.{higher}.{signature}"


def _other_algorithms(
    header: Claims, claims: Claims, jwks: dict[str, Any]
) -> Iterator[tuple[str, str]]:
    public = jwt.PyJWK(jwks["keys"][0]).key
    pem = public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    secrets = {"public PEM": pem, "JWKS text": json.dumps(jwks["keys"][0]).encode(), "empty": b""}
    for name, secret in secrets.items():
        for algorithm, digest in (("HS256", hashlib.sha256), ("HS512", hashlib.sha512)):
            signed = f"{encode({**header, 'alg': algorithm})}.{encode(claims)}"
            tag = hmac.new(secret, signed.encode(), digest).digest()
            yield f"{algorithm} with {name}", f"{signed}.{encode(tag)}"


def _own_keys(header: Claims, claims: Claims) -> Iterator[tuple[str, str]]:
    mine = ec.generate_private_key(ec.SECP256R1())
    my_jwk = json.loads(jwt.algorithms.ECAlgorithm.to_jwk(mine.public_key()))
    raised = {**claims, "role": "administrator"}
    headers: dict[str, Claims] = {
        "same kid": {},
        "no kid": {"kid": None},
        "kid traversal": {"kid": "../../../../dev/null"},
        "kid query": {"kid": "' OR 1=1 --"},
        "kid long": {"kid": "k" * 5000},
        "embedded jwk": {"jwk": my_jwk},
        "jku": {"jku": "http://127.0.0.1:1/jwks.json"},
        "x5u": {"x5u": "http://127.0.0.1:1/cert.pem"},
        "x5c": {"x5c": ["MIIB"]},
        "crit": {"crit": ["exp"]},
    }
    for name, extra in headers.items():
        made = {key: value for key, value in {**header, **extra}.items() if value is not None}
        yield f"own key, {name}", jwt.encode(raised, mine, "ES256", made)
    big = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    yield "own RSA key", jwt.encode(raised, big, "RS256", {"kid": header["kid"]})
    wide = ec.generate_private_key(ec.SECP384R1())
    yield "own P-384 key", jwt.encode(raised, wide, "ES384", {"kid": header["kid"]})


def _changed_claims(header: Claims, claims: Claims) -> Iterator[tuple[str, str]]:
    mine = ec.generate_private_key(ec.SECP256R1())
    now = int(time.time())
    changes: dict[str, Claims] = {
        "expired": {"exp": now - 60},
        "not yet": {"nbf": now + 3600},
        "no expiry": {"exp": None},
        "endless": {"exp": 2**53},
        "other issuer": {"iss": "https://evil.example"},
        "other audience": {"aud": "other"},
        "other session": {"sid": "0" * 32},
        "other role": {"role": "root"},
        "no session": {"sid": None},
    }
    for name, change in changes.items():
        made = {key: value for key, value in {**claims, **change}.items() if value is not None}
        yield f"claims: {name}", jwt.encode(made, mine, "ES256", {"kid": header["kid"]})


def _changed_text(real: str, head: str, body: str, signature: str) -> Iterator[tuple[str, str]]:
    yield "one part", head
    yield "two parts", f"{head}.{body}"
    yield "four parts", f"{real}.{signature}"
    yield "body twice", f"{head}.{body}{body}.{signature}"
    yield "signature cut", real[:-8]
    yield "signature of the body reversed", f"{head}.{body[::-1]}.{signature}"
    yield "first byte of the signature changed", f"{head}.{body}.{_flip(signature)}"
    yield "space inside", f"{head}. {body}.{signature}"
    yield "not base64", f"{head}.!!!.{signature}"
    yield "huge", f"{head}.{'A' * 20000}.{signature}"
    yield "empty", "."
    yield "null", "null"


def _flip(text: str) -> str:
    return ("B" if text[0] == "A" else "A") + text[1:]
