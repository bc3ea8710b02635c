"""Rich text parsed once and rendered for each language by that language's own renderer."""

from builder.model.markup.tree import Break, Link, Markup, Math, Node, Style, Styled, Text

__all__ = ["Break", "Link", "Markup", "Math", "Node", "Style", "Styled", "Text"]
