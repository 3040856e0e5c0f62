"""The files that a page of releases has beside its feed: ending, name, media type. For whoever makes them and whoever links to them."""

OF_PAGE = (
    ("bib", "BibTeX", "application/x-bibtex"),
    ("ris", "RIS", "application/x-research-info-systems"),
    ("csv", "CSV", "text/csv"),
)
