"""How a body marks words that were left out of it, told in one place for what reads, numbers, checks and imports texts."""

from __future__ import annotations

import re

MARK = r"(?:\((?:…|\.\.\.)\)|\[(?:…|\.\.\.)\])"
"""The pattern of a mark: (…) or […], three dots for the sign as well. Both brackets are of one kind."""

PATTERN = re.compile(MARK)
