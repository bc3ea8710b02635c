"""Our directives and roles as a Sphinx domain, so that they take no name from anybody else's.

In an edition's own site the domain is the primary one: ``{paper}`liu25` `` needs no prefix. In
somebody else's site it is ``{proceedings:paper}`liu25` ``, and their `{program}` stays Sphinx's.
"""

from __future__ import annotations

from typing import Any, ClassVar

from sphinx.domains import Domain

from builder.prose import DIRECTIVES, ROLES

NAME = "proceedings"


class ProceedingsDomain(Domain):
    """Names for what an edition holds; it keeps no state, the edition does."""

    name = NAME
    label = "Proceedings"
    directives: ClassVar[Any] = dict(DIRECTIVES)
    roles: ClassVar[Any] = dict(ROLES)

    def merge_domaindata(self, docnames: Any, otherdata: Any) -> None:
        """Nothing to take over from a parallel reader."""
