"""The site itself: hashed assets for ever, pages by the application, health and public state."""

from groundplan.model.placement import Placement
from groundplan.targets.frontend.directive import Lines, block, line
from groundplan.targets.frontend.place import site_folder, state_file

COMPRESSED = (
    "application/javascript",
    "application/json",
    "application/manifest+json",
    "application/problem+json",
    "image/svg+xml",
    "text/css",
    "text/javascript",
    "text/plain",
)
TYPES = {
    "text/html": "html",
    "text/css": "css",
    "text/javascript": "js mjs",
    "text/plain": "txt",
    "application/json": "json map",
    "application/manifest+json": "webmanifest",
    "image/svg+xml": "svg",
    "image/png": "png",
    "image/x-icon": "ico",
    "font/woff2": "woff2",
}
PAGE = "/index.html"
UNBUILT = r"The console is not built. Its log says why: ./run logs frontend\n"


def media_types() -> Lines:
    """Return what kinds of files there are; written here because a wheel brings no mime.types."""
    return (
        *block("types", *(line(kind, endings) for kind, endings in TYPES.items())),
        *line("default_type", "application/octet-stream"),
        *line("charset", "utf-8"),
        *line("charset_types", "text/css", "text/javascript", "text/plain", "application/json"),
    )


def compression() -> Lines:
    """Return how answers are compressed: as they leave, at a level that is cheap and near best."""
    return (
        *line("gzip", "on"),
        *line("gzip_comp_level", 5),
        *line("gzip_min_length", 1024),
        *line("gzip_proxied", "any"),
        *line("gzip_vary", "on"),
        *line("gzip_types", *COMPRESSED),
    )


def locations(placement: Placement) -> Lines:
    """Return files where there are files, and the application for every other address."""
    return (
        *line("root", site_folder(placement)),
        *block("location ^~ /assets/", line("try_files", "$uri", "=404")),
        *block(r"location ~ \.[A-Za-z0-9]+$", line("try_files", "$uri", "=404")),
        *block("location /", line("try_files", "$uri", PAGE, "@unbuilt")),
        *block(
            "location @unbuilt",
            line("default_type", "text/plain"),
            line("return", 503, f"'{UNBUILT}'"),
        ),
        *block(
            "location = /status.json",
            line("default_type", "application/json"),
            line("alias", state_file(placement)),
        ),
        *health(placement),
    )


def health(placement: Placement) -> Lines:
    """Return whether nginx lives, and whether there is a site to serve."""
    page = f"{site_folder(placement)}{PAGE}"
    return (
        *block(
            "location = /healthz/live",
            line("default_type", "application/json"),
            line("return", 200, """'{"status":"live"}'"""),
        ),
        *block(
            "location = /healthz/ready",
            line("default_type", "application/json"),
            block(
                f"if (!-f {page})",
                line("return", 503, """'{"status":"unready","detail":"the site is not built"}'"""),
            ),
            line("return", 200, """'{"status":"ready"}'"""),
        ),
    )
