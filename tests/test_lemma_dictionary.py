"""The dictionary of lemmas: kept on disk, opened as kept, and never another one in silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from styrmatt.swedish import lemma_dictionary
from styrmatt.swedish.lemma_dictionary import _Dictionaries

WORDS = {"målen": "mål", "kommunernas": "kommun", "skolorna": "skola", "mål": "mål"}


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of caches in which the Swedish dictionary is kept."""
    folder = tmp_path_factory.mktemp("caches")
    _Dictionaries(folder).get_dictionary("sv")
    return folder


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def _is_right(folder: Path) -> bool:
    words = _Dictionaries(folder).get_dictionary("sv")
    return all(words[word] == form for word, form in WORDS.items()) and "målxyz" not in words


def test_what_is_kept_says_what_simplemma_says(kept: Path) -> None:
    from simplemma.strategies import StreamDictionaryFactory

    ours = _Dictionaries(kept).get_dictionary("sv")
    theirs = StreamDictionaryFactory().get_dictionary("sv")
    assert len(ours) == len(theirs)
    some = [word for number, word in enumerate(theirs) if number % 997 == 0]
    assert len(some) > 500
    assert [ours[word] for word in some] == [theirs[word] for word in some]


def test_it_is_made_once_and_nothing_else_is_left(kept: Path) -> None:
    (file,) = _files(kept)
    before = file.stat().st_mtime_ns
    assert _is_right(kept)
    assert _files(kept) == [file]
    assert file.stat().st_mtime_ns == before


def test_a_file_that_changed_is_not_believed(kept: Path, tmp_path: Path) -> None:
    (file,) = _files(kept)
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    harmed = tmp_path / file.parent.name / file.name
    harmed.parent.mkdir()
    harmed.write_bytes(content)
    assert _is_right(tmp_path)
    assert harmed.read_bytes() == file.read_bytes()  # made anew in its place


def test_a_file_that_was_cut_is_made_anew(kept: Path, tmp_path: Path) -> None:
    (file,) = _files(kept)
    cut = tmp_path / file.parent.name / file.name
    cut.parent.mkdir()
    cut.write_bytes(file.read_bytes()[:1000])
    assert _is_right(tmp_path)


def test_without_a_folder_that_can_be_made_the_words_are_the_same(tmp_path: Path) -> None:
    in_the_way = tmp_path / "caches"
    in_the_way.write_text("a file")
    assert _is_right(in_the_way / "styrmatt")
    assert in_the_way.read_text() == "a file"


def test_without_a_home_folder_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert _is_right(Path("~/.cache/styrmatt"))
    assert list(tmp_path.iterdir()) == []


def test_the_folder_is_that_of_this_release() -> None:
    from importlib.metadata import version

    assert lemma_dictionary._dictionaries()._folder.parts[-3:] == (
        "styrmatt",
        "lemmas",
        version("simplemma"),
    )
