"""The search room, the only caller of Pagefind. Texts → the index in shards, beside the making of pages.

    shards = search.plan(search.outlines(ask))                         which releases are indexed together
    info = search.make_shard(site / "pagefind" / name, shard, words)  one shard, in a process of its own
    wasm = search.runtime(site / "pagefind", languages)               engine.js and the WebAssembly
    files = search.catalogue(infos, wasm, engine)                     what the page reads first

Shards are pure functions of their arguments and of `version()`: the caller knows which are unchanged. What goes wrong is a
SearchFailed, whose message is for the person who runs the build. `make_index` does all of it at once.

`search_page.search_view(ask) -> SearchView` is what templates/parts/search.html receives. The modules are imported on first use: a build
without a search index needs none of those that make one.
"""

from typing import TYPE_CHECKING

__all__ = [
    "FACETS", "FOLDER", "NOT_STATED", "PlannedShard", "SearchEntry", "SearchFailed", "SearchReport", "ShardInfo", "all_entries",
    "catalogue", "entry_of", "make_index", "make_shard", "outlines", "plan", "runtime", "slug_of", "version",
]  # fmt: skip

if TYPE_CHECKING:
    from onrecord.search.entries import FACETS, NOT_STATED, SearchEntry, all_entries, entry_of, outlines, slug_of
    from onrecord.search.index import FOLDER, SearchReport, catalogue, make_index, runtime, version
    from onrecord.search.shard_files import SearchFailed, ShardInfo, make_shard
    from onrecord.search.shard_plan import PlannedShard, plan
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
