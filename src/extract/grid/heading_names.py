"""Which goal a heading names: behind a lead-in word, or as the heading itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from styrmatt.extract.headers.header_words import HeaderWords
from styrmatt.layout import Headings
from styrmatt.swedish.publishers import publisher_names
from styrmatt.whitespace import single_spaced, squeeze

_NUMBER = re.compile(
    r"^\s*(?:\d+(?:\.\d+)*[.)]?|[^\W\d_a-z]{1,3}[. ]?\d+(?:\.\d+)*[.):]?|[^\W\d_a-z][.)])"
    r"\s+(?=[^\W\d_])"
)
"""The number of a section or goal before its name."""
_NUMBERED_WORD = re.compile(
    r"^\s*[^\W\d_a-z][^\W\d_]{3,}\s+\d{1,2}(?:\.\d+)*(?:\s*[.:]|\s+[–—-])\s+(?=[^\W\d_a-z])"
)
"""Whatever word a report has for a level of its goals, with the number of one, before its name.
Numbers of more digits are years."""
_ORDINAL = re.compile(r"^\s*(?:nr\.?\s*)?\d+(?:\.\d+)*[a-z]?\s*(?=[:.–-]|\s)")
_LETTER = re.compile(r"^\s*[^\W\d_][:.)]\s+(?=[^\W\d_])")
"""The letter of a goal before its name."""
_SEPARATOR = re.compile(r"^\s*[:–—-]\s*")
_SUFFIX = 7
"""Letters from which a word for a board may be the end of a compound: barnnämnden. Shorter ones end
names of goals, too, behind a word with a small letter: a safe municipality."""
_LIMITS = "<>≤≥="
"""Signs that begin targets, and no names."""
_QUOTES = '"”»'
_OWNER_LETTERS = 4
"""Letters of a word that says whose or which goal it is; shorter ones are no owners."""
_OWNER_WORDS = 3
"""Further words of the name of a unit or board at most."""
_PREPOSITION = 6
"""Letters at most of a preposition before it."""
_WORDS = re.compile(r"[^\W\d_]+")
_DATE_BEHIND = re.compile(
    r"(?<=[^\W\d_]),?\s+"
    r"(?:(?:19|20)\d\d-\d\d-\d\d|(?:\d{1,2}\s+)?(?P<month>[^\W\d_]+)\s+(?:19|20)\d\d)$"
)
"""A date behind the name of a board: when it met, or decided on the report."""

Level = Literal["goal", "area", "lower", "factor", "perspective"]


@dataclass(frozen=True)
class NamedGoal:
    """The name that a heading gives to a goal, or to what stands above or below goals.

    A goal of a lower level, as one of a board, is ``lower``; a success factor is none.
    """

    level: Level
    name: str
    is_requirement: bool = False
    """Whether it says what has to be reported, which names a goal where nothing else does."""


@dataclass(frozen=True)
class HeadingNames:
    """Reads headings by a layout's lead-in words, and by words that name no goal."""

    words: HeaderWords
    headings: Headings

    def named(self, text: str) -> NamedGoal | None:
        """What a heading names behind a lead-in word and its number."""
        text = self._without_owner(with_lead(text))
        best: tuple[int, NamedGoal] | None = None
        for level, leads in self._leads:
            for lead in leads:
                if not text.casefold().startswith(lead):
                    continue
                alone = lead != self._shortest or _in_capitals(text, len(lead))
                name = _behind(text[len(lead) :], alone=alone)
                if name and name[0] in _LIMITS:
                    continue  # a target: "Goal 2023: ≥ 77 %"
                if name and (best is None or len(lead) > best[0]):
                    asks = lead in self.words.words.headings.requirements
                    is_factor = level == "lower" and not self.words.ends_in_goal(lead)
                    best = (len(lead), NamedGoal("factor" if is_factor else level, name, asks))
        return best[1] if best else self._behind_any_lead(text)

    def _behind_any_lead(self, text: str) -> NamedGoal | None:
        """What stands behind words that end in one for a goal, whoever's goal they say it is."""
        found = None if self.headings.only else self._any_lead.match(text)
        if found is None or not found["name"].lstrip(_QUOTES)[0].isupper():
            return None
        owners = [word.casefold().removesuffix("s") for word in _WORDS.findall(found["lead"])[:-1]]
        of_board = any(word.endswith(self.words.words.headings.bodies) for word in owners)
        return NamedGoal("lower" if of_board else "goal", found["name"])

    def _without_owner(self, text: str) -> str:
        """A heading without the unit or board whose goal it is: "Enhetsmål IT: Snabb hjälp".

        That is a name of a few words, perhaps behind a preposition, up to a colon.
        """
        found = self._owner.match(text)
        if found is None or not (found["owner"][0].isupper() and found["name"][0].isupper()):
            return text
        return f"{found['lead']}: {text[found.start('name') :]}"

    @cached_property
    def _owner(self) -> re.Pattern[str]:
        words = self.words.words.headings
        owners = "|".join(map(re.escape, words.owners)) or r"(?!)"
        leads = "|".join(map(re.escape, words.leads)) or r"(?!)"
        owner = rf"[\w&/-]+(?:\s+[\w&/-]+){{0,{_OWNER_WORDS}}}?"
        preposition = rf"(?:\s+[^\W\d_A-Z]{{1,{_PREPOSITION}}})?"
        return re.compile(
            rf"(?P<lead>(?i:(?:{owners})\w*\s?(?:{leads}))){preposition}\s+(?P<owner>{owner})\s*:"
            rf"\s+[{_QUOTES}]?(?P<name>[^\W\d_])"
        )

    @cached_property
    def _any_lead(self) -> re.Pattern[str]:
        leads = "|".join(map(re.escape, self.words.words.headings.leads)) or r"(?!)"
        before = rf"(?:[\w-]{{{_OWNER_LETTERS},}}\s+){{0,2}}"
        return re.compile(
            rf"(?P<lead>{before}[\w-]*(?i:{leads}))"
            r"(?:(?:\s+\d+(?:\.\d+)*)?(?:\s*:|\s+[–—-])|\s+\d{1,2}(?:\.\d+)*\.?)\s+"
            rf"(?P<name>[{_QUOTES}]?[^\W\d_].*)"
        )

    def is_generic(self, text: str) -> bool:
        """Whether a heading says only what kind of text follows, or names a board."""
        text = plain_name(text)
        if squeeze(text) in self._own_generic:
            return True
        if (date := _DATE_BEHIND.search(text)) and self._is_month(date["month"]):
            text = text[: date.start()]
        printed = _WORDS.findall(text)
        found = [word.casefold() for word in printed]
        of_all = len(found) > 1 and found[0] in self.words.words.headings.every
        if all(word in self._generic for word in found[of_all:]):
            return True
        if any(self._is_title(word) for word in found):
            return True
        last, bodies = found[-1].removesuffix("s"), self.words.words.headings.bodies
        is_named = len(printed) < 2 or not printed[-2][0].islower()
        return any(
            last == body and is_named
            if last == body or len(body) < _SUFFIX
            else last.endswith(body)
            for body in bodies
        )

    def _is_title(self, word: str) -> bool:
        """Whether a word is one for a report or chapter, or a compound with one."""
        said = self.words.words.headings
        return word in said.titles or (
            word.endswith(said.title_endings) and word not in said.title_endings
        )

    def _is_month(self, word: str | None) -> bool:
        """Whether a word is a month; so is what stands for none, in a date of figures."""
        return word is None or word.casefold() in self.words.words.headings.months

    def is_wish(self, text: str) -> bool:
        """Whether a heading without a lead-in word is worded as a goal: somebody shall do it."""
        wishes = self.words.words.headings.wishes
        return any(word in wishes for word in _small_words(text)[1:]) and self._is_bare(text)

    def is_promise(self, text: str) -> bool:
        """Whether a heading without a lead-in word says what somebody does, in the present."""
        said, words = self.words.words.headings, _small_words(text)
        promised = len(words) > 1 and words[0] in said.promisers and words[1].endswith(said.present)
        return promised and self._is_bare(text)

    def is_statement(self, text: str) -> bool:
        """Whether a heading without a lead-in word says how things are, in a whole sentence.

        One worded as a promise is none: how many of these there are a text has to say.
        """
        verbs, words = self.words.words.headings.states, _small_words(text)
        said = any(word in verbs for word in words[1:-1]) and not self.is_promise(text)
        return said and self._is_bare(text)

    def is_of_goals(self, text: str) -> bool:
        """Whether a heading ends in a noun for goals, as one above several goals does."""
        words = _small_words(text)
        return bool(words) and words[-1].endswith(self.words.words.headings.counted)

    def _is_bare(self, text: str) -> bool:
        """Whether a heading has no lead-in word, and says more than what kind of text follows."""
        return self.named(text) is None and not self.is_generic(text)

    def is_caption(self, text: str) -> bool:
        """Whether a heading is the caption of a table or picture: a word for one, and a number."""
        first, *rest = text.split(maxsplit=2)[:2] or [""]
        is_first = first.casefold() in self.words.words.headings.captions
        return is_first and any(word[:1].isdecimal() for word in rest)

    def may_be_bare(self, text: str) -> bool:
        """Whether the layout lets a heading without lead-in words name a goal."""
        return self.headings.bare and (not self.headings.numbered or plain_name(text) != text)

    def is_group(self, text: str) -> bool:
        """Whether a heading names a group of goals, and no goal of its own."""
        groups = {squeeze(group) for group in self.words.words.headings.groups}
        return squeeze(plain_name(text)) in groups

    def is_area_among_others(self, text: str) -> bool:
        """Whether a heading is a general word that names an area where others do beside it.

        So may words with a body's name at their end: "Tidy administration" says how it is, where
        a body's own name says whose it is, or is a word for just that one.
        """
        areas = {squeeze(area) for area in self.words.words.headings.areas}
        is_area = squeeze(plain_name(text)) in areas or self._describes_body(plain_name(text))
        return is_area and self.may_be_bare(single_spaced(text))

    def _describes_body(self, text: str) -> bool:
        """Whether a heading is a word that describes, and a body's common noun behind it."""
        found = text.split()
        if len(found) != len(("describing", "noun")) or not all(map(str.isalpha, found)):
            return False
        first, noun = found
        kinds = self.words.words.headings.kinds_of_body
        is_own = first.endswith("s") or first.casefold() in self.words.words.headings.of_bodies
        return noun in kinds and not is_own and publisher_names().bare(first) is None

    @cached_property
    def _leads(self) -> tuple[tuple[Level, tuple[str, ...]], ...]:
        patterns: tuple[tuple[Level, tuple[str, ...]], ...] = (
            ("lower", self.headings.success_factor),
            ("goal", self.headings.goal),
            ("area", self.headings.area),
            ("perspective", self.headings.perspective),
        )
        return tuple((level, tuple(filter(None, map(_lead, texts)))) for level, texts in patterns)

    @cached_property
    def _own_generic(self) -> frozenset[str]:
        return frozenset(squeeze(heading) for heading in self.headings.generic)

    @cached_property
    def _shortest(self) -> str:
        """The shortest lead-in word, behind which a name needs a colon: it begins names, too."""
        return min((lead for _, leads in self._leads for lead in leads), key=len, default="")

    @cached_property
    def _generic(self) -> frozenset[str]:
        leads = (word for _, group in self._leads for lead in group for word in lead.split())
        nouns = self.words.words.grammar.nouns
        measures = frozenset(nouns.get("measure", ())).difference(nouns.get("goal", ()))
        return self.words.words.headings.no_names.union(leads, measures)


def _lead(pattern: str) -> str:
    """The lead-in words of a heading's pattern; empty where it is the name alone."""
    return pattern.partition("{name}")[0].strip().rstrip(":").casefold()


def with_lead(text: str) -> str:
    """A heading's text, single-spaced, without the number before it, but with words that lead."""
    return _NUMBER.sub("", single_spaced(text))


def plain_name(text: str) -> str:
    """A heading's text, single-spaced, without the number before it, or a word with one."""
    return without_number(single_spaced(text))


def without_number(text: str) -> str:
    """A goal's name as printed, with its line breaks, without its number or a word with one."""
    return _NUMBERED_WORD.sub("", _NUMBER.sub("", text))


def _in_capitals(text: str, length: int) -> bool:
    """Whether the first letters of a text are capitals, and the words behind them are not."""
    lead, rest = text[:length], text[length:]
    return lead.isupper() and not rest.isupper() and len(rest.split()) > 1


def _behind(rest: str, *, alone: bool) -> str | None:
    """The name behind a lead-in: after a colon or dash, or after an ordinal or a letter.

    ``alone``: a capital is enough, after a space.
    """
    if letter := _LETTER.match(rest):
        return rest[letter.end() :].strip()
    if alone and rest[:1] == " " and rest.strip()[:1].isupper():
        return rest.strip()
    if found := _SEPARATOR.match(rest):
        return rest[found.end() :].strip() or None
    if ordinal := _ORDINAL.match(rest):
        behind = rest[ordinal.end() :]
        if found := _SEPARATOR.match(behind):
            return behind[found.end() :].strip() or None
        name = behind.lstrip(" .").strip()
        return name if squeeze(name) and not name[0].isdecimal() else None
    return None


def _small_words(text: str) -> list[str]:
    """The words of a heading without its number, in small letters."""
    return [word.casefold() for word in _WORDS.findall(plain_name(text))]
