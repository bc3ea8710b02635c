"""Builds a workshop's or conference's booklet, site and special-issue packages from one folder."""

__version__ = "0.1.0"
