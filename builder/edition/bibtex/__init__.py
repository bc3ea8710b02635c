"""The only reader of BibTeX: entries with their places, and every fault with its line.

bibtexparser divides the file into blocks; what it passes over in silence (a missing comma that
swallows a field, an undefined string, concatenation, `crossref`, empty keys, text between the
entries that was an entry once) is evaluated or reported here.
"""

from __future__ import annotations

from builder.edition.bibtex.reading import parse, read
from builder.edition.bibtex.records import Bibliography, Entry, Field

__all__ = ["Bibliography", "Entry", "Field", "parse", "read"]
