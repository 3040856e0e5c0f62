"""A document taken apart: header, headline, body, notes, and what is left out."""
