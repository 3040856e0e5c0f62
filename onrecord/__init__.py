"""Onrecord turns press releases and statements into a documentary website. ARCHITECTURE.md has the map."""

__version__ = "0.1.0"
