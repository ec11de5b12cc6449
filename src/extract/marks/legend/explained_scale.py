"""Finds what the middle word of a scale stands for, where a text explains each of its words.

"Met means that the level is reached, Moving that it is getting nearer and Missed that it is not":
words side by side, each with what leads to its meaning. The ends of the scale are known words, or
their meanings say what they stand for; what stands between them is partly met, unless its meaning
says otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import takewhile
from typing import Final, NamedTuple

from styrmatt.extract.marks.status_phrases import cell_statuses, stated_value, tokens_of
from styrmatt.sole_values import sole_values
from styrmatt.swedish.identity_words import alternatives
from styrmatt.vocabulary import Vocabulary
from styrmatt.whitespace import squeeze

_ENDS: Final = frozenset({"met", "not_met"})
_QUOTES: Final = "”“\"'’»«"
_QUOTED: Final = re.compile(rf"[{_QUOTES}](?P<word>[^\W\d_][^{_QUOTES}.,;:()]{{1,40}})[{_QUOTES}]$")
_WORDS: Final = re.compile(r"(?<![\w-])[^\W\d_]+(?:\s[^\W\d_]+){0,4}$")
"""Words up to a place: some of them may be the word of a scale."""
_MOST_WORDS: Final = 3
"""Words of a step of a scale at most, without quotes."""
_FEWEST_LETTERS: Final = 3
"""Letters of a word whose meaning says what it stands for: shorter ones are codes."""
_LONGEST_STEP: Final = 60
"""Characters before what leads to a meaning in which the word is looked for."""
_MEANING: Final = re.compile(r"[^.;:]*")
_BRACKETED: Final = re.compile(r"[^.;:()]*(?=\))")
"""A meaning at most: up to a stop, or to the end of its bracket."""
_LONGEST: Final = 200
"""Characters of the longest meaning."""
_BETWEEN: Final = re.compile(r"[\s.,;:)]+")
"""What stands between the meaning of one word and the next word, besides a conjunction."""


class _Step(NamedTuple):
    """A word of a scale and what it is said to mean, from where to where."""

    word: str
    meaning: str
    start: int
    end: int
    begins: bool
    """Whether what leads to the meaning may begin a scale: steps behind may leave out the verb."""
    value: str | None
    """What the word stands for in any report."""


def scale_of(text: str, vocabulary: Vocabulary) -> dict[str, str]:
    """The statuses of a scale's own words, in small letters and with a capital.

    Empty where no text explains words for met and for missed with others beside them.
    """
    found: dict[str, str] = {}
    for printed in _scales(list(_steps(text, vocabulary)), text, vocabulary):
        own = [_by_meaning(step, vocabulary) for step in printed]
        told = [step for step, before in zip(own, printed, strict=True) if step is not before]
        values = sole_values((step.word.casefold(), step.value or "") for step in told)
        steps = [s if s.word.casefold() in values else b for s, b in zip(own, printed, strict=True)]
        ends = [n for n, step in enumerate(steps) if step.value in _ENDS]
        if {steps[n].value for n in ends} != _ENDS:
            continue
        for word, value in values.items():
            found |= dict.fromkeys((word, word.capitalize()), value)
        unknown = [n for n, step in enumerate(steps) if step.value is None]
        for n in unknown:
            between = len(unknown) == 1 and ends[0] < n < ends[-1]
            if _is_middle(steps[n], vocabulary, between=between):
                word = steps[n].word.casefold()
                found |= dict.fromkeys((word, word.capitalize()), "partly_met")
    return found


def _by_meaning(step: _Step, vocabulary: Vocabulary) -> _Step:
    """The step with what its meaning says that it stands for, where its word is unknown.

    A meaning says that a level is reached, or denies it, in a verb of its own; one that speaks of
    getting nearer is left to the word's place.
    """
    said = vocabulary.legend
    own = set(tokens_of(step.word))
    is_known = step.value is not None or own & {*said.qualifiers, *said.marks}
    if is_known or len(step.word) < _FEWEST_LETTERS:
        return step
    value = stated_value(step.meaning, vocabulary.statuses, vocabulary)
    if value is None:
        meaning = f" {' '.join(tokens_of(step.meaning))} "
        verbs = [verb for verb in said.reaching if f" {verb} " in meaning]
        nearer = any(f" {phrase} " in meaning for phrase in said.nearing)
        other = set(tokens_of(step.meaning)) & (set(said.qualifiers) - set(said.denials))
        if not verbs or nearer or other:
            return step
        denied = any(f" {denial} " in meaning for denial in said.denials)
        value = "not_met" if denied else "met"
    return step if value == "not_assessed" else step._replace(value=value)


def _is_middle(step: _Step, vocabulary: Vocabulary, *, between: bool) -> bool:
    """Whether a word means partly met: by words for it, or by its place ``between`` the ends."""
    if set(tokens_of(step.word)) & set(vocabulary.legend.qualifiers):
        return False
    says = stated_value(step.meaning, vocabulary.statuses, vocabulary)
    if says in ("met", "not_assessed"):
        return False
    letters = squeeze(step.meaning)
    nearer = any(squeeze(phrase) in letters for phrase in vocabulary.legend.nearing)
    return nearer or (between and says != "not_met")


def _scales(steps: Sequence[_Step], text: str, vocabulary: Vocabulary) -> Iterator[list[_Step]]:
    """Steps of which each begins where the meaning of the one before ends."""
    run: list[_Step] = []
    for step in steps:
        if run:
            between = _BETWEEN.sub(" ", text[run[-1].end : step.start]).strip(f" {_QUOTES}")
            if between and between.casefold() not in vocabulary.targets.also:
                yield run
                run = []
        if run or step.begins:
            run.append(step)
    if run:
        yield run


def _steps(text: str, vocabulary: Vocabulary) -> Iterator[_Step]:
    """The words of a text that may be explained, each with its meaning up to the next one."""
    joints = vocabulary.legend.joints
    leads = _leads(joints).finditer(text)
    found = [(at, lead) for lead in leads if (at := _word_before(text, lead.start())) is not None]
    known = cell_statuses(vocabulary)
    starts = [*(start for (start, _), _ in found[1:]), len(text)]
    for ((start, word), lead), next_start in zip(found, starts, strict=False):
        limit = min(lead.end() + _LONGEST, next_start)
        kind = _BRACKETED if lead[0].endswith("(") else _MEANING
        meaning = kind.match(text, lead.end(), limit)
        bare = _without_conjunction(_first_lines(meaning[0]) if meaning else "", vocabulary)
        value = vocabulary.status_phrases.get(squeeze(word)) or known.get(squeeze(word))
        begins = lead["joint"] is None or lead["joint"] in joints
        yield _Step(word, bare, start, lead.end() + len(bare), begins, value)


def _word_before(text: str, end: int) -> tuple[int, str] | None:
    """Where the word of a scale right before a place begins, and the word; None without one.

    It is in quotes, or begins with the last capital among the words there.
    """
    first = max(end - _LONGEST_STEP, 0)
    before = text[first:end]
    if (quoted := _QUOTED.search(before)) is not None:
        return first + quoted.start(), quoted["word"]
    if (words := _WORDS.search(before)) is None:
        return None
    parts = words[0].split()
    capitals = [n for n, part in enumerate(parts) if part[0].isupper()]
    if not capitals or len(parts) - capitals[-1] > _MOST_WORDS:
        return None
    word = " ".join(parts[capitals[-1] :])
    return end - len(word), word


def _first_lines(meaning: str) -> str:
    """A meaning up to the first of its lines that begins with a capital."""
    first, *rest = meaning.split("\n")
    own = takewhile(lambda line: not line[:1].isupper(), rest)
    return "\n".join([first, *own])


def _without_conjunction(meaning: str, vocabulary: Vocabulary) -> str:
    """A meaning without the conjunction before the next word of the scale."""
    bare = meaning.rstrip(f" ,\n{_QUOTES}")
    last = bare.rpartition(" ")[2]
    return bare.removesuffix(last) if last.casefold() in vocabulary.targets.also else bare


@lru_cache(maxsize=8)
def _leads(joints: tuple[str, ...]) -> re.Pattern[str]:
    """What leads to a meaning: a joint, the last word of one alone, or a sign."""
    lasts = {joint.rpartition(" ")[2] for joint in joints if " " in joint}
    words = alternatives({joint for joint in (*joints, *lasts) if joint[0].isalpha()})
    return re.compile(rf"\s(?P<joint>{words})\s|\s?[:=–—]\s?|\s\(")
