"""Rule files of a user: read, checked, applied in a run, and part of what a run depends on."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import spacy
from small_reports import small_report
from spacy.language import Language
from test_cli import Command, command

import styrmatt
from styrmatt.errors import ExitCode, LayoutFileError
from styrmatt.pipeline.read_report import ReadOptions
from styrmatt.pipeline.run import Options, run_report
from styrmatt.swedish.lemmas import token_lemma
from styrmatt.swedish.rules.rule_examples import unproved
from styrmatt.swedish.rules.spans import NarrativePipeline, narrative_pipeline
from styrmatt.swedish.rules.token_rules import OwnRules, TokenRule, load_rules, own_rules

__all__ = ["command"]
HARBOUR = """# What our writers call a target that is met.
[[statuses.met]]
words = ["i hamn"]
like = ["Målet är i hamn."]
unlike = ["Båten ligger i hamnen."]
"""
SUBURBS = """
[[elsewhere.national]]
tokens = [[{ LEMMA = "kranskommun" }]]
like = ["I kranskommunerna var andelen 45 procent.", "En kranskommuns andel var 45 procent."]
unlike = ["I kommunen var andelen 45 procent."]
"""
HANGING = """
[[elsewhere.national]]
dependency = [[
  { RIGHT_ID = "verb", RIGHT_ATTRS = { DEP = "ROOT" } },
  { LEFT_ID = "verb", REL_OP = ">", RIGHT_ID = "at", RIGHT_ATTRS = { DEP = "obl", LOWER = "byn" } },
]]
span = ["at"]
like = ["I byn var andelen 45 procent."]
unlike = ["Andelen var 45 procent i byn."]
"""
TEXT = "Andelen bussturer i rätt tid var 92 procent under året. Målet är därmed i hamn."


def own(text: str, name: str = "mine.toml") -> OwnRules:
    return ((name, text),)


def mine(text: str, model: str | None = None) -> tuple[NarrativePipeline, list[TokenRule]]:
    """The pipeline with the rules of a text, and these rules."""
    rules = [rule for rule in load_rules("sv", own(text)) if rule.is_own]
    return narrative_pipeline("sv", model, own(text)), rules


def marks(pipeline: NarrativePipeline, text: str, kind: str) -> list[tuple[str, str]]:
    ((sentence,),) = pipeline.read([text])
    return [(mark.label, sentence.quote(mark)) for mark in sentence.of(kind)]


# --- reading and applying


def test_rules_of_a_user_add_to_those_that_ship() -> None:
    pipeline, rules = mine(HARBOUR + SUBURBS)
    built_in = narrative_pipeline("sv")
    text = "I kranskommunerna var andelen 45 procent och i riket 40 procent."
    assert [rule.name for rule in rules] == [
        "statuses.met mine.toml:2",
        "elsewhere.national mine.toml:7",
    ]
    assert marks(built_in, text, "elsewhere") == [("national", "riket")]
    assert marks(pipeline, text, "elsewhere") == [
        ("national", "kranskommunerna"),
        ("national", "riket"),
    ]


def test_a_sentence_that_only_a_rule_of_a_user_tells_of_is_looked_at() -> None:
    pipeline, _ = mine(HARBOUR.replace("Målet", "Måttet"))
    assert marks(narrative_pipeline("sv"), "Måttet är i hamn.", "statuses") == []
    assert ("met", "i hamn") in marks(pipeline, "Måttet är i hamn.", "statuses")
    assert marks(pipeline, "Båten är i hamn.", "statuses") == []


def test_the_rules_that_ship_are_the_same_beside_those_of_a_user() -> None:
    assert load_rules("sv", own(HARBOUR))[:-1] == load_rules("sv")
    assert not [rule for rule in load_rules("sv") if rule.is_own or rule.asks_for]


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("", None, "has no rule"),
        ("[[elsewhere.national]]\nwords = [\n", 2, "not a TOML file"),
        (HARBOUR.replace("statuses.met", "met"), 2, "[[statuses.met]]"),
        (HARBOUR.replace("statuses.met", "elsewhere"), 2, "[[elsewhere.national]]"),
        (HARBOUR.replace("statuses.met", "harbours"), 2, "[[KIND.LABEL]]"),
        (HARBOUR.replace("statuses.met", "status.met"), 2, "did you mean 'statuses'"),
        (HARBOUR.replace("statuses.met", "statuses.mett"), 2, "did you mean 'met'"),
        ('title = "mine"\n' + HARBOUR, 1, "unknown kind 'title'"),
        ('\n\n[statuses]\nmet = "yes"\n', 4, "must be the head of a rule: [[statuses.met]]"),
        ('[statuses]\nmet = [{ words = ["i hamn"] }]\n', None, "must have a head"),
        (HARBOUR.replace('["i hamn"]', '["i hamn", " "]'), 2, "list of phrases"),
        (HARBOUR.replace("unlike", "ulike"), 2, "did you mean 'unlike'"),
        (SUBURBS.replace("LEMMA", "LEMA"), 2, "did you mean 'LEMMA'"),
        (SUBURBS.replace('"kranskommun"', '"Kranskommun"'), 2, "small letters"),
        (SUBURBS.replace(" }]]", ', OP = "{3,1}" }]]'), 2, "the larger"),
        (
            HANGING.replace("RIGHT_ATTRS = { DEP", "RIGHT_ATTR = { DEP", 1),
            2,
            "token 1: unknown key",
        ),
        (HANGING.replace('REL_OP = ">", ', ""), 2, "token 2 needs REL_OP"),
        (HANGING.replace('">"', '"=>"'), 2, "REL_OP is '=>'"),
        (HANGING.replace('LEFT_ID = "verb"', 'LEFT_ID = "verv"'), 2, "did you mean 'verb'"),
        (HANGING.replace('RIGHT_ID = "at"', 'RIGHT_ID = "verb"'), 2, "no earlier token"),
        (HANGING.replace('LOWER = "byn"', 'OP = "?"'), 2, "unknown attribute 'OP'"),
        (HANGING.replace('["at"]', '["att"]'), 2, "did you mean 'at'"),
        (HARBOUR + 'span = ["at"]\n', 2, "'span' lists tokens"),
        (HANGING.replace('{ DEP = "ROOT" }', '"ROOT"'), 2, "RIGHT_ATTRS must be a table"),
    ],
)
def test_a_wrong_file_of_a_user_says_where_and_why(
    text: str, line: int | None, reason: str
) -> None:
    with pytest.raises(LayoutFileError) as caught:
        load_rules("sv", own(text))
    assert "mine.toml" in caught.value.message
    assert reason in caught.value.message
    assert line is None or f"line {line}" in caught.value.message


def test_rules_are_read_from_files_and_folders(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    for name, text in (("b.toml", SUBURBS), ("a.toml", HARBOUR), ("notes.txt", "no rules")):
        (tmp_path / "rules" / name).write_text(text, encoding="utf-8")
    (tmp_path / "c.toml").write_text(HANGING, encoding="utf-8")
    read = own_rules([tmp_path / "c.toml", tmp_path / "rules"])
    assert [name for name, _ in read] == ["c.toml", "a.toml", "b.toml"]
    (tmp_path / "none").mkdir()
    with pytest.raises(LayoutFileError, match="no rule file"):
        own_rules([tmp_path / "none"])


# --- sentences that prove a rule


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        (HARBOUR + SUBURBS, []),
        (
            SUBURBS.replace("I kommunen", "I kranskommunen"),
            ["has a pattern 1 that matches 'I kranskommunen var andelen 45 procent.' of 'unlike'"],
        ),
        (
            SUBURBS.replace('kranskommun" }]]', 'kranskommun" }], [{ LEMMA = "förort" }]]'),
            ["has a pattern 2 that matches no sentence of 'like'"],
        ),
        (
            HARBOUR.replace('["i hamn"]', '["i hamn", "i fjol"]'),
            ["has a phrase 'i fjol' that matches no sentence of 'like'"],
        ),
        (
            HARBOUR.replace('["Målet är i hamn."]', '["Målet är i hamn.", "Målet är uppe."]'),
            ["does not match 'Målet är uppe.' of 'like'"],
        ),
        (
            SUBURBS.replace("En kranskommuns andel var 45 procent.", "En kranskommun har det."),
            [
                "is never looked for in 'En kranskommun har det.' of 'like', which has no figure "
                "and no other words of results"
            ],
        ),
    ],
)
def test_the_sentences_of_a_rule_are_run(text: str, problems: list[str]) -> None:
    pipeline, rules = mine(text)
    assert [problem for rule in rules for problem in unproved(pipeline, rule)] == problems


# --- lemmas


@pytest.mark.parametrize(
    ("words", "lemma"),
    [
        ("kommun kommuns kommunen kommunens kommuner kommunerna kommunernas", "kommun"),
        ("andel andelen andelar andelarna andelarnas", "andel"),
        ("nå når nådde nått nås nåddes", "nå"),
        ("är var varit", "vara"),
        ("målnivå målnivån målnivåns målnivåer målnivåerna", "målnivå"),
        ("vägbelysning vägbelysningen vägbelysningarna", "vägbelysning"),
        ("e-tjänst e-tjänsten e-tjänsterna", "e-tjänst"),
        ("efterfrågan", "efterfrågan"),
        ("it", "it"),
        ("45", "45"),
    ],
)
def test_forms_of_a_word_have_its_dictionary_form(words: str, lemma: str) -> None:
    assert {token_lemma(word, "sv") for word in words.split()} == {lemma}
    assert {token_lemma(word.upper(), "sv") for word in words.split()} == {lemma}


@pytest.mark.parametrize(
    ("pattern", "like", "unlike"),
    [
        ('[{ LEMMA = "målnivå" }]', "Målnivåerna var 45 procent.", "Målen var 45 procent."),
        ('[{ LEMMA = { IN = ["stad", "by"] } }]', "I städer är det 4 %.", "I statens 4 %."),
        ('[{ LOWER = "enligt" }, { LEMMA = "enkät" }]', "45 % enligt enkäten.", "45 % enligt oss."),
        ('[{ LEMMA = "vara" }, { ENT_TYPE = "FIGURE" }]', "Det är 45 %.", "Det blir 45 %."),
        ('[{ LEMMA = { NOT_IN = ["vara"] } }, { LOWER = "kvar" }]', "5 bor kvar.", "5 är kvar."),
        ('[{ LEMMA = { REGEX = "kommun$" } }]', "Tre grannkommuner har 4 %.", "Kommunal 4 %."),
        (
            '[{ LEMMA = "kommun", OP = "?" }, { LOWER = "byns" }]',
            "Byns andel är 4 %.",
            "Kommunens andel är 4 %.",
        ),
    ],
)
def test_patterns_compare_lemmas_beside_other_attributes(
    pattern: str, like: str, unlike: str
) -> None:
    text = f'[[elsewhere.national]]\ntokens = [{pattern}]\nlike = ["{like}"]\nunlike = ["{unlike}"]'
    pipeline, (rule,) = mine(text)
    assert list(unproved(pipeline, rule)) == []
    assert [label for label, _ in marks(pipeline, like, "elsewhere")] == ["national"]
    assert ("national", "") not in marks(pipeline, unlike, "elsewhere")


def test_a_rule_that_ships_compares_lemmas() -> None:
    assert any(
        "LEMMA" in token
        for rule in load_rules("sv")
        for pattern in rule.patterns
        for token in pattern
    )


# --- trained pipelines


@Language.component("styrmatt_test_heads")
def set_heads(doc: Any) -> Any:
    """Hang all words on the first verb it knows, those behind "i" ahead of it as its places."""
    verbs = [token for token in doc if token.lower_ in ("var", "är")]
    root = verbs[0] if verbs else doc[len(doc) - 1]
    for token in doc:
        behind_in = token.i > 0 and doc[token.i - 1].lower_ == "i"
        token.head = root
        token.dep_ = "obl" if behind_in and token.i < root.i else "dep"
    root.dep_ = "ROOT"
    return doc


@pytest.fixture
def trained(tmp_path: Path) -> str:
    """The path of a pipeline that sets heads, as spaCy keeps it on disk."""
    nlp = spacy.blank("sv")
    nlp.add_pipe("styrmatt_test_heads")
    nlp.to_disk(tmp_path / "sv_heads")
    return str(tmp_path / "sv_heads")


def test_a_dependency_rule_is_loaded_and_not_applied_without_a_trained_pipeline() -> None:
    pipeline, (rule,) = mine(HANGING)
    assert rule.asks_for == {"DEP"}
    assert rule not in pipeline.rules
    assert pipeline.not_applied == (
        "1 rule needs a trained language pipeline (--spacy-model NAME) and will not be applied: "
        "[[elsewhere.national]] of mine.toml, line 2."
    )
    assert marks(pipeline, "I byn var andelen 45 procent.", "elsewhere") == []


def test_a_dependency_rule_is_applied_with_a_trained_pipeline(trained: str) -> None:
    pipeline, (rule,) = mine(HANGING, trained)
    assert pipeline.not_applied is None
    assert list(unproved(pipeline, rule)) == []
    assert marks(pipeline, "I byn var andelen 45 procent.", "elsewhere") == [("national", "byn")]
    assert marks(pipeline, "Andelen var 45 procent i byn.", "elsewhere") == []
    assert marks(pipeline, "I riket var andelen 45 procent.", "elsewhere") == [
        ("national", "riket")
    ]


def test_the_span_of_a_dependency_rule_is_over_all_its_tokens_unless_it_names_some(
    trained: str,
) -> None:
    pipeline, _ = mine(HANGING.replace('span = ["at"]\n', ""), trained)
    assert marks(pipeline, "I byn var andelen 45 procent.", "elsewhere") == [
        ("national", "byn var")
    ]


@pytest.mark.parametrize(
    ("attribute", "named"),
    [
        ('POS = "NOUN"', "POS"),
        ('MORPH = { IS_SUPERSET = ["Case=Gen"] }', "MORPH"),
        ('ENT_TYPE = "LOC"', "ENT_TYPE"),
    ],
)
def test_patterns_may_ask_for_what_a_trained_pipeline_sets(
    attribute: str, named: str, trained: str
) -> None:
    text = SUBURBS.replace('LEMMA = "kranskommun"', attribute)
    pipeline, (rule,) = mine(text)
    assert rule.asks_for == {named}
    assert rule not in pipeline.rules
    with pytest.raises(LayoutFileError, match=rf"line 2.* asks for {named}, which"):
        narrative_pipeline("sv", trained, own(text))


def test_a_pipeline_that_sets_no_heads_cannot_be_used_for_dependency_rules(tmp_path: Path) -> None:
    spacy.blank("sv").to_disk(tmp_path / "sv_blank")
    with pytest.raises(LayoutFileError, match="asks for DEP") as caught:
        narrative_pipeline("sv", str(tmp_path / "sv_blank"), own(HANGING))
    assert "--spacy-model" in (caught.value.hint or "")


def test_a_folder_that_is_no_pipeline_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "sv_none").mkdir()
    with pytest.raises(LayoutFileError, match="sv_none"):
        narrative_pipeline("sv", str(tmp_path / "sv_none"))


# --- what a run depends on


def test_results_of_other_rules_or_pipelines_are_others(tmp_path: Path, trained: str) -> None:
    plain = ReadOptions()
    keys = [
        options.key("a.pdf", "ab")
        for options in (
            plain,
            replace(plain, user_rules=own(HARBOUR)),
            replace(plain, user_rules=own(HARBOUR.replace("i hamn", "i mål"))),
            replace(plain, user_rules=own(HARBOUR) + own(SUBURBS)),
            replace(plain, spacy_model=trained),
            replace(plain, spacy_model=str(tmp_path)),
        )
    ]
    assert len(set(keys)) == len(keys)
    assert plain.basis().options == {}


def test_a_pipeline_that_is_trained_anew_is_another(tmp_path: Path) -> None:
    from styrmatt.pipeline.cache.fingerprint import model_hash

    folder = tmp_path / "sv_mine"
    folder.mkdir()
    (folder / "weights").write_bytes(b"1234")
    before = model_hash(str(folder))
    model_hash.cache_clear()
    assert model_hash(str(folder)) == before
    (folder / "weights").write_bytes(b"1235")
    model_hash.cache_clear()
    assert model_hash(str(folder)) != before
    assert model_hash("sv_no_such_pipeline") == "none"
    assert model_hash("spacy") != "none"


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report")
    rows = (
        ("Styrmått", "Mål 2031", "Status"),
        ("Andel bussturer i rätt tid", "90 %", "Nått"),
        ("Antal hembesök hos nyblivna föräldrar", "Öka", "Nått"),
    )
    small_report(folder, rows, (50.0, 300.0, 420.0), above=("1. God hälsa", TEXT))
    return folder / "report.pdf"


def test_two_runs_with_other_rules_share_no_rows(report: Path, tmp_path: Path) -> None:
    def stated(**options: Any) -> tuple[str | None, bool]:
        result = run_report(report, Options(tmp_path / "out", **options))
        outcomes = styrmatt.load(tmp_path / "out", "outcomes")
        (status,) = outcomes["status_stated"]
        return (status if isinstance(status, str) else None), result.unchanged

    (tmp_path / "mine.toml").write_text(HARBOUR, encoding="utf-8")
    mine = {"rules": (tmp_path / "mine.toml",)}
    assert stated() == (None, False)
    assert stated(**mine) == ("met", False)
    assert stated(**mine) == ("met", True)
    (tmp_path / "mine.toml").write_text(HARBOUR.replace(".met", ".not_met"), encoding="utf-8")
    assert stated(**mine) == ("not_met", False)
    assert stated() == (None, False)


# --- commands


def test_the_command_checks_rules(command: Command) -> None:
    command.write("mine/a.toml", HARBOUR + SUBURBS)
    ended = command("rules", "check", "mine")
    assert (ended.code, ended.err) == (ExitCode.DONE, "")
    assert ended.out == "a.toml: 2 rules, 2 patterns, 5 sentences\nAll hold.\n"
    wrong = command.write("b.toml", HARBOUR.replace("Båten ligger i hamnen.", "Vi är i hamn."))
    ended = command("rules", "check", "mine", wrong)
    assert ended.code == ExitCode.FINDINGS
    assert "b.toml, line 2: the rule [[statuses.met]] has a phrase 'i hamn'" in ended.out
    assert ended.out.endswith("Not all hold.\n")
    bad = command.write("c.toml", HARBOUR.replace("words", "wrds"))
    ended = command("rules", "check", bad)
    assert ended.code == ExitCode.BAD_LAYOUT
    assert "c.toml, line 2" in ended.err


def test_the_command_tries_dependency_rules_with_a_trained_pipeline_only(
    command: Command, trained: str
) -> None:
    rules = command.write("mine.toml", HANGING)
    ended = command("rules", "check", rules)
    assert ended.code == ExitCode.DONE
    assert ended.out.count("will not be applied") == 1
    ended = command("rules", "check", rules, "--spacy-model", trained)
    assert ended.code == ExitCode.DONE
    assert "applied" not in ended.out
    rules = command.write("mine.toml", HANGING.replace("45 procent i byn", "45 procent"))
    wrong = command.write("other.toml", HANGING.replace('["Andelen var', '["I byn var'))
    ended = command("rules", "check", rules, wrong, "--spacy-model", trained)
    assert ended.code == ExitCode.FINDINGS
    assert "dependency pattern 1 that matches 'I byn var 45 procent i byn.'" in ended.out


def test_the_command_shows_tokens_and_spans(command: Command, trained: str) -> None:
    rules = command.write("mine.toml", SUBURBS)
    text = "I kranskommunerna är andelen 45 procent. Här står det."
    ended = command("rules", "try", text, "--rules", rules)
    assert ended.code == ExitCode.DONE
    assert "kranskommunerna  kranskommun" in ended.out
    assert "FIGURE    percent" in ended.out
    assert "elsewhere.national mine.toml:2: kranskommunerna" in ended.out
    assert "not looked at" in ended.out
    assert "DEP" not in ended.out
    ended = command("rules", "try", text, "--rules", rules, "--spacy-model", trained)
    assert "obl" in ended.out


def test_the_command_lists_kinds_and_labels(command: Command) -> None:
    ended = command("rules")
    assert ended.code == ExitCode.DONE
    assert "[[elsewhere.national]]" in ended.out
    assert "Women and men, where one figure holds for each of them" in ended.out


def test_a_run_says_once_which_rules_it_does_not_apply(
    command: Command, report: Path, trained: str
) -> None:
    rules = command.write("mine.toml", HANGING)
    ended = command("run", report, "--rules", rules, "--out", "a")
    assert ended.code == ExitCode.DONE
    assert ended.err.count("[[elsewhere.national]] of mine.toml, line 2.") == 1
    ended = command("run", report, "--rules", rules, "--out", "b", "--spacy-model", trained)
    assert ended.code == ExitCode.DONE
    assert "applied" not in ended.err
    ended = command("run", report, "--out", "c")
    assert "applied" not in ended.err


def test_a_page_is_drawn_with_the_rules_of_a_user(command: Command, report: Path) -> None:
    rules = command.write("mine.toml", HARBOUR + HANGING)
    drawing = command.folder / "page.html"
    ended = command("inspect", report, "--page", 2, "--narrative", "--rules", rules, "-o", drawing)
    assert ended.code == ExitCode.DONE
    assert "statuses.met mine.toml:2" in drawing.read_text(encoding="utf-8")
    assert ended.err.count("will not be applied") == 1


def test_an_extract_is_proved_with_the_rules_that_it_was_made_with(
    command: Command, report: Path
) -> None:
    rules = command.write("mine.toml", HARBOUR)
    assert command("run", report, "--rules", rules).code == ExitCode.DONE
    again = ("verify", "--sources", report, "--re-extract")
    assert command(*again, "--rules", rules).code == ExitCode.DONE
    ended = command(*again)
    assert ended.code == ExitCode.FINDINGS
    assert "other rules; name yours with --rules" in ended.out


def test_a_wrong_rule_file_stops_a_run_before_it_reads(command: Command, report: Path) -> None:
    rules = command.write("mine.toml", HARBOUR.replace("words", "wrds"))
    ended = command("run", report, "--rules", rules)
    assert ended.code == ExitCode.BAD_LAYOUT
    assert "mine.toml, line 2" in ended.err
    assert "reading" not in ended.err
