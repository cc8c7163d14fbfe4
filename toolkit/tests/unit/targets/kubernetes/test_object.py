"""One object a file, beginning with what it is."""

from lightkube.models.meta_v1 import ObjectMeta
from lightkube.resources.core_v1 import ServiceAccount

from groundplan.targets.kubernetes import object as objects


def test_a_file_is_named_by_what_it_holds():
    """The kind alone where the name is the folder's; else the name without the folder's."""
    made = [
        ServiceAccount(metadata=ObjectMeta(name=name)) for name in ("cache", "cache-pods", "other")
    ]
    assert [
        "cache/serviceaccount.yaml",
        "cache/serviceaccount-pods.yaml",
        "cache/serviceaccount-other.yaml",
    ] == [file.path for file in objects.files("cache", made)]


def test_an_object_begins_with_what_it_is():
    """apiVersion, kind and metadata stand first, of defined kinds and of others."""
    custom = objects.Custom("example.com/v1", "Thing", ObjectMeta(name="a"), {"x": 1})
    for made in (ServiceAccount(metadata=ObjectMeta(name="a")), custom):
        assert ["apiVersion", "kind", "metadata"] == list(objects.plain(made))[:3]
