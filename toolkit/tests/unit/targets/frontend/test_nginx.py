"""The whole configuration."""

import pytest

from groundplan.targets import frontend


def test_every_replica_has_its_own_file(platform, placement):
    """The files stand in folders named after component and replica."""
    paths = [file.path for file in frontend.render(platform, placement)]
    assert paths == ["frontend-1/nginx.conf", "frontend-2/nginx.conf"]


def test_the_same_platform_gives_the_same_bytes(platform, placement):
    """Rendering is a function of what it takes."""
    assert frontend.render(platform, placement) == frontend.render(platform, placement)


def test_on_this_machine_one_worker_listens_where_it_is_placed(platform, placement):
    """The listen address is the shared socket's, so that an inherited one is recognised."""
    text = frontend.render(platform, placement)[0].content
    assert "listen 127.0.0.1:8080;" in text
    assert "worker_processes 1;" in text
    assert "listen unix:/run/gp/frontend-1.sock;" in text
    assert "real_ip_header" not in text


def test_in_a_cluster_the_balancer_is_believed_about_the_caller(platform, cluster):
    """Behind one proxy, only private networks may say who the caller is."""
    text = frontend.render(platform, cluster)[0].content
    assert "real_ip_header X-Forwarded-For;" in text
    assert "set_real_ip_from 10.0.0.0/8;" in text
    assert "proxy_set_header X-Forwarded-Proto https;" in text
    assert "listen 8080;" in text
    assert "unix:" not in text


def test_a_site_without_a_gateway_is_refused(platform, placement):
    """A static service that calls no gateway could reach no API."""
    alone = platform.services["frontend"].model_copy(update={"calls": ()})
    changed = platform.model_copy(update={"services": {**platform.services, "frontend": alone}})
    with pytest.raises(ValueError, match=r"services\.frontend\.calls"):
        frontend.render(changed, placement)
