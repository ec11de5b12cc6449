"""DCAT-AP-SE 3: what a data portal needs, and a refusal where nobody says who publishes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from extracts import rich_root
from rdflib import DCTERMS, FOAF, RDF, Graph, Literal, Namespace, URIRef
from rdflib.term import BNode

from styrmatt.errors import UsageError
from styrmatt.export.formats.publisher import TEMPLATE, read_publishing_config, template
from styrmatt.export.schema.columns import columns, purpose
from styrmatt.pipeline.use_cases.export import ExportRequest, export
from styrmatt.records import DATASETS

DCAT = Namespace("http://www.w3.org/ns/dcat#")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
CARDINALITIES = {
    DCAT.Catalog: {
        DCTERMS.title: (1, None),
        DCTERMS.description: (1, None),
        DCTERMS.publisher: (1, 1),
        DCTERMS.license: (1, 1),
        DCAT.dataset: (1, None),
        DCTERMS.language: (1, None),
    },
    DCAT.Dataset: {
        DCTERMS.title: (1, None),
        DCTERMS.description: (1, None),
        DCTERMS.publisher: (1, 1),
        DCAT.contactPoint: (1, None),
        DCAT.distribution: (1, None),
        DCAT.theme: (1, None),
        DCTERMS.temporal: (1, None),
        DCTERMS.accessRights: (1, 1),
        DCTERMS.accrualPeriodicity: (0, 1),
        DCAT.version: (0, 1),
    },
    DCAT.Distribution: {
        DCAT.accessURL: (1, None),
        DCTERMS.license: (1, 1),
        DCTERMS["format"]: (1, 1),
        URIRef("http://data.europa.eu/r5r/availability"): (0, 1),
    },
    FOAF.Agent: {FOAF.name: (1, None)},
    VCARD.Organization: {VCARD.fn: (1, 1), VCARD.hasEmail: (1, 1)},
    DCTERMS.PeriodOfTime: {DCAT.startDate: (1, 1), DCAT.endDate: (1, 1)},
}
"""What DCAT-AP-SE 3 asks for, and what it recommends and we always give."""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return rich_root(tmp_path_factory.mktemp("extract"))


def described(root: Path, path: Path, config: Path = TEMPLATE) -> Graph:
    export(ExportRequest("dcat", path, root, config=config))
    return Graph().parse(path, format="turtle" if path.suffix == ".ttl" else "json-ld")


def test_every_node_has_what_the_profile_asks_for(root: Path, tmp_path: Path) -> None:
    graph = described(root, tmp_path / "catalog.ttl")
    for kind, wanted in CARDINALITIES.items():
        nodes = list(graph.subjects(RDF.type, kind))
        assert nodes, kind
        for node in nodes:
            for term, (least, most) in wanted.items():
                count = len(list(graph.objects(node, term)))
                assert least <= count <= (most or count), (node, term, count)


def test_no_node_is_blank_and_every_link_within_leads_somewhere(root: Path, tmp_path: Path) -> None:
    graph = described(root, tmp_path / "catalog.ttl")
    assert not [node for triple in graph for node in triple if isinstance(node, BNode)]
    within = (DCAT.dataset, DCAT.distribution, DCAT.contactPoint, DCTERMS.publisher)
    for term in (*within, DCTERMS.temporal, DCTERMS.provenance):
        for node in graph.objects(None, term):
            assert (node, RDF.type, None) in graph, node


def test_the_text_comes_from_the_declaration_and_the_configuration(
    root: Path, tmp_path: Path
) -> None:
    graph = described(root, tmp_path / "catalog.ttl")
    catalog = URIRef("https://data.example.se/styrmatt")
    assert graph.value(catalog, DCTERMS.title) == Literal("Måluppfyllelse", lang="sv")
    licence = URIRef("http://creativecommons.org/publicdomain/zero/1.0/")
    assert graph.value(catalog, DCTERMS.license) == licence
    assert len(list(graph.objects(catalog, DCAT.dataset))) == len(DATASETS)
    for name in DATASETS:
        said = str(graph.value(URIRef(f"{catalog}/{name}"), DCTERMS.description))
        assert said.startswith(purpose(name))
        assert all(f"{c.name}: {c.meaning}" in said for c in columns(name))
    records = URIRef(f"{catalog}/records")
    assert str(graph.value(records, DCTERMS.title)) == "Styrmått med mål och utfall"
    period = graph.value(records, DCTERMS.temporal)
    assert str(graph.value(period, DCAT.startDate)) == "2020-01-01"
    assert str(graph.value(period, DCAT.endDate)) == "2021-12-31"
    address = graph.value(URIRef(f"{records}/csv"), DCAT.accessURL)
    assert str(address) == "https://data.example.se/styrmatt/filer/records.csv"
    origin = graph.value(records, DCTERMS.provenance)
    assert "2" * 64 in "".join(map(str, graph.objects(origin)))


def test_turtle_and_json_ld_say_the_same(root: Path, tmp_path: Path) -> None:
    turtle = described(root, tmp_path / "catalog.ttl")
    assert set(turtle) == set(described(root, tmp_path / "catalog.jsonld"))


@pytest.mark.parametrize("suffix", ["ttl", "jsonld"])
def test_the_text_does_not_depend_on_the_hash_seed(suffix: str, root: Path, tmp_path: Path) -> None:
    texts = set()
    for seed in ("1", "2"):
        path = tmp_path / f"{seed}.{suffix}"
        command = [sys.executable, "-m", "styrmatt", "export", "dcat", "-o", str(path)]
        subprocess.run(
            [*command, "--data", str(root), "--config", str(TEMPLATE)],
            env=os.environ | {"PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
        )
        texts.add(path.read_text(encoding="utf-8"))
    assert len(texts) == 1


# --- the configuration


def test_without_a_configuration_the_message_holds_one_to_start_from(
    root: Path, tmp_path: Path
) -> None:
    with pytest.raises(UsageError, match=r"publisher, a contact and a licence.*--config") as told:
        export(ExportRequest("dcat", tmp_path / "c.ttl", root))
    assert template() in str(told.value)
    with pytest.raises(UsageError, match="cannot be read"):
        read_publishing_config(tmp_path / "none.toml")


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("[publisher]", "[publishr]", r"unknown table \[publishr\]"),
        ("[contact]\n", "[contact]\nfax = '1'\n", r"unknown key 'fax' in \[contact\]"),
        ('email = "oppnadata@example.se"', "", r"lacks email in \[contact\]"),
        ('license = "http', 'licence = "http', "unknown key 'licence'"),
        ("oppnadata@example.se", "oppnadata", "not a mail address"),
        ('license = "http://', 'license = "CC0 ', "not an address"),
        ('name = "Region Exempel"', 'name = ""', "not a text"),
        ('["parquet", "csv"]', '["pdf"]', "not a list"),
        ('["parquet", "csv"]', "[]", "not a list"),
        ('records = "Styrmått med mål och utfall"', "records = 3", "no text"),
        ("[catalog]", "[catalog", "is not TOML"),
    ],
)
def test_a_wrong_configuration_is_told_where(tmp_path: Path, old: str, new: str, why: str) -> None:
    text = template()
    assert old in text
    path = tmp_path / "dcat.toml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(UsageError, match=why):
        read_publishing_config(path)


def test_a_table_that_is_left_out_is_told(tmp_path: Path) -> None:
    path = tmp_path / "dcat.toml"
    path.write_text(template().split("[distribution]")[0], encoding="utf-8")
    with pytest.raises(UsageError, match=r"no table \[distribution\]"):
        read_publishing_config(path)


def test_a_broken_configuration_leaves_no_file(root: Path, tmp_path: Path) -> None:
    (tmp_path / "dcat.toml").write_text("", encoding="utf-8")
    with pytest.raises(UsageError):
        export(ExportRequest("dcat", tmp_path / "c.ttl", root, config=tmp_path / "dcat.toml"))
    assert [path.name for path in tmp_path.iterdir()] == ["dcat.toml"]
