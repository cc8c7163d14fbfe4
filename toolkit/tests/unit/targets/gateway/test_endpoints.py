from groundplan.targets.gateway import endpoints


def test_a_file_tells_where_replicas_stand(here):
    """Each replica has its address; a draining one says so."""
    (resource,) = endpoints.discovery("backend", here.of("backend"))["resources"]
    found = resource["endpoints"][0]["lb_endpoints"]
    assert "backend" == resource["cluster_name"]
    assert [9301, 9302] == [
        each["endpoint"]["address"]["socket_address"]["port_value"] for each in found
    ]
    assert ["HEALTHY", "DRAINING"] == [each["health_status"] for each in found]


def test_the_folder_is_watched(here):
    """Envoy looks into the folder, because files are replaced whole."""
    source = endpoints.source(here, "backend")["path_config_source"]
    assert "/data/config/endpoints/backend.json" == source["path"]
    assert {"path": "/data/config/endpoints"} == source["watched_directory"]
