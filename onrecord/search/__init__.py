"""The search room, the only caller of Pagefind. Texts → the index in shards, beside the making of pages.

    shards = search.plan(search.outlines(ask))                             which releases are indexed together
    info = search.make_shard(site / "pagefind/texts" / name, cache, shard, paragraphs)  one shard, in a process of its own
    search.runtime(site / "pagefind", languages)                           the engine
    search.join_shards(cache, infos, terms, months, engine, write)         the files that all shards share

Shards are pure functions of their arguments and of `version()`: the caller knows which are unchanged. What goes wrong is a
SearchFailed, whose message is for the person who runs the build. `make_index` does all of it at once.

`search_page.search_view(ask) -> SearchView` is what templates/parts/search.html receives. The modules are imported on first use: a build
without a search index needs none of those that make one.
"""

from typing import TYPE_CHECKING

__all__ = [
    "FACETS", "FOLDER", "NOT_STATED", "TEXTS", "Paragraph", "PlannedShard", "SearchEntry", "SearchFailed", "SearchReport", "ShardInfo",
    "TermPage", "all_entries", "entry_of", "has_pieces", "join_shards", "make_index", "make_shard", "months", "outlines", "paragraphs_of",
    "plan", "runtime", "slug_of", "term_pages", "version",
]  # fmt: skip

if TYPE_CHECKING:
    from onrecord.search.entries import (
        FACETS,
        NOT_STATED,
        SearchEntry,
        all_entries,
        entry_of,
        months,
        outlines,
        slug_of,
        term_pages,
    )
    from onrecord.search.index import FOLDER, SearchReport, has_pieces, join_shards, make_index, runtime, version
    from onrecord.search.paragraphs import Paragraph, paragraphs_of
    from onrecord.search.shard_files import TEXTS, SearchFailed, ShardInfo, make_shard
    from onrecord.search.shard_plan import PlannedShard, plan
    from onrecord.search.terms import TermPage
else:

    def __getattr__(name: str) -> object:
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from onrecord.search import entries, shard_plan

        for module in (entries, shard_plan):
            if hasattr(module, name):
                return getattr(module, name)
        from onrecord.search import index

        return getattr(index, name)
