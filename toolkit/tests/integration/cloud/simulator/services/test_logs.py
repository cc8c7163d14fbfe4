"""Queries are saved, found by the beginning of their name, replaced and forgotten."""


def test_a_query_is_there_until_it_is_deleted(ask):
    """A second saving under its id replaces it; an unknown one is refused."""
    made = ask("logs", "put_query_definition", name="api/errors", queryString="fields a")
    number = {"queryDefinitionId": made["queryDefinitionId"]}
    ask("logs", "put_query_definition", **number, name="api/errors", queryString="fields b")
    found = ask("logs", "describe_query_definitions", queryDefinitionNamePrefix="api/")
    assert ["fields b"] == [one["queryString"] for one in found["queryDefinitions"]]
    other = ask("logs", "describe_query_definitions", queryDefinitionNamePrefix="web/")
    assert [] == other["queryDefinitions"]
    assert {"success": True} == ask("logs", "delete_query_definition", **number)
    error = ask("logs", "delete_query_definition", **number)["error"]
    assert "ResourceNotFoundException" == error["Code"]
