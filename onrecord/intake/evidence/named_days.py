"""The year of a day that the text states without one, where the file's own name has the same day with it: two places that agree."""

from __future__ import annotations

import re
from dataclasses import replace

from onrecord.intake.document import Claim
from onrecord.intake.evidence.date_mentions import dates_in

_OPEN_YEAR = "XXXX"
# "2031-05-11-locks.md", "release_20310511.txt"
_DAY = re.compile(r"(?<!\d)(?P<year>[12]\d{3})(?P<mark>[-_.]?)(?P<month>[01]\d)(?P=mark)(?P<day>[0-3]\d)(?!\d)")


def with_year(claim: Claim, source: str, language: str) -> Claim:
    """A claim of a day whose year alone is asked, with the year that the name of its file gives for that month and day. It stays as it is
    where the name has another day or several, or the weekday that the text gives is none of that year's."""
    if not claim.value.startswith(_OPEN_YEAR) or len(claim.questions) != 1:
        return claim
    name = source.replace("\\", "/").rsplit("/", 1)[-1]
    days = {f"{match['year']}-{match['month']}-{match['day']}" for match in _DAY.finditer(name)}
    if len(days) != 1:
        return claim
    day = days.pop()
    if day[4:] != claim.value[4:]:
        return claim
    dated = [mention for mention in dates_in(f"{claim.written} {day[:4]}", language) if mention.edtf == day]
    if not dated or any(mention.contradicted for mention in dated):
        return claim
    return replace(claim, value=day, questions=(), why=f"{claim.why}, with the year that the file’s name has")
