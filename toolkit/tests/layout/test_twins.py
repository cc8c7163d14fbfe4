"""Every module has its test, every unit test its module, and says what it holds."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
PACKAGES = {
    "toolkit/src/groundplan": "toolkit/tests/unit",
    "services/contracts/src/groundplan_contracts": "services/contracts/tests/unit",
    "services/backend/src/groundplan_backend": "services/backend/tests/unit",
    "services/gateway/authz/src/groundplan_gateway": "services/gateway/tests/unit",
    "services/telemetry/src/groundplan_telemetry": "services/telemetry/tests/unit",
}
BACKEND = "services/backend/tests"
LAYERS = "controller repository schemas service"
"""Of a room whose promises one integration test proves from the route to the row."""
ELSEWHERE = (
    {
        f"{BACKEND}/unit/{twin}": f"{BACKEND}/integration/{test}"
        for twin, test in {
            "catalog/test_controller.py": "test_catalog.py",
            "catalog/test_repository.py": "test_catalog.py",
            "catalog/test_service.py": "test_catalog.py",
            "docs/test_controller.py": "test_described.py",
            "idempotency/test_repository.py": "test_catalog.py",
            "identity/test_controller.py": "test_sign_in.py",
            "identity/test_first_administrator.py": "test_migrate.py",
            "identity/test_repository.py": "test_refresh.py",
            "identity/test_service.py": "test_sign_in.py",
            "identity/test_sessions.py": "test_sessions.py",
            "identity/test_user_controller.py": "test_users.py",
            "identity/test_user_service.py": "test_users.py",
            "test_app.py": "test_api_contract.py",
            "test_health.py": "test_dependencies_fail.py",
            "test_server.py": "test_requests_end.py",
        }.items()
    }
    | {
        f"{BACKEND}/unit/{room}/test_{layer}.py": f"{BACKEND}/integration/{test}"
        for room, test, layers in (
            ("identity/api_tokens", "test_api_tokens.py", f"live {LAYERS}"),
            ("identity/devices", "test_password.py", "controller repository service"),
            (
                "identity/factors",
                "identity/factors/test_sign_in.py",
                "controller sign_in_controller",
            ),
            ("identity/factors", "identity/factors/test_service.py", "repository room"),
            ("identity/factors", "identity/factors/test_step_up.py", "step_up_controller"),
            ("identity/invitations", "test_invitations.py", LAYERS),
            ("identity/oidc", "test_oidc.py", f"provider {LAYERS}"),
            ("identity/password", "test_password.py", f"mails {LAYERS}"),
            ("identity/service_identities", "test_api_tokens.py", LAYERS),
            ("identity", "test_matrix.py", "accounts_room"),
            ("mail", "test_invitations.py", "controller repository schemas"),
        )
        for layer in layers.split()
    }
    | {
        f"toolkit/tests/unit/runner/{twin}": f"tests/stack/{test}"
        for twin, test in {
            "test_gates.py": "test_up_and_down.py",
            "test_supervisor.py": "test_supervisor_dies.py",
        }.items()
    }
)
"""Twins that are not there, and the test of a promise that proves the module instead.

What only joins others is proven by what they do together. The list shrinks; it does not grow.
"""


def missing(source: Path, tests: Path) -> set[str]:
    """Return the twins that are missing, of modules and of tests.

    What only a real database or server can prove has its twin among the integration tests. A
    package may have a test for itself, called `test_render` or like it, and one for its main.
    """
    modules = {path.relative_to(source) for path in source.rglob("*.py")}
    named = {path for path in modules if path.stem not in ("__init__", "__main__")}
    wanted = {path.with_name(f"test_{path.name}") for path in named}
    packages = {path.parent for path in modules - named if path.parent != Path()}
    allowed = {Path("test_main.py"), *(package / "test_render.py" for package in packages)}
    allowed |= {package.with_name(f"test_{package.name}.py") for package in packages}
    allowed |= {package / f"test_{package.name}.py" for package in packages}
    unit = {path.relative_to(tests) for path in tests.rglob("test_*.py")}
    integration = tests.with_name("integration")
    real = {path.relative_to(integration) for path in integration.rglob("test_*.py")}
    return {path.as_posix() for path in (wanted - unit - real) | (unit - wanted - allowed)}


@pytest.mark.parametrize("source", PACKAGES)
def test_every_module_has_its_twin(source: str) -> None:
    """`x/y.py` is tested by `unit/x/test_y.py` or `integration/x/test_y.py`."""
    found = missing(ROOT / source, ROOT / PACKAGES[source])
    assert set() == {name for name in found if f"{PACKAGES[source]}/{name}" not in ELSEWHERE}


def test_what_stands_elsewhere_is_there() -> None:
    """An exception names a test that exists, for a twin that is missing."""
    for twin, test in ELSEWHERE.items():
        assert not (ROOT / twin).exists(), f"{twin} exists; drop the exception"
        assert (ROOT / test).exists()


def test_missing_twins_are_found(tmp_path: Path) -> None:
    """A module without a test and a test without a module are both found."""
    source, tests = tmp_path / "src", tmp_path / "unit"
    for path in ("src/a/__init__.py", "src/a/x.py", "src/a/y.py", "src/a/w.py", "unit/a/test_x.py",
                 "integration/a/test_w.py", "unit/a/test_z.py", "unit/a/test_a.py"):  # fmt: skip
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).touch()
    assert {"a/test_y.py", "a/test_z.py"} == missing(source, tests)


def test_modules_open_with_what_they_hold_and_stay_readable() -> None:
    """Every module has a docstring, and fewer than 400 lines."""
    for source in PACKAGES:
        for path in (ROOT / source).rglob("*.py"):
            text = path.read_text()
            assert text.startswith('"""'), path
            assert text.count("\n") < 400, path
