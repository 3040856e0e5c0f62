"""Source → Card and Text, or Tombstone, or Problems; then what release files say about each other.

`fields` types the front matter, a converter for each type of the schema; `verdict` has the rules of one file that need more than one field;
`relations`, `links` and `duplicates` those between files. *Nothing is asserted that the source does not say* is behind most of them.
"""

from onrecord.check.fields import Rules, rules
from onrecord.check.verdict import Verdict, article, release

__all__ = ["Rules", "Verdict", "article", "release", "rules"]
