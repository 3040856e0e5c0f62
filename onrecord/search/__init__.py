"""The search room, the only caller of Pagefind. Texts → the index in shards, beside the making of pages.

    shards = search.plan(search.outlines(ask))                         which releases are indexed together
    info = search.make_shard(site / "pagefind" / name, shard, words)  one shard, in a process of its own
    wasm = search.runtime(site / "pagefind", languages)               engine.js and the WebAssembly
    files = search.catalogue(infos, wasm, engine)                     what the page reads first

Shards are pure functions of their arguments and of `version()`: the caller knows which are unchanged. What goes wrong is a
SearchFailed, whose message is for the person who runs the build. `index` does all of it at once.

`form.search_view(archive) -> SearchView` is what templates/parts/search.html receives.
"""

from onrecord.search.entries import FACETS, NOT_STATED, SearchEntry, entries, entry_of, outlines, slug_of
from onrecord.search.index import FOLDER, SearchReport, catalogue, index, runtime, version
from onrecord.search.making import SearchFailed, ShardInfo, make_shard
from onrecord.search.shards import PlannedShard, plan

__all__ = [
    "FACETS", "FOLDER", "NOT_STATED", "PlannedShard", "SearchEntry", "SearchFailed", "SearchReport", "ShardInfo", "catalogue", "entries",
    "entry_of", "index", "make_shard", "outlines", "plan", "runtime", "slug_of", "version",
]  # fmt: skip
