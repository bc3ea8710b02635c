"""Citations of a paper or of the volume: BibTeX, RIS, EndNote, MODS, CSL-JSON, and in words."""

from builder.cite.bibtex import bibliography, bibtex, volume_bibtex
from builder.cite.csl import csl
from builder.cite.endnote import endnote
from builder.cite.mods import joined as mods_joined
from builder.cite.mods import mods
from builder.cite.ris import ris
from builder.cite.styles import STYLES, all_formatted, formatted
from builder.cite.text import text

__all__ = [
    "STYLES",
    "all_formatted",
    "bibliography",
    "bibtex",
    "csl",
    "endnote",
    "formatted",
    "mods",
    "mods_joined",
    "ris",
    "text",
    "volume_bibtex",
]
