"""Citations of a paper or of the volume: BibTeX, RIS, CSL-JSON and one formatted reference."""

from builder.cite.bibtex import bibliography, bibtex, volume_bibtex
from builder.cite.csl import csl
from builder.cite.ris import ris
from builder.cite.text import text

__all__ = ["bibliography", "bibtex", "csl", "ris", "text", "volume_bibtex"]
