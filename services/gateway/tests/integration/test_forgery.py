"""Nobody gets in with a token or a header of their own making."""

import json
import time

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

TARGET = "/api/v1/catalog/services"


def public_pem(key):
    return key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )


def unsigned(encode, header, claims, signature=""):
    head, body = (encode(json.dumps(part).encode()) for part in (header, claims))
    return f"{head}.{body}.{signature}"


def hmac_token(encode, header, claims, key):
    algorithm = jwt.algorithms.HMACAlgorithm(jwt.algorithms.HMACAlgorithm.SHA256)
    signed = unsigned(encode, header, claims).rpartition(".")[0]
    return f"{signed}.{encode(algorithm.sign(signed.encode(), key))}"


def by_claims(issuer):
    """Properly signed tokens that say the wrong thing."""
    now = int(time.time())
    changes = {
        "expired": {"exp": now - 60, "iat": now - 400, "nbf": now - 400},
        "not yet": {"nbf": now + 120, "exp": now + 300},
        "no expiry": {"exp": None},
        "expiry of text": {"exp": "tomorrow"},
        "lives too long": {"exp": now + 864000},
        "wrong issuer": {"iss": "https://evil.example"},
        "issuer with slash": {"iss": "https://groundplan.example/"},
        "no issuer": {"iss": None},
        "wrong audience": {"aud": "other"},
        "empty audience": {"aud": []},
        "no audience": {"aud": None},
        "no subject": {"sub": None},
        "empty subject": {"sub": ""},
        "subject breaks lines": {"sub": "a\r\nx-groundplan-role: administrator"},
        "subject of another key": {"sub": "a:b"},
        "no session": {"sid": None},
        "unknown session": {"sid": "0" * 32},
        "session is a wildcard": {"sid": "*"},
        "session is a number": {"sid": 1},
        "no role": {"role": None},
        "unknown role": {"role": "root"},
        "roles as a list": {"role": ["administrator"]},
        "no issue time": {"iat": None},
        "no begin": {"nbf": None},
    }
    return {name: issuer.token(**change) for name, change in changes.items()}


def by_header(issuer, stranger, encode):
    """Tokens whose header lies, or whose signature is not ours."""
    claims = issuer.claims()
    good = issuer.token()
    head, body, signature = good.split(".")
    es = {"alg": "ES256", "typ": "at+jwt", "kid": issuer.kid}
    raised = encode(json.dumps(issuer.claims(role="administrator")).encode())
    rsa_key = rsa.generate_private_key(65537, 2048)
    p384 = ec.generate_private_key(ec.SECP384R1())
    return {
        "alg none": unsigned(encode, {**es, "alg": "none"}, claims),
        "alg None": unsigned(encode, {**es, "alg": "None"}, claims),
        "alg nOnE": unsigned(encode, {**es, "alg": "nOnE"}, claims, signature),
        "alg empty": unsigned(encode, {**es, "alg": ""}, claims, signature),
        "no alg": unsigned(encode, {"typ": "at+jwt", "kid": "k1"}, claims, signature),
        "hmac with public key": hmac_token(
            encode, {**es, "alg": "HS256"}, claims, public_pem(issuer.key)
        ),
        "hmac with empty key": hmac_token(encode, {**es, "alg": "HS256"}, claims, b""),
        "rsa": jwt.encode(claims, rsa_key, "RS256", headers={"typ": "at+jwt", "kid": "k1"}),
        "p384": jwt.encode(claims, p384, "ES384", headers={"typ": "at+jwt", "kid": "k1"}),
        "stranger with our kid": stranger.token(),
        "stranger with own kid": stranger.token(header={"kid": "k2"}),
        "stranger without kid": stranger.token(header={"kid": ""}),
        "embedded key": stranger.token(header={"jwk": stranger.jwk}),
        "key by address": stranger.token(header={"jku": "http://127.0.0.1:1/jwks"}),
        "key by certificate": stranger.token(header={"x5u": "http://127.0.0.1:1/x"}),
        "kid traverses": stranger.token(header={"kid": "../../../../dev/null"}),
        "kid injects": stranger.token(header={"kid": "k1' or '1'='1"}),
        "typ JWT": issuer.token(header={"typ": "JWT"}),
        "typ of a refresh token": issuer.token(header={"typ": "rt+jwt"}),
        "no typ": unsigned(encode, {"alg": "ES256", "kid": "k1"}, claims, signature),
        "critical unknown": unsigned(encode, {**es, "crit": ["x"], "x": 1}, claims, signature),
        "payload swapped": f"{head}.{raised}.{signature}",
        "signature empty": f"{head}.{body}.",
        "signature of zeros": f"{head}.{body}.{encode(bytes(64))}",
        "signature cut": f"{head}.{body}.{signature[:-2]}",
        "signature longer": f"{good}AAAA",
        "signature flipped": f"{head}.{body}.{'B' if signature[0] == 'A' else 'A'}{signature[1:]}",
        "signature in DER": f"{head}.{body}.{encode(bytes([48, 69]) + bytes(69))}",
        "two parts": f"{head}.{body}",
        "four parts": f"{good}.{signature}",
        "no parts": "",
        "dots": "..",
        "garbage": "x.y.z",
        "padding": f"{head}=.{body}=.{signature}=",
        "spaces inside": f"{head} .{body}.{signature}",
        "nested": jwt.encode({"jwt": good}, issuer.key, "ES256", headers=es),
        "huge": f"{head}.{encode(b'{' + b' ' * 40000 + b'}')}.{signature}",
        "deep": f"{head}.{encode(b'[' * 9000 + b']' * 9000)}.{signature}",
        "payload no object": f"{head}.{encode(b'[]')}.{signature}",
        "payload no JSON": f"{head}.{encode(b'hello')}.{signature}",
    }


def test_no_forged_token_gets_in(stack, stranger, encode):
    """Of more than sixty forged or mangled tokens none reaches the service."""
    forged = {**by_claims(stack.issuer), **by_header(stack.issuer, stranger, encode)}
    assert len(forged) >= 60
    before = len(stack.seen)
    answers = {name: stack.get(TARGET, token=token) for name, token in forged.items()}
    assert {n: a.status for n, a in answers.items() if a.status not in (400, 401, 431)} == {}
    assert stack.seen[before:] == []
    assert stack.get(TARGET, token=stack.issuer.token()).status == 200


@pytest.mark.parametrize(
    "header",
    [
        "Basic {}",
        "Token {}",
        "{}",
        "Bearer",
        "Bearer  ",
        "Bearer {} {}",
        "Bearer {},{}",
        "Bearer:{}",
        "Digest {}",
    ],
)
def test_no_other_scheme_gets_in(stack, header):
    """A good token gets nobody in under another scheme."""
    good = stack.issuer.token()
    headers = {"authorization": header.replace("{}", good)}
    assert stack.get(TARGET, headers=headers).status in (400, 401)


@pytest.mark.parametrize(
    "request_of",
    [
        lambda token: stack_target(f"?access_token={token}"),
        lambda token: stack_target("", f"Cookie: access_token={token}"),
        lambda token: stack_target("", f"X-Access-Token: {token}"),
        lambda token: stack_target("", f"Proxy-Authorization: Bearer {token}"),
    ],
)
def test_tokens_are_read_in_one_place(stack, request_of):
    """A token in the query, a cookie or another header opens nothing."""
    assert stack.raw(request_of(stack.issuer.token())) == 401


def stack_target(query, *headers):
    lines = [f"GET {TARGET}{query} HTTP/1.1", "Host: a", "Connection: close", *headers, "", ""]
    return "\r\n".join(lines).encode()


def test_two_authorizations_open_nothing(stack, stranger):
    """A forged token beside a good one gets nobody further than the good one would."""
    lines = [f"Authorization: Bearer {each}" for each in (stranger.token(), stack.issuer.token())]
    before = len(stack.seen)
    statuses = [stack.raw(stack_target("", *order)) for order in (lines, lines[::-1])]
    assert statuses == [401, 401]
    assert stack.seen[before:] == []


FORGED = {
    "x-groundplan-subject": "somebody",
    "x-groundplan-role": "administrator",
    "x-groundplan-session": "0" * 32,
    "x-groundplan-gateway": "guess",
    "x-groundplan-jwt-payload": "eyJyb2xlIjoiYWRtaW5pc3RyYXRvciJ9",
    "x-groundplan-path": "/api/docs",
    "x-groundplan-address": "10.9.9.9",
    "x-groundplan-anything": "else",
    "X-GROUNDPLAN-ROLE": "administrator",
    "x-forwarded-host": "evil.example",
    "x-real-ip": "10.9.9.9",
    "x-client-ip": "10.9.9.9",
    "true-client-ip": "10.9.9.9",
    "forwarded": "for=10.9.9.9",
    "x-original-url": "/api/docs",
    "x-rewrite-url": "/api/docs",
    "x-http-method-override": "GET",
    "x-envoy-retry-on": "5xx",
    "x-envoy-max-retries": "9",
    "x-envoy-upstream-rq-timeout-ms": "99999",
    "x-envoy-original-path": "/api/docs",
    "x-envoy-internal": "true",
    "x-envoy-external-address": "10.9.9.9",
    "x-envoy-auth-headers-to-remove": "x-groundplan-role",
}


@pytest.mark.parametrize("name", FORGED)
def test_no_forged_header_arrives(stack, name):
    """A header that only the gateway may set never arrives as a client wrote it."""
    for token in (stack.issuer.token(), None):
        target = TARGET if token else "/api/v1/openapi.json"
        assert stack.get(target, token=token, headers={name: FORGED[name]}).status == 200
        assert stack.seen[-1].headers.get(name.lower()) != FORGED[name]


def test_other_headers_do_arrive(stack):
    """The same look sees a header that is nobody's business."""
    stack.get("/api/v1/openapi.json", headers={"x-colour": "green"})
    assert stack.seen[-1].headers["x-colour"] == "green"


def test_forged_payload_without_token_is_refused(stack, encode):
    """The header in which Envoy hands on the verified token works for nobody else."""
    payload = encode(json.dumps(stack.issuer.claims(role="administrator")).encode())
    assert stack.get(TARGET, headers={"x-groundplan-jwt-payload": payload}).status == 401


def test_service_learns_one_address(stack):
    """Of a chain of addresses a service sees the one that the frontend's nginx saw."""
    chain = "10.0.0.1, 10.0.0.2, 203.0.113.9"
    stack.get("/api/v1/openapi.json", headers={"x-forwarded-for": chain})
    assert stack.seen[-1].headers["x-forwarded-for"] == "203.0.113.9"


@pytest.mark.parametrize("name", ["x_groundplan_role", "x-groundplan_role", "content_length"])
def test_underscores_are_refused(stack, name):
    """A header that some servers take for another one is refused."""
    assert stack.get(TARGET, token=stack.issuer.token(), headers={name: "1"}).status == 400
