"""Sphinx's settings as a proceedings site wants them; what `conf.py` says always wins."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from builder.model import Volume
from builder.prose import EXTENSIONS, HEADING_ANCHORS
from builder.site import domain, mathematics, scholarly

if TYPE_CHECKING:
    from sphinx.config import Config

LEFT_OUT = ("_templates", "README.md", "README", "Thumbs.db", ".DS_Store")


def apply(config: Config, volume: Volume) -> None:
    """Fills in every setting that `conf.py` leaves open."""
    given: dict[str, Any] = config._raw_config  # the only place that tells a default from a choice
    defaults: dict[str, Any] = {
        "project": volume.event.short_name,
        "html_title": volume.event.short_name,
        "html_theme": "furo",
        "html_baseurl": scholarly.site_url(volume),
        "html_math_renderer": mathematics.RENDERER,
        # Editors write `{program}`, not `{proceedings:program}`; Sphinx's own is for command lines.
        "primary_domain": domain.NAME,
        "language": volume.language.replace("-", "_"),
        # What is shown beside every page must not depend on how many papers there are.
        "html_copy_source": False,
        "html_show_sourcelink": False,
        "html_use_index": False,
        "html_domain_indices": False,
        "html_show_sphinx": False,
        "html_show_copyright": bool(given.get("copyright")),
        "html_permalinks": True,
        "html_last_updated_fmt": None,
        "myst_enable_extensions": set(EXTENSIONS),
        "myst_heading_anchors": HEADING_ANCHORS,
    }
    for name, value in defaults.items():
        if name not in given and name in config:
            setattr(config, name, value)
    config.exclude_patterns = [*config.exclude_patterns, *LEFT_OUT]
    # The navigation lists every page of prose by itself.
    config.suppress_warnings = [*config.suppress_warnings, "toc.not_included"]
