"""Judges whose libraries only the environment of `audit_data.py` has: it runs this file with its Python, gives the paths of files, a line
each, on stdin, and reads a list of findings as JSON. Some begin with a line about what was looked at."""

from __future__ import annotations

import collections
import importlib
import importlib.resources
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

SKOS = "http://www.w3.org/2004/02/skos/core#"


def crate(paths: Sequence[Path]) -> list[str]:
    """What RO-Crate 1.2 requires and this crate does not do. Nothing is fetched: the context is that which `rocrate` brings."""
    context = importlib.resources.files("rocrate").joinpath("data", "ro-crate.jsonld").read_bytes()
    requests: Any = importlib.import_module("requests")

    def request(_session: object, method: str, url: str, **_: object) -> Any:
        answer = requests.Response()
        answer.url, answer.status_code = url, 404
        if url.startswith("https://w3id.org/ro/crate/") and url.endswith("/context"):
            answer.status_code, answer._content = 200, context
            answer.headers["Content-Type"] = "application/ld+json"
        answer.request = requests.Request(method, url).prepare()
        return answer

    requests.Session.request = request
    models: Any = importlib.import_module("rocrate_validator.models")
    services: Any = importlib.import_module("rocrate_validator.services")
    settings = services.ValidationSettings(
        rocrate_uri=str(paths[0]),
        profile_identifier="ro-crate-1.2",
        requirement_severity=models.Severity.REQUIRED,
    )
    return [f"{issue.check.identifier}: {issue.message}" for issue in services.validate(settings).get_issues()]


def skos(paths: Sequence[Path]) -> list[str]:
    """Concepts have a label, one in each language (SKOS section 5.4, S14), and none lies in itself (S27)."""
    rdflib: Any = importlib.import_module("rdflib")
    graph = rdflib.Graph()
    try:
        graph.parse(paths[0], format="turtle")
    except Exception as error:
        return ["nothing", f"{paths[0].name}: {error}"]
    skos = rdflib.Namespace(SKOS)
    concepts = sorted(set(graph.subjects(rdflib.RDF.type, skos.Concept)))
    found = []
    for concept in concepts:
        labels = collections.Counter(label.language for label in graph.objects(concept, skos.prefLabel))
        if not labels:
            found.append(f"{concept} has no skos:prefLabel")
        found += [f"{concept} has {count} labels in {language}" for language, count in labels.items() if count > 1]
        if concept in set(graph.transitive_objects(concept, skos.broader)) - {concept}:
            found.append(f"{concept} lies in itself")
        for other in graph.objects(concept, skos.broader):
            if (other, rdflib.RDF.type, skos.Concept) not in graph:
                found.append(f"{concept} lies in {other}, which is no concept of this file")
    for scheme in set(graph.objects(None, skos.inScheme)):
        if (scheme, rdflib.RDF.type, skos.ConceptScheme) not in graph:
            found.append(f"{scheme} is no skos:ConceptScheme")
    if not concepts:
        found.append("no skos:Concept")
    return [f"{len(graph):,} statements, {len(concepts):,} concepts", *found]


def bibtex(paths: Sequence[Path]) -> list[str]:
    """Every file is read without a complaint, and no key stands twice in a file."""
    database: Any = importlib.import_module("pybtex.database")
    errors: Any = importlib.import_module("pybtex.errors")
    errors.set_strict_mode(True)
    found, count = [], 0
    for path in paths:
        try:
            count += len(database.parse_string(path.read_text("utf-8"), "bibtex").entries)
        except Exception as error:
            found.append(f"{path.name}: {error}")
    return [f"{count:,} entries", *found]


def ris(paths: Sequence[Path]) -> list[str]:
    """Every file is read, each entry has a type and a title, and no tag is unknown."""
    rispy: Any = importlib.import_module("rispy")
    found, count = [], 0
    for path in paths:
        try:
            entries = rispy.loads(path.read_text("utf-8-sig"))
        except Exception as error:
            found.append(f"{path.name}: {error}")
            continue
        count += len(entries)
        for entry in entries:
            if not entry.get("type_of_reference") or not (entry.get("title") or entry.get("primary_title")):
                found.append(f"{path.name}: an entry without type or title")
            if entry.get("unknown_tag"):
                found.append(f"{path.name}: unknown tags {dict(entry['unknown_tag'])}")
    return [f"{count:,} entries", *found]


def csl(paths: Sequence[Path]) -> list[str]:
    """Every file is a list, each item has an id and a type, and no id stands twice in a file."""
    found, count = [], 0
    for path in paths:
        try:
            items = json.loads(path.read_bytes())
            identifiers = [item["id"] for item in items if item["type"]]
        except (ValueError, KeyError, TypeError) as error:
            found.append(f"{path.name}: {error!r}")
            continue
        count += len(items)
        found += [f"{path.name}: {key} twice" for key, n in collections.Counter(identifiers).items() if n > 1]
    return [f"{count:,} items", *found]


JUDGES: dict[str, Callable[[Sequence[Path]], list[str]]] = {
    "crate": crate,
    "skos": skos,
    "bibtex": bibtex,
    "ris": ris,
    "csl": csl,
}

if __name__ == "__main__":
    given = [Path(line) for line in sys.stdin.read().splitlines()]
    print(json.dumps(JUDGES[sys.argv[1]](given)))
