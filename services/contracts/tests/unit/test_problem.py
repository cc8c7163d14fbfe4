from groundplan_contracts.problem import FieldError, Problem


def test_a_problem_leaves_out_what_is_empty() -> None:
    """A problem without field errors has no empty list of them."""
    assert {
        "type": "https://groundplan.dev/errors/not_found",
        "title": "Not Found",
        "status": 404,
        "code": "not_found",
        "detail": "no such service",
    } == Problem(404, "not_found", "no such service").document()


def test_a_problem_names_the_fields_at_fault() -> None:
    """Each fault of a request is told with its path."""
    problem = Problem(400, "invalid_request", "1 fault", [FieldError("value", "is too long")])
    assert [{"path": "value", "message": "is too long"}] == problem.document()["errors"]
