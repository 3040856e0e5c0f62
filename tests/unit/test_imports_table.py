"""Data goes one way: who imports whom, file by file, what is used in one place only, and who may touch the disk or look at the clock.

A cell is a file of `onrecord/`. A change of this table is a change of the architecture: say so in ARCHITECTURE.md. Imports that only
the type checker sees (`TYPE_CHECKING`) are left out.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ROOT / "onrecord"

# Cell → the cells it imports from, no more and no fewer; each stands behind those it imports.
TABLE: dict[str, str] = {
    "amounts": "",
    "characters": "",
    "dates": "",
    "digests": "",
    "remarks": "",
    "joining": "",
    "families": "joining",
    "file_types": "",
    "image_size": "",
    "makers.xml": "",
    "encoding_damage": "",
    "moments": "",
    "nearest": "",
    "plural": "",
    "pool": "",
    "processor_time": "",
    "program_files": "",
    "publish.files": "",
    "publish.packing": "",
    "schema": "",
    "issue_forms": "schema",
    "routes": "",
    "writing": "",
    "faces": "writing",
    "model": "dates writing",
    "rule_changes": "",
    "search.bundle": "",
    "search.classic_scripts": "",
    "search.paragraphs": "",
    "search.pieces": "",
    "search.words": "",
    "search.entry": "",
    "search.service": "",
    "search.terms": "",
    "slugs": "",
    "spreadsheet_damage": "encoding_damage",
    "tabular": "",
    "render.separators": "",
    "templates": "digests",
    "render.overlaying": "templates",
    "render.compiling": "render.overlaying render.separators",
    "views.contract": "",
    "charts": "",
    "command": "nearest",
    "compare": "characters",
    "language_forms": "",
    "languages": "dates language_forms writing",
    "list_formats": "",
    "packed": "",
    "ledger.columns": "digests",
    "ledger.kept": "digests ledger.columns",
    "ledger.questions": "digests ledger.columns",
    "ledger.ledger": "digests ledger.columns ledger.kept ledger.questions",
    "ledger": "ledger.columns ledger.kept ledger.ledger",
    "map_labels": "",
    "map_lines": "",
    "map_outlines": "",
    "map_tiles": "",
    "maps": "map_labels map_tiles",
    "map_shapes": "map_lines map_outlines",
    "front_map": "map_lines map_outlines map_shapes maps",
    "publish.exchange": "publish.files",
    "publish.listing": "publish.files",
    "publish.bag": "publish.listing",
    "search.shard_plan": "search.entry",
    "version": "digests program_files",
    "look": "writing",
    "views.frame": "",
    "authorities": "model",
    "place_tree": "model",
    "relating": "joining model",
    "side_by_side": "",
    "division": "dates model",
    "counting": "division model slugs",
    "arrange": "counting dates model place_tree relating slugs",
    "corrected": "dates model",
    "cited_dates": "dates",
    "cited_kinds": "",
    "tex": "",
    "wikitext": "",
    "cite": "cited_dates cited_kinds model tex wikitext",
    "budget": "model",
    "problems": "characters model plural",
    "publish.site_differences": "publish.files publish.listing",
    "record_table": "model schema tabular",
    "redaction": "characters model",
    "search.word_record": "search.bundle search.entry search.paragraphs search.words",
    "search.suggestions": "search.pieces search.terms search.words",
    "store": "digests model",
    "vocabulary": "authorities characters languages model nearest place_tree schema slugs writing",
    "markup.anchors": "model",
    "markup.blocks": "",
    "markup.link_targets": "model redaction",
    "omissions": "",
    "markup.direct": "markup.link_targets model omissions",
    "markup.inlines": "markup.blocks markup.direct markup.link_targets model",
    "markup.github": "markup.blocks markup.inlines markup.link_targets model",
    "markup": "budget markup.anchors markup.blocks markup.direct markup.github markup.link_targets model redaction",
    "numbering": "division model slugs",
    "quoting": "division model",
    "read": "budget digests model vocabulary",
    "theme.tokens": "",
    "theme.contrast": "",
    "theme.drawing": "",
    "theme.settings": "look model nearest schema theme.tokens vocabulary",
    "theme.stylesheet": "theme.settings theme.tokens",
    "check.figures": "amounts languages model",
    "check.fields": "amounts characters dates markup model nearest redaction schema",
    "check.relations": "model nearest",
    "check.related": "check.relations model",
    "attachments": "digests file_types image_size model moments read routes store",
    "check.attachments": "check.relations model",
    "check.links": "check.relations model",
    "check.duplicates": "families model",
    "columns": "dates model routes schema tabular",
    "dataset.bundles": "dates model",
    "dataset.file_list": "columns",
    "dataset.kept_pieces": "digests packed",
    "dataset.package": "columns dataset.file_list list_formats model routes slugs",
    "dataset.parts": "dataset.bundles dataset.file_list dataset.kept_pieces dates digests packed routes",
    "dataset": "dataset.bundles dataset.file_list dataset.kept_pieces dataset.package dataset.parts",
    "reader": (
        "corrected counting dates digests division languages look model numbering place_tree quoting routes slugs"
    ),
    "makers": "reader",
    "makers.originals": "model reader",
    "makers.assets": "reader remarks routes templates",
    "makers.dated_editions": "reader routes",
    "makers.hosting": "reader routes",
    "makers.machines": "authorities list_formats model reader routes writing",
    "makers.sitemap": "digests makers.xml model reader routes",
    "bibliography": "cite model tex",
    "makers.listings": "bibliography digests list_formats model packed reader routes tabular",
    "search.entries": "cite languages model reader routes search.entry search.shard_plan search.terms",
    "views.edition": "dates faces languages look map_shapes maps model reader routes views.frame writing",
    "views.numbered_text": "omissions views.edition",
    "views.documents": "file_types languages model routes views.edition",
    "makers.pages": "reader views.edition views.frame",
    "search.search_page": "cited_kinds languages reader schema search.entries search.shard_plan writing",
    "views.comparing": (
        "compare faces languages model reader routes side_by_side views.edition views.frame views.numbered_text"
    ),
    "views.term_parts": "authorities languages model views.edition",
    "views.relations": "cite languages model routes views.comparing views.edition views.frame writing",
    "views.corrections": "corrected dates model routes schema views.edition views.frame",
    "views.suggesting": "model routes views.edition",
    "views.dated_editions": "languages model routes views.edition views.frame",
    "views.data_page": "columns dataset dataset.file_list languages list_formats routes views.edition views.frame",
    "views.contribute": "characters languages routes schema views.edition views.frame",
    "views.correction_form": "issue_forms routes views.edition views.frame",
    "views.groups": (
        "characters charts dates division languages list_formats maps model reader routes views.edition views.frame "
        "views.term_parts writing"
    ),
    "views.indexes": "charts languages reader routes views.edition views.frame views.groups",
    "views.reference_pages": "model numbering routes views.edition views.frame",
    "views.date_pages": "charts dates division reader routes views.edition views.frame views.groups",
    "views.quotation_pages": "dates languages model quoting routes views.edition views.frame",
    "views.release": (
        "cite faces languages model routes views.comparing views.corrections views.dated_editions views.documents "
        "views.edition views.frame views.numbered_text views.relations views.suggesting"
    ),
    "views.figure_pages": (
        "charts counting dates division languages model routes views.edition views.frame views.groups"
    ),
    "views.home": (
        "charts compare dates division faces front_map languages model reader routes search.search_page "
        "views.comparing views.date_pages views.edition views.frame views.groups views.numbered_text "
        "views.quotation_pages writing"
    ),
    "views.pictures": "charts maps reader routes views.date_pages views.edition views.frame",
    "views": (
        "views.comparing views.contract views.contribute views.correction_form views.corrections views.data_page "
        "views.date_pages views.dated_editions views.figure_pages views.frame views.groups views.home views.indexes "
        "views.pictures views.quotation_pages views.reference_pages views.release"
    ),
    "intake.document": "model",
    "intake.evidence.term_finder": "intake.document model",
    "intake.draft_file": "characters dates intake.document model omissions redaction schema slugs",
    "intake.record_codec": "intake.document",
    "intake.field_lines": "model read schema",
    "intake.answers": "dates intake.field_lines model read schema",
    "intake.slug_change": "markup model read redaction schema",
    "json_text": "",
    "makers.feeds": "corrected dates json_text makers.xml model reader routes slugs writing",
    "makers.records": "dates file_types json_text model reader routes schema",
    "makers.data_pieces": "columns dataset dataset.kept_pieces json_text makers.records model reader routes tabular",
    "makers.citations": "cite makers.records model reader",
    "render": "digests json_text languages reader render.compiling render.overlaying templates views.edition writing",
    "plan": (
        "makers makers.assets makers.citations makers.dated_editions makers.feeds makers.hosting makers.machines "
        "makers.pages makers.records reader templates views"
    ),
    "search.stemmers": "",
    "search.shard_files": (
        "search.bundle search.classic_scripts search.entry search.paragraphs search.pieces search.service "
        "search.shard_plan search.stemmers search.word_record search.words"
    ),
    "search.join": (
        "search.classic_scripts search.entry search.pieces search.shard_files search.suggestions search.terms "
        "search.words"
    ),
    "search.engine": "remarks search.stemmers",
    "search.index": (
        "search.engine search.entry search.join search.paragraphs search.pieces search.service search.shard_files "
        "search.shard_plan search.terms"
    ),
    "search": "search.entries search.index search.shard_plan",
    "makers.shards": "model reader routes search",
    "intake.accounting": "characters intake.document model",
    "intake.evidence": "",
    "intake.formats": "",
    "intake.layout": "",
    "intake.lexicon.notation": "",
    "intake.lexicon": "intake.lexicon.notation",
    "intake.evidence.language_detection": "intake.lexicon intake.lexicon.notation",
    "intake.lexicon.checking": "intake.lexicon intake.lexicon.notation",
    "intake.lexicon.__main__": "intake.lexicon intake.lexicon.checking",
    "intake.evidence.calendar_words": "",
    "intake.evidence.date_patterns": "intake.evidence.calendar_words intake.lexicon intake.lexicon.notation",
    "intake.catalogue": "intake.answers intake.document intake.draft_file model read",
    "intake.evidence.claims": "intake.document model",
    "intake.evidence.language_claim": "intake.document intake.evidence.claims intake.evidence.language_detection",
    "intake.evidence.quotation_marks": "intake.document",
    "intake.explaining": "intake.document",
    "intake.finished_records": "digests program_files",
    "intake.formats.decoding": "characters intake.document intake.evidence.language_detection",
    "intake.formats.foreign_front_matter": "intake.document model",
    "intake.formats.mail_message": "intake.document",
    "intake.formats.mail_threads": "intake.lexicon",
    "intake.formats.mbox": "",
    "intake.formats.nesting": "",
    "intake.formats.number_attributes": "",
    "intake.formats.opendocument_styles": "intake.document intake.formats.number_attributes",
    "intake.formats.outside": "intake.document processor_time",
    "intake.formats.page_lines": "intake.document intake.formats.decoding intake.lexicon intake.lexicon.notation",
    "intake.formats.page_lists": "",
    "intake.formats.page_metadata": "intake.document",
    "intake.formats.page_notes": "intake.document",
    "intake.formats.page_tables": "intake.document intake.formats.number_attributes",
    "intake.formats.pdf_native": "",
    "intake.formats.pdf_looks": "intake.document intake.formats.pdf_native",
    "intake.formats.pdf_drawings": "intake.document intake.formats.pdf_native",
    "intake.formats.rich_text_tokens": "",
    "intake.formats.right_to_left": "",
    "intake.formats.sheet": "",
    "intake.formats.csv_text": "intake.formats.sheet",
    "intake.formats.signed_message": "",
    "intake.formats.web_archive": "intake.document intake.formats.nesting model",
    "intake.formats.word_fields": "",
    "intake.formats.word_names": "",
    "intake.formats.word_numbering": (
        "intake.formats.number_attributes intake.formats.page_lists intake.formats.word_names"
    ),
    "intake.formats.word_styles": "intake.document intake.formats.word_names",
    "intake.formats.word_tables": "intake.document intake.formats.page_tables intake.formats.word_names",
    "intake.formats.zipped_parts": "intake.document",
    "intake.formats.workbook_cells": "intake.formats.sheet",
    "intake.formats.workbook": (
        "intake.document intake.formats.sheet intake.formats.workbook_cells intake.formats.zipped_parts"
    ),
    "intake.formats.opendocument_sheet": "intake.document intake.formats.sheet intake.formats.zipped_parts",
    "intake.formats.spreadsheet": (
        "intake.formats.csv_text intake.formats.opendocument_sheet intake.formats.sheet intake.formats.workbook"
    ),
    "intake.formats.table_rows": (
        "intake.document intake.formats.nesting intake.formats.sheet intake.formats.spreadsheet record_table tabular"
    ),
    "intake.formats.word_package": "intake.document intake.formats.zipped_parts",
    "intake.frames": "",
    "intake.layout.context": "intake.document intake.evidence.term_finder intake.lexicon",
    "intake.layout.line_signs": "intake.document intake.lexicon",
    "intake.raised_digits": "intake.document",
    "intake.markdown_writer": "characters intake.document intake.raised_digits",
    "intake.formats.note_marks": "intake.document intake.lexicon intake.lexicon.notation intake.raised_digits",
    "intake.formats.page_math": "intake.raised_digits",
    "intake.formats.word_math": "intake.document intake.formats.word_names intake.raised_digits",
    "intake.source_files": "",
    "check.name_signs": "",
    "check.quotable_words": "characters markup model omissions redaction",
    "check.verdict": (
        "characters check.fields check.figures check.name_signs check.quotable_words dates digests markup model "
        "plural redaction schema slugs"
    ),
    "check": "check.fields check.verdict",
    "intake.term_questions": "model",
    "intake.proposals": "check.name_signs intake.answers intake.evidence.term_finder intake.term_questions model",
    "intake.formats.page_hints": "",
    "intake.formats.digest": "",
    "intake.layout.torn_headings": "intake.document intake.layout.line_signs intake.lexicon",
    "intake.formats.pdf_unmapped": "",
    "intake.formats.pdf_glyphs": (
        "intake.document intake.formats.pdf_drawings intake.formats.pdf_looks intake.formats.pdf_native "
        "intake.formats.pdf_unmapped intake.formats.right_to_left"
    ),
    "intake.formats.reading_faults": "",
    "intake.formats.pdf_marks": "intake.document",
    "intake.formats.pdf_raised": (
        "intake.document intake.formats.pdf_glyphs intake.formats.pdf_marks intake.formats.right_to_left"
    ),
    "intake.formats.pdf_lines": (
        "intake.formats.pdf_drawings intake.formats.pdf_glyphs intake.formats.pdf_marks intake.formats.pdf_raised "
        "intake.formats.right_to_left"
    ),
    "intake.formats.pdf_annotations": "intake.formats.pdf_drawings intake.formats.pdf_glyphs intake.formats.pdf_lines",
    "durability": "",
    "whole_file": "durability",
    "publish.journal": "durability publish.files publish.listing",
    "publish.adoption": "durability publish.files",
    "publish.stage": (
        "durability plural publish.adoption publish.exchange publish.files publish.journal publish.listing "
        "publish.packing"
    ),
    "publish.workplace": "publish.files",
    "publish.staging": "publish.exchange publish.files publish.journal publish.stage publish.workplace",
    "publish": "publish.files publish.listing publish.packing publish.site_differences publish.stage publish.staging",
    "make": (
        "attachments budget dataset digests json_text languages ledger makers.assets makers.data_pieces "
        "makers.originals makers.pages makers.shards model plan pool publish reader render routes search templates "
        "views"
    ),
    "withheld_words": "",
    "publish.unpacking": "",
    "publish.word_scan": "pool publish.unpacking withheld_words",
    "site": (
        "dataset digests ledger list_formats make makers.listings makers.sitemap plan publish publish.word_scan "
        "routes search"
    ),
    "publish.integrity": "publish.bag publish.files publish.listing",
    "intake.footnotes": "intake.document",
    "intake.sound_markdown": "intake.document intake.draft_file intake.markdown_writer markup markup.blocks redaction",
    "guarded": "pool processor_time",
    "disclosure.file_signs": "",
    "disclosure.trace": "",
    "disclosure.colour_profile": "disclosure.trace",
    "disclosure.paths": "",
    "disclosure.plain_xml": "disclosure.trace",
    "disclosure.xmp": "disclosure.paths disclosure.plain_xml disclosure.trace",
    "disclosure.gif": "disclosure.colour_profile disclosure.trace disclosure.xmp",
    "disclosure.iptc": "disclosure.trace disclosure.xmp",
    "disclosure.tiff_tags": "disclosure.iptc disclosure.paths disclosure.trace disclosure.xmp",
    "disclosure.heif": "disclosure.tiff_tags disclosure.trace disclosure.xmp",
    "disclosure.jpeg": "disclosure.colour_profile disclosure.iptc disclosure.tiff_tags disclosure.trace disclosure.xmp",
    "disclosure.office_traces": "disclosure.paths disclosure.plain_xml disclosure.trace",
    "disclosure.opendocument_traces": "disclosure.paths disclosure.plain_xml disclosure.trace",
    "disclosure.packed": "disclosure.paths disclosure.trace",
    "disclosure.wishes": "",
    "disclosure.pdf_objects": "disclosure.trace disclosure.wishes",
    "disclosure.pdf_traces": "disclosure.paths disclosure.pdf_objects disclosure.trace disclosure.xmp",
    "disclosure.png": (
        "disclosure.colour_profile disclosure.file_signs disclosure.iptc disclosure.paths disclosure.tiff_tags "
        "disclosure.trace disclosure.xmp"
    ),
    "disclosure.rich_text_traces": "disclosure.paths disclosure.trace disclosure.wishes",
    "disclosure.tiff": "disclosure.tiff_tags disclosure.trace",
    "disclosure.webp": "disclosure.colour_profile disclosure.tiff_tags disclosure.trace disclosure.xmp",
    "disclosure.finding": (
        "disclosure.file_signs disclosure.gif disclosure.heif disclosure.jpeg disclosure.office_traces "
        "disclosure.opendocument_traces disclosure.packed disclosure.pdf_traces disclosure.png "
        "disclosure.rich_text_traces disclosure.tiff disclosure.trace disclosure.webp"
    ),
    "disclosure.office_changes": "disclosure.office_traces disclosure.plain_xml disclosure.wishes",
    "disclosure.office_cleaning": (
        "disclosure.office_changes disclosure.office_traces disclosure.packed disclosure.paths disclosure.plain_xml "
        "disclosure.wishes"
    ),
    "disclosure.opendocument_cleaning": (
        "disclosure.opendocument_traces disclosure.packed disclosure.paths disclosure.plain_xml disclosure.wishes"
    ),
    "disclosure.pdf_cleaning": "disclosure.paths disclosure.pdf_objects disclosure.pdf_traces disclosure.wishes",
    "disclosure.cleaning": (
        "disclosure.file_signs disclosure.finding disclosure.office_cleaning disclosure.office_traces "
        "disclosure.opendocument_cleaning disclosure.opendocument_traces disclosure.packed disclosure.pdf_cleaning "
        "disclosure.rich_text_traces disclosure.trace disclosure.wishes"
    ),
    "disclosure.samples": "disclosure.packed",
    "editions": "",
    "editions.statement": "model schema",
    "editions.record_list": "model schema",
    "editions.folder": "editions.record_list editions.statement model read",
    "kernel": "",
    "intake.confinement": "kernel program_files",
    "disclosure.confined": (
        "digests disclosure.cleaning disclosure.finding disclosure.samples disclosure.trace disclosure.wishes guarded "
        "intake.confinement"
    ),
    "disclosure.file_problems": "disclosure.trace model",
    "published_files": "digests disclosure.confined disclosure.file_problems model read store",
    "check.translated_pages": "languages model vocabulary writing",
    "check.featured": "check.relations model",
    "load": (
        "attachments budget check check.attachments check.featured check.links check.related check.relations "
        "check.translated_pages digests editions.folder guarded model moments pool published_files read store"
    ),
    "intake.evidence.word_places": "",
    "intake.formats.page_tags": "",
    "intake.layout.continued_lines": "intake.document intake.layout.line_signs intake.lexicon",
    "intake.evidence.issuer_sign": "",
    "intake.evidence.quotation_shapes": "intake.evidence.quotation_marks intake.lexicon",
    "intake.document_size": "intake.document",
    "intake.formats.zip_directory": "",
    "intake.formats.zip_folder": "intake.formats.nesting intake.formats.zip_directory",
    "intake.formats.tar_folder": "intake.formats.nesting intake.formats.zip_folder",
    "intake.formats.containers": (
        "intake.formats.mbox intake.formats.nesting intake.formats.tar_folder intake.formats.web_archive "
        "intake.formats.zip_folder"
    ),
    "intake.reading_memory": "",
    "intake.reading_time": "",
    "intake.stem": "processor_time",
    "intake.sandbox": (
        "intake.formats.outside intake.frames intake.reading_memory intake.reading_time intake.stem model "
        "processor_time program_files"
    ),
    "intake.sheets": "intake.formats.sheet intake.formats.spreadsheet intake.sandbox model",
    "intake.workers": (
        "intake.document intake.finished_records intake.formats.containers intake.formats.nesting "
        "intake.formats.outside intake.formats.table_rows intake.record_codec intake.sandbox intake.sheets model"
    ),
    "intake.cluster_worker": "intake.confinement intake.finished_records intake.sandbox",
    "intake.cluster": "intake.cluster_worker intake.finished_records intake.sandbox",
    "intake.evidence.quotation_limits": "intake.document model",
    "intake.evidence.attribution_forms": "intake.document intake.evidence.claims",
    "intake.evidence.date_forms": "",
    "intake.evidence.date_mentions": (
        "intake.evidence.date_forms intake.evidence.date_patterns intake.lexicon intake.lexicon.notation"
    ),
    "intake.field_values": (
        "dates intake.evidence.date_mentions intake.evidence.date_patterns intake.lexicon intake.lexicon.notation "
        "schema"
    ),
    "intake.sent_terms": "check.name_signs intake.evidence.term_finder intake.proposals slugs",
    "intake.sender": (
        "intake.document intake.draft_file intake.field_values intake.sent_terms intake.term_questions model"
    ),
    "intake.evidence.reference_mentions": (
        "intake.document intake.evidence.claims intake.evidence.date_mentions intake.lexicon"
    ),
    "intake.evidence.header_words": "intake.evidence.date_mentions intake.evidence.reference_mentions intake.lexicon",
    "intake.evidence.organization_names": (
        "intake.evidence.header_words intake.evidence.reference_mentions intake.evidence.term_finder intake.lexicon"
    ),
    "intake.evidence.issuer_in_text": "intake.document intake.evidence.organization_names intake.lexicon",
    "intake.evidence.person_names": "intake.evidence.organization_names intake.lexicon intake.lexicon.notation",
    "intake.evidence.sentence_subjects": (
        "intake.evidence.person_names intake.evidence.quotation_shapes intake.evidence.term_finder intake.lexicon"
    ),
    "intake.evidence.uncased_names": "intake.evidence.organization_names intake.lexicon",
    "intake.formats.line_joining": "intake.evidence.date_mentions intake.formats.page_lines intake.lexicon",
    "intake.formats.plaintext": (
        "characters intake.document intake.document_size intake.evidence.language_detection intake.formats.decoding "
        "intake.formats.line_joining intake.formats.page_lines"
    ),
    "intake.formats.old_word": "intake.document intake.formats.outside intake.formats.plaintext model",
    "intake.formats.page_encoding": "intake.evidence.language_detection intake.formats.plaintext model",
    "intake.formats.run_lines": "intake.document intake.formats.plaintext",
    "intake.formats.scanned_text": (
        "intake.document intake.evidence.language_detection intake.formats.outside intake.formats.plaintext model"
    ),
    "intake.layout.header_lines": (
        "intake.document intake.evidence.date_mentions intake.evidence.organization_names "
        "intake.evidence.reference_mentions intake.layout.line_signs intake.lexicon"
    ),
    "intake.layout.lines": "intake.document intake.layout.header_lines intake.layout.line_signs intake.lexicon",
    "intake.layout.assignment": "intake.document intake.layout.lines",
    "intake.layout.organizations": (
        "intake.evidence.organization_names intake.evidence.term_finder intake.layout.header_lines intake.lexicon"
    ),
    "intake.layout.page_passes": (
        "intake.document intake.evidence.reference_mentions intake.layout.assignment intake.layout.context "
        "intake.layout.line_signs intake.layout.lines"
    ),
    "intake.layout.refusals": "intake.document intake.layout.line_signs intake.layout.lines intake.lexicon",
    "intake.layout.stated_lines": (
        "intake.evidence.date_mentions intake.evidence.header_words intake.evidence.reference_mentions "
        "intake.layout.assignment intake.layout.context intake.layout.header_lines "
        "intake.layout.line_signs intake.layout.lines "
        "intake.layout.organizations"
    ),
    "intake.evidence.document_kind": (
        "intake.document intake.evidence.header_words intake.lexicon intake.markdown_writer"
    ),
    "intake.formats.rich_text": (
        "intake.document intake.document_size intake.formats.note_marks intake.formats.plaintext "
        "intake.formats.rich_text_tokens intake.formats.run_lines intake.lexicon intake.lexicon.notation"
    ),
    "intake.formats.opendocument": (
        "intake.document intake.document_size intake.formats.note_marks intake.formats.number_attributes "
        "intake.formats.opendocument_styles intake.formats.plaintext intake.formats.run_lines "
        "intake.formats.zipped_parts"
    ),
    "intake.formats.page_text": "intake.document intake.formats.plaintext intake.raised_digits",
    "intake.formats.markdown_text": "intake.document intake.formats.page_text",
    "intake.formats.page_features": "intake.formats.page_text",
    "intake.formats.page_days": "intake.formats.page_features",
    "intake.formats.page_bars": "intake.formats.page_days",
    "intake.formats.page_walk": (
        "intake.document intake.formats.note_marks intake.formats.page_bars intake.formats.page_lists "
        "intake.formats.page_math intake.formats.page_notes intake.formats.page_tables intake.formats.page_text "
        "intake.formats.plaintext intake.formats.run_lines"
    ),
    "intake.formats.word_walk": (
        "intake.document intake.formats.plaintext intake.formats.run_lines intake.formats.word_fields "
        "intake.formats.word_math intake.formats.word_names intake.formats.word_numbering intake.formats.word_package "
        "intake.formats.word_styles intake.formats.word_tables"
    ),
    "intake.formats.page_headline": "intake.document intake.formats.page_features intake.formats.page_text",
    "intake.formats.page_pictures": "intake.formats.page_features",
    "intake.formats.struck_words": "intake.document intake.formats.run_lines",
    "intake.formats.page_container": "intake.formats.page_features",
    "intake.formats.page_ends": "intake.document intake.formats.page_text",
    "intake.formats.page_surroundings": "intake.document intake.formats.page_text",
    "intake.layout.candidates": "intake.document intake.layout.assignment intake.layout.line_signs",
    "intake.layout.page_head": (
        "intake.document intake.evidence.date_mentions intake.layout.assignment intake.layout.candidates "
        "intake.layout.context intake.layout.line_signs intake.lexicon"
    ),
    "intake.layout.text_echo": "intake.layout.assignment intake.layout.candidates intake.layout.line_signs",
    "intake.layout.other_headings": (
        "intake.layout.context intake.layout.line_signs intake.layout.organizations intake.lexicon"
    ),
    "intake.formats.page_data": "intake.formats.page_text",
    "intake.formats.pdf_heads": "intake.document intake.formats.pdf_lines intake.formats.plaintext",
    "intake.formats.pdf_tables": (
        "intake.document intake.formats.pdf_lines intake.formats.pdf_marks intake.formats.plaintext"
    ),
    "intake.evidence.known_speakers": (
        "intake.evidence.person_names intake.evidence.term_finder intake.evidence.word_places"
    ),
    "intake.evidence.speaker_phrases": (
        "intake.evidence.organization_names intake.evidence.person_names intake.evidence.word_places intake.lexicon"
    ),
    "intake.evidence.speaker_checks": (
        "intake.evidence.organization_names intake.evidence.person_names intake.evidence.speaker_phrases "
        "intake.evidence.term_finder intake.evidence.uncased_names intake.evidence.word_places intake.lexicon"
    ),
    "intake.formats.mail_floods": "intake.document intake.document_size intake.formats.mail_message",
    "intake.formats.mime_message": (
        "intake.document intake.evidence.language_detection intake.formats.mail_floods intake.formats.mail_message "
        "intake.formats.page_tags intake.formats.plaintext intake.formats.signed_message"
    ),
    "intake.formats.mapi": "intake.formats.mime_message",
    "intake.formats.outlook": (
        "intake.document intake.document_size intake.formats.mail_message intake.formats.mapi intake.formats.mime_message "
        "intake.formats.page_tags"
    ),
    "intake.formats.tnef": "intake.document intake.formats.mail_message intake.formats.mapi",
    "intake.formats.page_interruptions": "intake.formats.page_features intake.formats.page_text",
    "intake.formats.page_furniture": (
        "intake.document intake.formats.page_container intake.formats.page_data intake.formats.page_days "
        "intake.formats.page_ends intake.formats.page_features intake.formats.page_hints "
        "intake.formats.page_interruptions intake.formats.page_pictures intake.formats.page_surroundings "
        "intake.formats.page_text"
    ),
    "intake.formats.webpage": (
        "intake.document intake.document_size intake.evidence.date_mentions intake.evidence.language_detection "
        "intake.formats.page_encoding intake.formats.page_ends intake.formats.page_features "
        "intake.formats.page_furniture intake.formats.page_headline intake.formats.page_metadata "
        "intake.formats.page_surroundings intake.formats.page_text intake.formats.page_walk "
        "intake.formats.struck_words intake.lexicon model"
    ),
    "intake.formats.epub": "intake.document intake.formats.webpage intake.formats.zipped_parts",
    "intake.formats.mail_text": (
        "intake.document intake.document_size intake.evidence.language_detection intake.formats.mail_threads "
        "intake.formats.plaintext intake.formats.signed_message intake.formats.webpage intake.lexicon"
    ),
    "intake.formats.word": (
        "intake.document intake.document_size intake.formats.note_marks intake.formats.page_text "
        "intake.formats.plaintext intake.formats.struck_words intake.formats.webpage intake.formats.word_names "
        "intake.formats.word_numbering intake.formats.word_package intake.formats.word_styles "
        "intake.formats.word_walk intake.lexicon intake.lexicon.notation intake.raised_digits model"
    ),
    "intake.formats.mail": (
        "intake.document intake.evidence.date_mentions intake.formats.mail_message intake.formats.mail_text "
        "intake.formats.mail_threads intake.formats.mime_message intake.formats.nesting intake.formats.signed_message "
        "intake.formats.tnef intake.formats.webpage model"
    ),
    "intake.layout.glued_names": (
        "intake.layout.assignment intake.layout.context intake.layout.continued_lines intake.lexicon"
    ),
    "intake.layout.openings": (
        "intake.layout.candidates intake.layout.context intake.layout.line_signs intake.layout.other_headings "
        "intake.layout.page_head"
    ),
    "intake.evidence.date_moments": (
        "intake.document intake.evidence.claims intake.evidence.date_mentions intake.lexicon"
    ),
    "intake.evidence.issuer_domains": "intake.document intake.evidence.organization_names intake.lexicon",
    "intake.evidence.issuer_labels": "intake.evidence.issuer_sign intake.evidence.organization_names intake.lexicon",
    "intake.evidence.issuer_contacts": (
        "intake.document intake.evidence.issuer_domains intake.evidence.issuer_in_text intake.evidence.issuer_sign "
        "intake.evidence.organization_names intake.lexicon"
    ),
    "intake.evidence.issuer_people": "intake.document intake.evidence.organization_names intake.lexicon",
    "intake.evidence.issuer_short_names": "intake.document intake.evidence.issuer_in_text intake.lexicon",
    "intake.evidence.issuer_signs": (
        "intake.document intake.evidence.date_mentions intake.evidence.header_words intake.evidence.issuer_contacts "
        "intake.evidence.issuer_domains intake.evidence.issuer_in_text intake.evidence.issuer_labels "
        "intake.evidence.issuer_people intake.evidence.issuer_short_names intake.evidence.issuer_sign "
        "intake.evidence.organization_names "
        "intake.evidence.reference_mentions intake.lexicon"
    ),
    "intake.evidence.issuer_site": (
        "intake.document intake.evidence.issuer_domains intake.evidence.issuer_sign intake.evidence.issuer_signs "
        "intake.evidence.organization_names intake.evidence.term_finder intake.lexicon"
    ),
    "intake.layout.noted_headline": (
        "intake.document intake.layout.assignment intake.layout.candidates intake.layout.line_signs"
    ),
    "intake.layout.repeated_headline": (
        "intake.document intake.layout.assignment intake.layout.candidates intake.layout.context"
    ),
    "intake.formats.pdf_beside": "intake.formats.pdf_lines intake.formats.pdf_marks intake.formats.pdf_tables",
    "intake.formats.pdf_blocks": (
        "intake.document intake.formats.pdf_beside intake.formats.pdf_lines intake.formats.pdf_marks "
        "intake.formats.pdf_tables intake.formats.plaintext intake.formats.right_to_left intake.lexicon "
        "intake.lexicon.notation"
    ),
    "intake.layout.subtitle_checks": (
        "intake.document intake.layout.header_lines intake.layout.line_signs intake.layout.text_echo intake.lexicon"
    ),
    "intake.drafting": (
        "families intake.catalogue intake.document intake.draft_file intake.evidence.date_mentions "
        "intake.finished_records intake.record_codec intake.sender intake.source_files intake.workers model read "
        "whole_file"
    ),
    "intake": "intake.drafting",
    "intake.warm_up": (
        "intake intake.evidence.calendar_words intake.evidence.language_detection intake.formats.decoding "
        "intake.formats.outside intake.formats.scanned_text intake.lexicon languages"
    ),
    "intake.evidence.direct_speech": "intake.evidence.attribution_forms intake.evidence.quotation_marks",
    "intake.evidence.pronoun_meaning": (
        "intake.evidence.attribution_forms intake.evidence.known_speakers intake.evidence.organization_names "
        "intake.evidence.person_names intake.evidence.sentence_subjects intake.evidence.speaker_checks intake.lexicon"
    ),
    "intake.evidence.quotation_questions": (
        "intake.document intake.evidence.attribution_forms intake.evidence.claims intake.evidence.quotation_marks model"
    ),
    "intake.evidence.date_labels": "intake.lexicon",
    "intake.evidence.dateline": (
        "intake.evidence.date_labels intake.evidence.date_mentions intake.evidence.term_finder intake.lexicon"
    ),
    "intake.layout.place_and_date": (
        "intake.evidence.date_labels intake.evidence.date_mentions intake.evidence.dateline intake.evidence.term_finder "
        "intake.layout.header_lines intake.lexicon"
    ),
    "intake.layout.foot_extent": "intake.layout.assignment intake.layout.lines",
    "intake.layout.foot_lines": (
        "intake.evidence.term_finder intake.layout.context intake.layout.lines intake.lexicon"
    ),
    "intake.layout.contact_zones": (
        "intake.layout.foot_lines intake.layout.line_signs intake.layout.lines intake.lexicon"
    ),
    "intake.layout.about_parts": (
        "intake.evidence.organization_names intake.evidence.term_finder intake.layout.context "
        "intake.layout.line_signs intake.layout.lines"
    ),
    "intake.layout.record_labels": (
        "intake.layout.assignment intake.layout.context intake.layout.line_signs intake.layout.lines "
        "intake.layout.stated_lines"
    ),
    "intake.layout.foot_passes": (
        "intake.evidence.date_mentions intake.evidence.term_finder intake.layout.about_parts "
        "intake.layout.assignment intake.layout.contact_zones intake.layout.context intake.layout.foot_extent "
        "intake.layout.foot_lines intake.layout.header_lines intake.layout.line_signs intake.layout.lines "
        "intake.layout.organizations intake.layout.place_and_date intake.lexicon"
    ),
    "intake.layout.headline_checks": (
        "intake.evidence.date_mentions intake.evidence.reference_mentions intake.layout.context "
        "intake.layout.header_lines intake.layout.line_signs intake.layout.organizations intake.layout.other_headings "
        "intake.layout.place_and_date"
    ),
    "intake.layout.headline_signs": (
        "intake.layout.assignment intake.layout.candidates intake.layout.context intake.layout.headline_checks "
        "intake.layout.line_signs intake.layout.organizations intake.layout.text_echo"
    ),
    "intake.layout.headline_neighbours": (
        "intake.layout.candidates intake.layout.continued_lines intake.layout.headline_checks "
        "intake.layout.headline_signs intake.layout.line_signs intake.layout.organizations"
    ),
    "intake.layout.title_forms": "intake.layout.headline_signs",
    "intake.layout.page_title": (
        "intake.document intake.layout.candidates intake.layout.headline_signs intake.layout.line_signs "
        "intake.layout.text_echo intake.layout.title_forms"
    ),
    "intake.layout.own_title_evidence": (
        "intake.layout.candidates intake.layout.headline_signs intake.layout.line_signs intake.layout.page_title"
    ),
    "intake.layout.heading_evidence": (
        "intake.evidence.organization_names intake.layout.assignment intake.layout.candidates "
        "intake.layout.headline_checks intake.layout.headline_signs intake.layout.line_signs intake.layout.lines "
        "intake.layout.own_title_evidence intake.layout.title_forms"
    ),
    "intake.layout.headline_surroundings": (
        "intake.layout.candidates intake.layout.headline_checks intake.layout.headline_signs intake.layout.line_signs "
        "intake.layout.title_forms"
    ),
    "intake.evidence.date_roles": (
        "intake.document intake.evidence.claims intake.evidence.date_labels intake.evidence.date_mentions "
        "intake.evidence.header_words intake.lexicon"
    ),
    "intake.evidence.listed_posts": "intake.document intake.evidence.date_mentions intake.evidence.date_roles",
    "intake.layout.headline_evidence": (
        "intake.evidence.listed_posts intake.layout.assignment intake.layout.candidates intake.layout.continued_lines "
        "intake.layout.header_lines intake.layout.heading_evidence intake.layout.headline_checks "
        "intake.layout.headline_neighbours intake.layout.headline_signs intake.layout.headline_surroundings "
        "intake.layout.line_signs intake.layout.organizations intake.layout.other_headings "
        "intake.layout.own_title_evidence intake.layout.page_title"
    ),
    "intake.evidence.lines_above": (
        "intake.document intake.evidence.date_mentions intake.evidence.date_roles intake.evidence.header_words "
        "intake.lexicon"
    ),
    "intake.evidence.date_events": (
        "intake.document intake.evidence.date_mentions intake.evidence.date_roles intake.evidence.issuer_labels "
        "intake.lexicon"
    ),
    "intake.evidence.announced_days": (
        "intake.document intake.evidence.date_events intake.evidence.date_mentions intake.lexicon"
    ),
    "intake.evidence.named_days": "intake.document intake.evidence.date_mentions",
    "intake.evidence.date_metadata": (
        "intake.document intake.evidence.announced_days intake.evidence.claims intake.evidence.date_forms "
        "intake.evidence.date_mentions intake.evidence.date_moments intake.evidence.date_roles intake.lexicon"
    ),
    "intake.evidence.issuer_candidates": (
        "intake.document intake.evidence.header_words intake.evidence.issuer_labels intake.evidence.issuer_sign "
        "intake.evidence.issuer_signs intake.evidence.organization_names intake.evidence.term_finder intake.lexicon"
    ),
    "intake.evidence.issuer_rivals": (
        "intake.document intake.evidence.issuer_candidates intake.evidence.issuer_in_text intake.evidence.issuer_labels "
        "intake.evidence.organization_names intake.lexicon"
    ),
    "intake.evidence.date_headlines": (
        "intake.document intake.evidence.date_mentions intake.evidence.date_roles intake.lexicon"
    ),
    "intake.evidence.date_places": (
        "intake.document intake.evidence.date_events intake.evidence.date_forms intake.evidence.date_headlines "
        "intake.evidence.date_mentions intake.evidence.date_roles intake.evidence.header_words "
        "intake.evidence.lines_above intake.lexicon"
    ),
    "intake.evidence.date_heads": (
        "intake.document intake.evidence.date_events intake.evidence.date_forms intake.evidence.date_headlines "
        "intake.evidence.date_mentions intake.evidence.date_places intake.evidence.date_roles "
        "intake.evidence.dateline intake.evidence.header_words intake.evidence.lines_above intake.lexicon"
    ),
    "intake.evidence.date_signs": (
        "intake.document intake.evidence.announced_days intake.evidence.date_events intake.evidence.date_mentions "
        "intake.evidence.date_roles intake.evidence.issuer_labels intake.evidence.reference_mentions intake.lexicon"
    ),
    "intake.evidence.date_gate": (
        "intake.document intake.evidence.claims intake.evidence.date_forms intake.evidence.date_signs intake.lexicon"
    ),
    "intake.evidence.publication_date": (
        "intake.document intake.evidence.claims intake.evidence.date_gate intake.evidence.date_headlines "
        "intake.evidence.date_heads intake.evidence.date_mentions intake.evidence.date_metadata "
        "intake.evidence.date_moments intake.evidence.date_places intake.evidence.date_roles "
        "intake.evidence.listed_posts intake.lexicon model"
    ),
    "intake.evidence.seen_text": "intake.document intake.evidence.quotation_marks",
    "intake.evidence.name_cases": "intake.lexicon",
    "intake.evidence.speaker_labels": (
        "intake.evidence.known_speakers intake.evidence.name_cases intake.evidence.person_names "
        "intake.evidence.sentence_subjects intake.evidence.term_finder intake.lexicon"
    ),
    "intake.evidence.speaker_words": (
        "intake.evidence.known_speakers intake.evidence.organization_names intake.evidence.person_names "
        "intake.evidence.sentence_subjects intake.evidence.speaker_checks intake.evidence.speaker_labels "
        "intake.evidence.term_finder intake.evidence.uncased_names intake.lexicon"
    ),
    "intake.formats.markdown_lists": "",
    "intake.formats.foreign_markdown": (
        "intake.document intake.document_size intake.formats.foreign_front_matter intake.formats.markdown_lists "
        "intake.formats.markdown_text intake.formats.page_text intake.formats.webpage intake.lexicon model"
    ),
    "intake.formats.mixed_letters": "",
    "intake.formats.pdf": (
        "intake.document intake.formats.mixed_letters intake.formats.note_marks intake.formats.pdf_annotations "
        "intake.formats.pdf_blocks intake.formats.pdf_drawings intake.formats.pdf_glyphs intake.formats.pdf_heads "
        "intake.formats.pdf_lines intake.formats.pdf_looks intake.formats.plaintext intake.formats.scanned_text model"
    ),
    "intake.formats.sniff": (
        "intake.document intake.document_size intake.formats.containers intake.formats.decoding intake.formats.digest "
        "intake.formats.epub intake.formats.foreign_markdown intake.formats.mail intake.formats.mbox "
        "intake.formats.mime_message intake.formats.nesting intake.formats.old_word intake.formats.opendocument "
        "intake.formats.outlook intake.formats.pdf intake.formats.plaintext intake.formats.reading_faults "
        "intake.formats.rich_text intake.formats.scanned_text intake.formats.table_rows intake.formats.tnef "
        "intake.formats.web_archive intake.formats.webpage intake.formats.word model"
    ),
    "intake.layout.contents_page": "intake.layout.assignment intake.layout.context",
    "intake.layout.sole_heading": (
        "intake.layout.assignment intake.layout.candidates intake.layout.context intake.layout.header_lines "
        "intake.layout.headline_checks intake.layout.headline_signs intake.layout.line_signs intake.layout.text_echo"
    ),
    "intake.layout.subtitles": (
        "intake.document intake.evidence.date_mentions intake.layout.assignment intake.layout.candidates "
        "intake.layout.context intake.layout.header_lines intake.layout.headline_checks intake.layout.headline_signs "
        "intake.layout.line_signs intake.layout.organizations intake.layout.page_head intake.layout.place_and_date "
        "intake.layout.subtitle_checks intake.layout.text_echo"
    ),
    "intake.layout.headline": (
        "intake.evidence.term_finder intake.layout.assignment intake.layout.candidates intake.layout.contents_page "
        "intake.layout.context intake.layout.continued_lines intake.layout.header_lines intake.layout.headline_checks "
        "intake.layout.headline_evidence intake.layout.headline_signs intake.layout.line_signs "
        "intake.layout.noted_headline intake.layout.openings intake.layout.organizations intake.layout.page_head "
        "intake.layout.page_title intake.layout.repeated_headline intake.layout.sole_heading intake.layout.subtitles "
        "intake.layout.title_forms"
    ),
    "intake.layout.first_sentence": (
        "intake.layout.context intake.layout.continued_lines intake.layout.line_signs intake.layout.lines "
        "intake.layout.organizations intake.lexicon"
    ),
    "intake.layout.head_passes": (
        "intake.evidence.date_mentions intake.evidence.term_finder intake.layout.assignment intake.layout.candidates "
        "intake.layout.context intake.layout.continued_lines intake.layout.first_sentence intake.layout.header_lines "
        "intake.layout.headline "
        "intake.layout.line_signs intake.layout.lines intake.layout.organizations intake.layout.other_headings "
        "intake.layout.stated_lines"
    ),
    "intake.layout.unbroken_text": (
        "intake.layout.assignment intake.layout.context intake.layout.headline intake.layout.line_signs "
        "intake.layout.lines intake.layout.other_headings intake.layout.stated_lines intake.layout.subtitles"
    ),
    "intake.layout.text_interruptions": (
        "intake.layout.assignment intake.layout.context intake.layout.line_signs intake.layout.lines"
    ),
    "intake.layout.passes": (
        "intake.layout.assignment intake.layout.context intake.layout.foot_passes intake.layout.glued_names "
        "intake.layout.head_passes intake.layout.headline intake.layout.page_passes intake.layout.record_labels "
        "intake.layout.repeated_headline intake.layout.stated_lines intake.layout.text_interruptions intake.layout.unbroken_text"
    ),
    "intake.layout.structure": (
        "intake.document intake.evidence.term_finder intake.layout.assignment intake.layout.context "
        "intake.layout.glued_names intake.layout.headline intake.layout.headline_signs intake.layout.lines "
        "intake.layout.page_title intake.layout.passes intake.layout.place_and_date intake.layout.refusals "
        "intake.layout.repeated_headline intake.layout.title_forms intake.layout.torn_headings intake.lexicon"
    ),
    "intake.evidence.other_subjects": "intake.evidence.person_names intake.evidence.sentence_subjects intake.lexicon",
    "intake.evidence.attribution_gate": (
        "intake.evidence.name_cases intake.evidence.organization_names intake.evidence.other_subjects "
        "intake.evidence.person_names intake.evidence.sentence_subjects intake.evidence.term_finder intake.lexicon"
    ),
    "intake.evidence.issuer_gate": ("intake.evidence.organization_names intake.evidence.term_finder intake.lexicon"),
    "intake.evidence.publisher": (
        "intake.document intake.evidence.claims intake.evidence.header_words intake.evidence.issuer_candidates "
        "intake.evidence.issuer_gate "
        "intake.evidence.issuer_in_text intake.evidence.issuer_labels intake.evidence.issuer_people intake.evidence.issuer_rivals "
        "intake.evidence.issuer_sign intake.evidence.issuer_signs intake.evidence.issuer_site intake.evidence.name_cases "
        "intake.evidence.organization_names intake.evidence.term_finder intake.lexicon"
    ),
    "intake.evidence.speakers": (
        "intake.evidence.attribution_forms intake.evidence.attribution_gate intake.evidence.known_speakers "
        "intake.evidence.organization_names intake.evidence.person_names intake.evidence.pronoun_meaning "
        "intake.evidence.quotation_shapes intake.evidence.sentence_subjects intake.evidence.speaker_checks "
        "intake.evidence.speaker_words intake.evidence.term_finder intake.evidence.uncased_names intake.lexicon"
    ),
    "intake.evidence.speech_continuations": (
        "intake.evidence.attribution_forms intake.evidence.person_names intake.evidence.quotation_marks "
        "intake.evidence.quotation_shapes intake.evidence.speakers intake.lexicon"
    ),
    "intake.evidence.quotation_mentions": (
        "intake.document intake.evidence.attribution_forms intake.evidence.claims intake.evidence.direct_speech "
        "intake.evidence.quotation_marks intake.evidence.quotation_questions intake.evidence.quotation_shapes "
        "intake.evidence.seen_text intake.evidence.speakers intake.evidence.speech_continuations "
        "intake.evidence.term_finder intake.lexicon model"
    ),
    "intake.evidence.speaker_signs": (
        "intake.evidence.organization_names intake.evidence.person_names intake.evidence.speaker_phrases "
        "intake.evidence.term_finder intake.evidence.word_places intake.lexicon"
    ),
    "intake.evidence.subject_signs": ("intake.evidence.organization_names intake.evidence.person_names intake.lexicon"),
    "intake.evidence.asserted_speech": (
        "intake.document intake.evidence.claims intake.evidence.quotation_mentions intake.evidence.speaker_signs "
        "intake.evidence.subject_signs intake.evidence.term_finder intake.lexicon model"
    ),
    "intake.evidence.figure_reporters": "intake.evidence.term_finder intake.lexicon model",
    "intake.evidence.figure_mentions": (
        "amounts intake.document intake.evidence.claims intake.evidence.figure_reporters "
        "intake.evidence.sentence_subjects intake.evidence.term_finder intake.lexicon languages model"
    ),
    "intake.row_record": (
        "dates intake.document intake.draft_file intake.evidence.date_mentions intake.evidence.language_detection "
        "intake.evidence.term_finder intake.field_values intake.formats.sheet intake.lexicon intake.sound_markdown "
        "intake.term_questions model plural schema tabular"
    ),
    "intake.record": (
        "intake.accounting intake.document intake.document_size intake.draft_file intake.evidence.asserted_speech "
        "intake.evidence.document_kind "
        "intake.evidence.figure_mentions intake.evidence.language_claim intake.evidence.language_detection "
        "intake.evidence.named_days intake.evidence.publication_date intake.evidence.publisher "
        "intake.evidence.quotation_limits "
        "intake.evidence.reference_mentions intake.evidence.term_finder intake.footnotes "
        "intake.formats.reading_faults intake.formats.sniff intake.layout.assignment intake.layout.headline "
        "intake.layout.headline_signs intake.layout.structure intake.markdown_writer intake.record_codec "
        "intake.row_record intake.sound_markdown intake.term_questions model"
    ),
    "intake.sandboxed": (
        "intake.confinement intake.document intake.evidence.term_finder intake.formats.outside "
        "intake.formats.reading_faults intake.frames intake.reading_time intake.record intake.record_codec "
        "intake.stem intake.warm_up model processor_time"
    ),
    "intake.sheet_reading": (
        "intake.confinement intake.formats.sheet intake.formats.spreadsheet intake.frames intake.reading_time "
        "intake.sandboxed intake.warm_up processor_time"
    ),
    "intake.preview_drawing": "intake.confinement intake.frames intake.reading_time intake.sandboxed processor_time",
    "intake.previews": "intake.preview_drawing intake.sandbox model",
    "disclosure": "",
    "exports.zim_icon": "",
    "exports.tables": "dates routes schema",
    "exports.published_site": "model publish publish.integrity publish.packing routes tabular",
    "exports.bag": "exports.published_site publish.bag",
    "exports.crate": "exports.published_site publish routes",
    "exports.sqlite_file": "exports.published_site exports.tables plural routes",
    "exports.zim_file": "exports.published_site exports.zim_icon languages routes",
    "exports.zipped_site": "exports.published_site",
    "exports": (
        "exports.bag exports.crate exports.published_site exports.sqlite_file exports.zim_file exports.zipped_site"
    ),
    "theme": (
        "disclosure.finding image_size look model read templates theme.contrast theme.drawing theme.settings "
        "theme.stylesheet theme.tokens"
    ),
    "render.template_check": "model nearest templates views views.contract",
}
# The commands and build.py put the rooms together; no room knows them.
ABOVE = {"__main__", "commands"}

# What is used in these rooms and nowhere else; intake reads foreign documents, whatever they are made of.
EVERYBODYS = ("msgspec.Struct", "msgspec.field", "msgspec.structs.")
"""Parts of a library that every room may use: the form of frozen values, which Python makes in a twentieth of a dataclass's time."""

ONLY: dict[str, set[str]] = {
    "jinja2": {"render"},
    "markdown": {"markup", "intake"},
    "nh3": {"markup", "intake"},
    "frontmatter": {"read"},
    "yaml": {"read", "intake"},
    "tomllib": {"read", "editions", "intake", "rule_changes", "commands"},
    "cbor2": {"search"},
    "pagefind_bin": {"search"},
    "rapidfuzz": {"compare", "nearest", "intake"},
    "edtf": {"dates"},
    "sqlite3": {"store", "exports", "intake"},
    "msgspec": {
        "attachments",
        "charts",
        "cite",
        "commands",
        "compare",
        "corrected",
        "dataset",
        "digests",
        "exports",
        "disclosure",
        "intake",
        "json_text",
        "ledger",
        "load",
        "front_map",
        "maps",
        "model",
        "published_files",
        "search",
        "store",
        "views",
    },
    "lxml": {"intake"},
    "openpyxl": {"intake"},
    "PIL": {"intake"},
    "pypdfium2": {"intake"},
    "charset_normalizer": {"intake"},
    "ftfy": {"intake"},
    "py3langid": {"intake"},
    "concurrent": {"pool", "search", "intake"},
    "multiprocessing": {"guarded", "pool", "intake"},
    "argparse": {"command", "commands"},
    "watchfiles": {"commands"},
    "pypdf": {"disclosure"},
    "zipfile": {"commands", "disclosure", "intake", "packed", "publish"},
    "rfc3161_client": {"commands"},
    "cryptography": {"commands"},
}
DISK_MODULES = {"pathlib", "os", "shutil", "tempfile", "subprocess", "io", "fcntl"}
# Who reads the content, the templates, what is kept between runs and the program itself; who writes; and who begins processes.
DISK = {"theme",
    "attachments", "dataset", "read", "templates", "render", "store", "ledger", "version", "publish", "search", "intake", "pool",
    "durability", "whole_file",
    "guarded", "command", "commands", "__main__", "program_files", "rule_changes",
    "exports",
    "packed",  # which makes zip files in memory (`io`)
    "disclosure",  # which reads zip files and PDF from memory (`io`), in processes that can open nothing
}  # fmt: skip
# Closes the network to the processes that read other people's documents.
CLOSES_NETWORK = ROOMS / "intake" / "confinement.py"
# Has a pair of sockets of its own with the process that it begins (socketpair(2)), which nothing else can reach.
PASSES_PIPES = ROOMS / "intake" / "stem.py"
NETWORK = {"socket", "http", "urllib.request", "ftplib", "smtplib", "requests", "httpx", "aiohttp", "urllib3"}


def room(path: Path) -> str:
    return path.relative_to(ROOMS).parts[0].removesuffix(".py")


def files() -> list[Path]:
    return sorted(path for path in ROOMS.rglob("*.py") if path != ROOMS / "__init__.py")


@cache
def nodes_of(path: Path) -> tuple[ast.AST, ...]:
    """What a file is made of, in no order that means anything."""
    return tuple(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


def _seen_by_the_type_checker_only(nodes: Iterable[ast.AST]) -> set[ast.AST]:
    blocks = [node for node in nodes if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"]
    return {node for block in blocks for inner in block.body for node in ast.walk(inner)}


@cache
def imported(path: Path) -> tuple[tuple[int, str], ...]:
    """(line, dotted module) of every import, those inside functions too."""
    return tuple(_imported(path))


def _imported(path: Path) -> Iterator[tuple[int, str]]:
    left_out = _seen_by_the_type_checker_only(nodes_of(path))
    for node in nodes_of(path):
        if node in left_out:
            continue
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno} imports relatively; write the whole name"
            for alias in node.names:
                yield node.lineno, f"{node.module}.{alias.name}"


def module(path: Path) -> str:
    """The dotted name of a file below `onrecord/`."""
    name = ".".join(path.relative_to(ROOMS).with_suffix("").parts)
    return name.removesuffix(".__init__")


MODULES = {module(path): path for path in files()}


def cells_of(path: Path) -> set[str]:
    """The cells that a file imports from, its own left out."""
    cells = set()
    for _, name in imported(path):
        parts = name.split(".")
        if parts[0] == "onrecord" and not parts[1].startswith("_"):
            cells.add(next(at for end in range(len(parts), 1, -1) if (at := ".".join(parts[1:end])) in MODULES))
    return cells - {module(path)}


def imports_of(name: str) -> set[str]:
    """The cells that a cell imports from."""
    return cells_of(MODULES[name])


def test_every_cell_is_in_the_table_and_no_other() -> None:
    assert {name for name in MODULES if room(MODULES[name]) not in ABOVE} == TABLE.keys()


def test_each_cell_imports_what_the_table_says() -> None:
    """Told of each that does not: what it imports besides, and what it does not import."""
    wrong = {}
    for name, needs in TABLE.items():
        found, said = imports_of(name), set(needs.split())
        if found != said:
            wrong[name] = {"imports": sorted(found - said), "does not import": sorted(said - found)}
    assert wrong == {}


def test_no_files_import_each_other_in_a_circle() -> None:
    """The table is in an order in which every cell stands behind those it imports."""
    before: set[str] = set()
    for name, needs in TABLE.items():
        assert set(needs.split()) <= before, f"{name} is before what it imports"
        before.add(name)


@pytest.mark.parametrize("room_name", ["intake", "search"])
def test_no_module_of_a_room_has_the_name_of_another(room_name: str) -> None:
    """A traceback, and a search in the editor, name files: `references.py` must not be three things."""
    names = [name.rpartition(".")[2] for name in MODULES if name not in ABOVE]
    own = {name.rpartition(".")[2] for name in MODULES if name.startswith(f"{room_name}.")}
    assert {name for name in own if names.count(name) > 1} == set()


def test_makers_ask_and_see_nothing_else() -> None:
    """What makes a file gets a Reader; only the assets are read from the templates' folder."""
    forbidden = {"read", "load", "store", "arrange", "ledger", "publish", "site", "make", "pool", "moments", "version"}
    for name in TABLE:
        if name.split(".")[0] in ("makers", "views"):
            assert not set(TABLE[name].split()) & forbidden, name


def test_a_library_has_one_user() -> None:
    users: dict[str, set[str]] = {library: set() for library in ONLY}
    for path in files():
        for _, name in imported(path):
            library = name.split(".")[0]
            if library in users and not name.startswith(EVERYBODYS):
                users[library].add(room(path))
    assert {library: found - ONLY[library] for library, found in users.items() if found - ONLY[library]} == {}


def test_what_only_import_installs_is_used_in_intake_alone() -> None:
    """An archive is built where requirements-import.txt was never installed."""
    lines = (ROOT / "requirements-import.in").read_text(encoding="utf-8").splitlines()
    named_otherwise = {"markdown_it_py": "markdown_it", "pillow": "PIL", "python_oxmsg": "oxmsg"}
    names = {line.replace("-", "_") for line in lines if line and line[0] not in "#-"}
    libraries = {named_otherwise.get(name, name) for name in names}
    users: dict[str, set[str]] = {library: set() for library in libraries}
    for path in files():
        for _, name in imported(path):
            if name.split(".")[0] in libraries:
                users[name.split(".")[0]].add(room(path))
    assert users == {library: {"intake"} for library in libraries}


def test_only_some_rooms_touch_the_disk() -> None:
    offences = []
    for path in files():
        if room(path) in DISK:
            continue
        offences += [f"{path}:{line} {name}" for line, name in imported(path) if name.split(".")[0] in DISK_MODULES]
        for node in nodes_of(path):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "open":
                offences.append(f"{path}:{node.lineno} open()")
    assert offences == []


def test_nothing_can_reach_the_network() -> None:
    offences = [
        f"{path}:{line} {name}"
        for path in files()
        for line, name in imported(path)
        if room(path) != "commands"
        and path not in (CLOSES_NETWORK, PASSES_PIPES)
        and (name.split(".")[0] in NETWORK or any(name.startswith(f"{far}.") for far in NETWORK))
    ]
    assert offences == []


def test_the_sockets_of_the_process_that_begins_readers_lead_nowhere_else() -> None:
    tree = ast.parse(PASSES_PIPES.read_text(encoding="utf-8"))
    used = {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "socket"
    }
    assert used == {"socketpair", "AF_UNIX", "SOCK_SEQPACKET", "socket", "send_fds", "recv_fds"}
    opened = [
        node for node in ast.walk(tree) if isinstance(node, ast.Call) and ast.unparse(node.func) == "socket.socket"
    ]
    assert [ast.unparse(node) for node in opened] == ["socket.socket(fileno=descriptor)"]


def test_the_clock_is_passed_in() -> None:
    """Only a command looks at the clock, once, for the rule that a date may not lie in the future; the rest is stop-watches."""
    clocks = {"now", "today", "utcnow", "time_ns", "localtime", "gmtime", "ctime"}
    users = []
    for path in files():
        for node in nodes_of(path):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in clocks:
                users.append(str(path.relative_to(ROOMS)))
            if isinstance(node, ast.Attribute) and node.attr == "time" and ast.unparse(node) == "time.time":
                users.append(str(path.relative_to(ROOMS)))
    assert set(users) <= {"commands/loading.py", "commands/serve.py"}
