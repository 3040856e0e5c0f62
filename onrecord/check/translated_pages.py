"""The archive's own pages and their translations → Problems: a translation that no edition shows, or that is one of nothing."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord import languages
from onrecord.model import Article, Problem, Settings
from onrecord.vocabulary import NO_EDITION
from onrecord.writing import chosen


def problems(settings: Settings, articles: Sequence[Article]) -> list[Problem]:
    """A Problem for each of these pages that is a translation and would be seen nowhere."""
    pages = {article.slug for article in articles if not article.language}
    editions = languages.editions(settings.language, settings.languages)
    others = [language for language in editions if language != settings.language]
    found = []
    for article in articles:
        if not article.language:
            continue
        own = [(article.language, article.language)]
        if article.slug not in pages:
            message = f"There is no page pages/{article.slug}.md that this could translate. Write it first, in the archive’s language."
            found.append(Problem(1, 1, "no-page", message, path=article.path))
        elif not any(chosen(own, language)[0] for language in others):
            message = NO_EDITION.format(tag=article.language, shown=", ".join(editions))
            found.append(Problem(1, 1, "no-edition", message, path=article.path))
    return found
