"""simplemma's dictionary of lemmas, and a copy of it on disk that opens at once.

The only module that uses simplemma. Its dictionary takes a second to unpack in each process. As the
trie that simplemma makes of it, it opens in milliseconds and takes a tenth of the memory. The trie
is made once per user and release of simplemma, in the user's folder for caches; where that cannot
be written, each process unpacks its own.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Mapping
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from platformdirs import user_cache_path

_FOLDER: Final = "lemmas"
"""Where in the cache folder the dictionaries are, by release of simplemma and content."""


def lemmatize(word: str, language: str) -> str:
    """The dictionary form that simplemma gives a word; the word itself where it knows none."""
    return str(_lemmatizer().lemmatize(word, lang=language))


def known_lemmas(language: str) -> Mapping[str, str]:
    """The words that the dictionary of a language has, each with its lemma."""
    return _dictionaries().get_dictionary(language)


def load_lemmas(language: str) -> None:
    """Open a language's dictionary, which :func:`lemmatize` else does when first called."""
    known_lemmas(language)


@cache
def _lemmatizer() -> Any:
    from simplemma import Lemmatizer
    from simplemma.strategies import DefaultStrategy

    strategy = DefaultStrategy(greedy=True, dictionary_factory=_dictionaries())
    return Lemmatizer(lemmatization_strategy=strategy)


@cache
def _dictionaries() -> _Dictionaries:
    return _Dictionaries(user_cache_path("styrmatt") / _FOLDER / version("simplemma"))


class _Dictionaries:
    """Gives simplemma its dictionaries, as tries kept below a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._of_language: dict[str, Mapping[str, str]] = {}

    def get_dictionary(self, lang: str) -> Mapping[str, str]:
        """The dictionary of a language: each word that it knows with its lemma."""
        if lang not in self._of_language:
            self._of_language[lang] = self._opened(lang)
        return self._of_language[lang]

    def _opened(self, lang: str) -> Mapping[str, str]:
        from simplemma.strategies import StreamDictionaryFactory, TrieDictionaryFactory

        try:
            kept = self._kept(lang) or self._keep(lang)
        except OSError:
            return StreamDictionaryFactory().get_dictionary(lang)
        return TrieDictionaryFactory(disk_cache_dir=str(kept)).get_dictionary(lang)

    def _kept(self, lang: str) -> Path | None:
        """The folder with the trie, if it is whole: it is named by its content's hash."""
        for file in sorted(self._folder.glob(f"*/{lang}.dic")):
            if file.parent.name == _content_hash(file):
                return file.parent
        return None

    def _keep(self, lang: str) -> Path:
        """Make the trie aside and put it in place in one step, as other processes do meanwhile.

        Raises OSError where there is no folder for caches, or none that may be written.
        """
        from simplemma.strategies import TrieDictionaryFactory

        if not self._folder.is_absolute():
            raise FileNotFoundError("the user has no home folder")
        self._folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=self._folder, prefix=".new-") as aside:
            TrieDictionaryFactory(disk_cache_dir=aside).get_dictionary(lang)
            made = Path(aside, f"{lang}.dic")
            folder = self._folder / _content_hash(made)
            folder.mkdir(exist_ok=True)
            made.replace(folder / made.name)
        return folder


def _content_hash(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
