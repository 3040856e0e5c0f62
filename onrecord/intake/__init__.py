"""The import room: raw documents become drafts.

`extract` reads a file's bytes into blocks of text; `structure` tells header, headline, body and notes apart; `fields` finds what the
source states, with its evidence; `quotations` finds who said what; `draft` writes the record. Nothing is asserted that the source
does not say: what is not found is asked.
"""
