"""Letters and proposals: written once in Markdown, read by people as Word, PDF or plain text."""

from __future__ import annotations

from builder.export.documents.blocks import Document, gaps, read
from builder.export.documents.page import Sheet, set_pages
from builder.export.documents.word import as_docx

__all__ = ["Document", "Sheet", "as_docx", "gaps", "read", "set_pages"]
