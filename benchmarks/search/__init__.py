"""Measures of the search: how well it finds (quality.py) and what it costs (scale.py), over an invented archive (corpus.py)."""
