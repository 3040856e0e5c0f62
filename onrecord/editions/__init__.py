"""Dated editions of the archive: frozen states that can be proved, as they are kept in `content/editions/NAME/`.

| file | holds |
| --- | --- |
| `edition.toml` | the statement: name, day, numbers, and the hashes of the manifest, of the two lists below and of the edition before |
| `records.tsv` | every record with its state and the SHA-256 of its file |
| `changes.toml` | the slugs of what changed since the edition before it |
| `token-N.tsr` | answers of authorities for time stamps (RFC 3161) |

The SHA-256 of the statement is the edition's hash, and what an authority for time stamps signs. Slugs and hashes only: what a record is
called is always asked of the archive as it is now, so that what was withdrawn since has no title here that could come back. The copies
themselves are large and stand elsewhere.
"""
