"""The search room, the only caller of Pagefind.

    report = search.index(staged, search.entries(archive), previous=site)

`index(staged: Path, releases: Sequence[SearchEntry], previous: Path | None = None, limit: int = …, size: int = …) -> SearchReport`
reads the release pages of the site staged in `staged` and writes `staged/pagefind/`; it raises SearchFailed, whose message is for the
person who runs the build. `previous` is the site of the last build: shards whose releases are unchanged are copied from it.

`view.search_view(archive) -> SearchView` is what templates/search.html receives.
"""

from onrecord.search.entries import FACETS, NOT_STATED, SearchEntry, entries
from onrecord.search.index import FOLDER, SearchFailed, SearchReport, index

__all__ = ["FACETS", "FOLDER", "NOT_STATED", "SearchEntry", "SearchFailed", "SearchReport", "entries", "index"]
