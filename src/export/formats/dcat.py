"""DCAT-AP-SE 3 metadata for a data portal. The only module that uses rdflib."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any, Final

from styrmatt.export.formats.publisher import PublishingConfig
from styrmatt.export.schema.columns import columns, purpose
from styrmatt.export.schema.describe import explain
from styrmatt.export.store.scan import ExtractReader
from styrmatt.records import SCHEMA_VERSION

_AUTHORITY: Final = "http://publications.europa.eu/resource/authority"
_CATALOG_LICENSE: Final = "http://creativecommons.org/publicdomain/zero/1.0/"
"""DCAT-AP-SE demands CC0 for the catalogue itself; the publisher licenses the data."""
_MEDIA_TYPES: Final = {"parquet": "application/vnd.apache.parquet", "csv": "text/csv"}
_LANGUAGES: Final = {"sv": "SWE", "en": "ENG"}


def write_dcat(
    extract: ExtractReader, path: Path, config: PublishingConfig, *, json_ld: bool
) -> int:
    """Write the metadata as Turtle or JSON-LD; returns the number of datasets."""
    graph = _Graph(config)
    names = extract.datasets()
    graph.add_catalog(names)
    documents = extract.documents()
    for name in names:
        graph.add_dataset(name, documents)
    path.write_text(graph.text(json_ld=json_ld), encoding="utf-8", newline="\n")
    return len(names)


class _Graph:
    """Builds the RDF graph.

    Every node has an address: blank nodes would be numbered differently in each run.
    """

    def __init__(self, config: PublishingConfig) -> None:
        from rdflib import Graph, Namespace
        from rdflib.namespace import DCTERMS, FOAF, RDF

        self.graph = Graph()
        self.config = config
        self.dcat = Namespace("http://www.w3.org/ns/dcat#")
        self.terms, self.foaf, self.type = DCTERMS, FOAF, RDF.type
        self.vcard = Namespace("http://www.w3.org/2006/vcard/ns#")
        self.ap = Namespace("http://data.europa.eu/r5r/")
        spaces = {"dcat": self.dcat, "vcard": self.vcard, "dcatap": self.ap}
        for prefix, space in (*spaces.items(), ("dcterms", DCTERMS), ("foaf", FOAF)):
            self.graph.bind(prefix, space)

    def add_catalog(self, names: Iterable[str]) -> None:
        """Add the catalogue, its publisher and the contact."""
        catalog, config = self.config.catalog, self.config
        node = self._link(catalog.uri)
        self._add(node, self.type, self.dcat.Catalog)
        self._add(node, self.terms.title, self._in_catalog_language(catalog.title))
        self._add(node, self.terms.description, self._in_catalog_language(catalog.description))
        self._add(node, self.terms.publisher, self._link(config.publisher.uri))
        self._add(node, self.terms.license, self._link(_CATALOG_LICENSE))
        self._add_language(node)
        themes = self._link(f"{_AUTHORITY}/data-theme")
        self._add(node, self.dcat.themeTaxonomy, themes)
        if catalog.homepage:
            self._add(node, self.foaf.homepage, self._link(catalog.homepage))
        for name in names:
            self._add(node, self.dcat.dataset, self._dataset(name))
        publisher = self._link(config.publisher.uri)
        self._add(publisher, self.type, self.foaf.Agent)
        self._add(publisher, self.foaf.name, self._text(config.publisher.name))
        if config.publisher.type:
            self._add(publisher, self.terms.type, self._link(config.publisher.type))
        contact = self._contact()
        self._add(contact, self.type, self.vcard.Organization)
        self._add(contact, self.vcard.fn, self._text(config.contact.name))
        self._add(contact, self.vcard.hasEmail, self._link(f"mailto:{config.contact.email}"))

    def add_dataset(self, name: str, documents: tuple[dict[str, Any], ...]) -> None:
        """Add a dataset with the meaning of its columns, its period, sources and files."""
        node, config = self._dataset(name), self.config
        self._add(node, self.type, self.dcat.Dataset)
        title = (
            self._in_catalog_language(config.titles[name])
            if name in config.titles
            else self._english(name)
        )
        self._add(node, self.terms.title, title)
        self._add(node, self.terms.description, self._english(_described(name)))
        self._add(node, self.terms.identifier, self._text(f"{config.catalog.uri}/{name}"))
        self._add(node, self.terms.publisher, self._link(config.publisher.uri))
        self._add(node, self.dcat.contactPoint, self._contact())
        self._add(node, self.dcat.theme, self._link(f"{_AUTHORITY}/data-theme/GOVE"))
        self._add(node, self.terms.accessRights, self._link(f"{_AUTHORITY}/access-right/PUBLIC"))
        yearly = self._link(f"{_AUTHORITY}/frequency/ANNUAL")
        self._add(node, self.terms.accrualPeriodicity, yearly)
        self._add(node, self.dcat.version, self._text(SCHEMA_VERSION))
        self._add_language(node)
        for word in config.catalog.keywords:
            self._add(node, self.dcat.keyword, self._in_catalog_language(word))
        if config.catalog.spatial:
            self._add(node, self.terms.spatial, self._link(config.catalog.spatial))
        self._add_period(node, documents)
        self._add_provenance(node, documents)
        for form in config.distribution.formats:
            self._add_distribution(node, name, form)

    def text(self, *, json_ld: bool) -> str:
        """The graph as text, in a fixed order."""
        if not json_ld:
            return str(self.graph.serialize(format="turtle"))
        nodes = json.loads(self.graph.serialize(format="json-ld"))
        ordered = sorted((_sorted(node) for node in nodes), key=lambda node: str(node["@id"]))
        return json.dumps(ordered, ensure_ascii=False, indent=2, sort_keys=True) + "\n"

    def _add_period(self, node: Any, documents: tuple[dict[str, Any], ...]) -> None:
        starts = [row["period_start"] for row in documents if row["period_start"]]
        ends = [row["period_end"] for row in documents if row["period_end"]]
        if not (starts and ends):
            return
        period = self._link(f"{node}/period")
        self._add(node, self.terms.temporal, period)
        self._add(period, self.type, self.terms.PeriodOfTime)
        self._add(period, self.dcat.startDate, self._date(min(starts)))
        self._add(period, self.dcat.endDate, self._date(max(ends)))

    def _add_provenance(self, node: Any, documents: tuple[dict[str, Any], ...]) -> None:
        from rdflib.namespace import RDFS

        sources = "; ".join(f"{d['source_name']} (SHA-256 {d['source_sha256']})" for d in documents)
        origin = self._link(f"{node}/provenance")
        self._add(node, self.terms.provenance, origin)
        self._add(origin, self.type, self.terms.ProvenanceStatement)
        self._add(origin, RDFS.label, self._english(f"Read by styrmatt from: {sources}."))

    def _add_distribution(self, dataset: Any, name: str, form: str) -> None:
        node, config = self._link(f"{dataset}/{form}"), self.config.distribution
        address = self._link(f"{config.url.rstrip('/')}/{name}.{form}")
        self._add(dataset, self.dcat.distribution, node)
        self._add(node, self.type, self.dcat.Distribution)
        self._add(node, self.terms.title, self._text(f"{name}.{form}"))
        self._add(node, self.dcat.accessURL, address)
        self._add(node, self.dcat.downloadURL, address)
        self._add(node, self.terms["format"], self._text(_MEDIA_TYPES[form]))
        self._add(node, self.terms.license, self._link(config.license))
        available = self._link(f"{_AUTHORITY}/planned-availability/AVAILABLE")
        self._add(node, self.ap.availability, available)

    def _add_language(self, node: Any) -> None:
        code = _LANGUAGES.get(self.config.catalog.language)
        if code:
            self._add(node, self.terms.language, self._link(f"{_AUTHORITY}/language/{code}"))

    def _add(self, subject: Any, predicate: Any, value: Any) -> None:
        self.graph.add((subject, predicate, value))

    def _dataset(self, name: str) -> Any:
        return self._link(f"{self.config.catalog.uri.rstrip('/')}/{name}")

    def _contact(self) -> Any:
        return self._link(f"{self.config.catalog.uri.rstrip('/')}/contact")

    def _in_catalog_language(self, text: str) -> Any:
        return self._text(text, self.config.catalog.language)

    def _english(self, text: str) -> Any:
        return self._text(text, "en")

    def _text(self, text: str, language: str | None = None) -> Any:
        from rdflib import Literal

        return Literal(text, lang=language)

    def _date(self, value: date) -> Any:
        from rdflib import Literal

        return Literal(value)

    def _link(self, address: str) -> Any:
        from rdflib import URIRef

        return URIRef(address)


def _described(dataset: str) -> str:
    """What a row stands for, and the meaning of every column."""
    lines = [f"{column.name}: {explain(column)}" for column in columns(dataset)]
    return f"{purpose(dataset)} Columns: " + "; ".join(lines) + "."


def _sorted(node: Any) -> Any:
    """A node of JSON-LD with the values of each property in a fixed order."""
    return {
        key: sorted(value, key=lambda v: json.dumps(v, sort_keys=True))
        if isinstance(value, list)
        else value
        for key, value in node.items()
    }
