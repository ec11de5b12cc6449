"""What a header says whose words no list has as they stand: by its noun and the words around it.

A header is a noun with what describes it: "reported outcome", "outcome of the whole year". The noun
stands alone or ends a compound. What is before it is an adjective, or the name of somebody in the
genitive; some adjectives make another thing of it, as a wished value is a target.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

FORECAST: Final = "forecast"
STATUS: Final = "status"
TARGET: Final = "target"
AREA: Final = "area"
_DEGREE: Final = frozenset({"fulfilment", STATUS})
_AIMS: Final = frozenset({TARGET, "goal"})
_NAMED: Final = frozenset({"goal", "measure"})
_MOST_WORDS = 6
"""Words of the longest header that is read so: more are a sentence."""
_MOST_LED = 4
"""Words at most that a preposition leads to."""
_FIGURE = re.compile(r"\d(?<!(?:19|20)\d\d)(?!\d)")
"""The end of a figure that is no year: no header has one, the row below it does."""
_GENITIVE = "s"
"""The end of a place's name that describes others: "the municipalities of the county"."""
_FEWEST_BEFORE = 2
"""Letters at least of the first part of a compound."""
_WORD = re.compile(r"[^\W\d_]+(?:[-–:][^\W\d_]+)*\.?")


@dataclass(frozen=True)
class GrammarWords:
    """The words by which headers are understood that no list has."""

    nouns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By role, nouns that mean it, in all forms; compounds that end with one do, too. Of one with
    a hyphen before it only the compounds do."""
    firsts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By role, first parts of compounds that make another role of a noun for a value."""
    makers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By role, beginnings of adjectives that do the same."""
    reached: tuple[str, ...] = ()
    """Beginnings of participles behind a target or goal that make a status of it: "reached"."""
    endings: tuple[str, ...] = ()
    """Endings of adjectives, participles and genitives."""
    words: tuple[str, ...] = ()
    """Words besides that say nothing on the role: "how", "latest"."""
    leads: tuple[str, ...] = ()
    """Prepositions: with what follows they say more on the noun before them."""
    movements: tuple[str, ...] = ()
    """Nouns for a change, of which other words make a target: "wanted change"."""
    degrees: tuple[str, ...] = ()
    """Nouns for a degree, which behind a participle of ``reached`` is one of fulfilment."""
    open_values: tuple[str, ...] = ()
    """Nouns for a value that alone may be one to reach as well: "level"."""
    values: tuple[str, ...] = ()
    """Roles of nouns for a value, of which other words make a target, forecast or earlier value."""
    extremes: tuple[str, ...] = ()
    """Of the ``makers`` of a target those that may mean the least or most of several values."""
    whole_years: tuple[str, ...] = ()
    """First parts of a noun for an assessment that may be one in figures: of the whole year."""
    planned: tuple[str, ...] = ()
    planned_by: tuple[str, ...] = ()
    """Endings of words for plans, and the words that lead to one behind a noun for a value: what
    the plan says is a target, "level by budget"."""
    belongs: tuple[str, ...] = ()
    """Verbs and participles before a noun for a goal: the goal to which a row belongs."""
    asks: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    """Words before a noun for a goal or measure and verbs behind it that make it the row's name:
    "what the goal is about"."""
    verbs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Words of headers without a noun: of a ``wish`` ("shall"), of what is expected (``expect``),
    infinitives of reaching (``reach``) and of being (``be``), the word before a bare infinitive
    (``to``), and words that may stand beside these (``beside``)."""


@dataclass(frozen=True)
class Said:
    """What a header says by its noun."""

    roles: frozenset[str]
    first: str
    """The first part of the noun, where it is a compound."""
    behind: str
    """What stands behind it, where nothing else says what that is about."""
    extreme: str = ""
    """The word that makes a target of a noun for a value, or the least or most of several."""


@dataclass(frozen=True)
class HeaderGrammar:
    """Reads headers by the words of one language."""

    words: GrammarWords
    known: Callable[[str], bool] = lambda text: False
    """Whether words that may follow a noun are known: a year, a period, a unit."""
    is_time: Callable[[str], bool] = lambda text: False
    """Whether words say when or in what unit, and no more: a year, a part of it."""
    is_other: Callable[[str], bool] = lambda word: False
    """Whether a word heads a column of something else than what results are held against."""

    def read(self, text: str) -> Said | None:
        """What a header says; None where no noun of it is known, or another word is not."""
        found = list(_WORD.finditer(text.casefold()))
        if not 0 < len(found) <= _MOST_WORDS:
            return None
        if (verbs := self._verbs(text)) is not None:
            return verbs
        if roles := self._of_rows([word[0] for word in found], text):
            return Said(roles, "", "")
        genitives = 0
        for n, word in enumerate(found):
            describing = [one[0] for one in found[:n]]
            if (made := self._made(word[0], describing)) is not None:
                behind = text[word.end() :].strip()
                return Said(made, "", behind) if self._is_known(behind) else None
            if (named := self._noun(word[0])) is not None:
                noun, first = named
                behind = text[word.end() :].strip()
                roles = self._roles(noun, first, describing)
                if self._is_planned(roles, behind):
                    return Said(frozenset({TARGET}), first, "")
                if genitives and roles != {AREA}:
                    return None
                if self._is_of_others(roles, behind):
                    return Said(frozenset({AREA}), first, "")
                if self._is_reached(roles, behind):
                    return Said(frozenset({STATUS}), first, "")
                if (verbs := self._verbs(behind)) is not None:
                    return self._with_verbs(roles, verbs)
                extreme = self._extreme(noun, describing) if roles == {TARGET} else ""
                return Said(roles, first, behind, extreme) if self._is_known(behind) else None
            if not self._describes(word[0]):
                if not word[0].endswith(_GENITIVE):
                    return None
                genitives += 1
        return None

    def _of_rows(self, words: Sequence[str], text: str) -> frozenset[str]:
        """The role of a header that says of its row to which goal it belongs, or what it is about.

        Empty for others.
        """
        first, *middle, last = words if len(words) > 1 else ("", "")
        if not first or _FIGURE.search(text):
            return frozenset()
        known = (*self.words.leads, *self.words.verbs.get("to", ()))
        named = self._noun(last)
        if first in self.words.belongs and named is not None:
            rest = all(w in known or w.endswith(_GENITIVE) or self._describes(w) for w in middle)
            return self._by_noun[named[0]] & {"goal"} if rest else frozenset()
        if first in self.words.asks and last in self.words.about and len(middle) == 1:
            about = self._noun(middle[0])
            roles = self._by_noun[about[0]] if about is not None else frozenset()
            return frozenset({"measure", *(roles & {"goal"})}) if roles & _NAMED else frozenset()
        return frozenset()

    def is_planned(self, text: str) -> bool:
        """Whether a header is a noun for a value with its plan behind it: a target."""
        found = list(_WORD.finditer(text.casefold()))[:_MOST_WORDS]
        return any(
            (named := self._noun(word[0])) is not None
            and self._is_planned(self._by_noun[named[0]], text[word.end() :])
            for word in found
        )

    def _is_planned(self, roles: frozenset[str], behind: str) -> bool:
        """Whether a noun for a value has behind it by which plan it is so."""
        lead, *words = _WORD.findall(behind.casefold()) or [""]
        if roles.isdisjoint(self.words.values) or lead not in self.words.planned_by or not words:
            return False
        return words[-1].endswith(self.words.planned) and all(map(self._describes_plan, words[:-1]))

    def _describes_plan(self, word: str) -> bool:
        return self._describes(word) or word.endswith(_GENITIVE)

    def _is_of_others(self, roles: frozenset[str], behind: str) -> bool:
        """Whether what stands behind a noun says that its values are those of others."""
        if roles.isdisjoint(self.words.values):
            return False
        nouns = (self._noun(word) for word in _WORD.findall(behind.casefold()))
        return any(noun is not None and self._by_noun[noun[0]] == {AREA} for noun in nouns)

    def _verbs(self, text: str) -> Said | None:
        """What words say that are a wish or what is expected, and no more: "to reach 2025"."""
        said: set[str] = set()
        end = 0
        for word in _WORD.finditer(text.casefold()):
            kinds = self._kinds.get(word[0], frozenset())
            if not kinds or text[end : word.start()].strip():
                break
            said |= kinds
            end = word.end()
        behind = text[end:].strip(" ?\n")
        roles = _role_of_verbs(said)
        if not roles or (behind and not self.is_time(behind)):
            return None
        return Said(roles, "", behind)

    @cached_property
    def _kinds(self) -> Mapping[str, frozenset[str]]:
        found: dict[str, set[str]] = {}
        for kind, words in self.words.verbs.items():
            for word in words:
                found.setdefault(word, set()).add(kind)
        return {word: frozenset(kinds) for word, kinds in found.items()}

    def _with_verbs(self, roles: frozenset[str], verbs: Said) -> Said | None:
        """What a noun says with a wish behind it: a value is a target then, a goal stays one."""
        if not roles.isdisjoint(self.words.values):
            made = verbs.roles - {STATUS} if FORECAST in verbs.roles else frozenset({TARGET})
            return replace(verbs, roles=made)
        return replace(verbs, roles=roles) if roles & _AIMS and TARGET in verbs.roles else None

    @cached_property
    def _by_noun(self) -> Mapping[str, frozenset[str]]:
        found: dict[str, set[str]] = {}
        for role, nouns in self.words.nouns.items():
            for noun in nouns:
                found.setdefault(noun, set()).add(role)
        return {noun: frozenset(roles) for noun, roles in found.items()}

    @cached_property
    def _longest_first(self) -> tuple[str, ...]:
        return tuple(sorted(self._by_noun, key=lambda noun: (-len(noun), noun)))

    @cached_property
    def _ends(self) -> tuple[str, ...]:
        return tuple(noun.lstrip("-") for noun in self._longest_first)

    def _noun(self, word: str) -> tuple[str, str] | None:
        """The longest noun that a word is, or ends with, and the first part of the compound."""
        if not word.endswith(self._ends):
            return None
        for noun in self._longest_first:
            last = noun.lstrip("-")
            first = word[: -len(last)]
            is_compound = len(first) >= _FEWEST_BEFORE
            if word.endswith(last) and (is_compound or (not first and last == noun)):
                return noun, first.rstrip("-–")
        return None

    def _describes(self, word: str) -> bool:
        return word in self.words.words or word.endswith(self.words.endings)

    def _roles(self, noun: str, first: str, describing: Sequence[str]) -> frozenset[str]:
        """The roles of a noun with the first part of its compound and the words before it."""
        roles = self._by_noun[noun]
        if roles >= {FORECAST, STATUS} and first and first not in self.words.whole_years:
            roles -= {FORECAST}  # what is assessed is no value: a risk
        if roles.isdisjoint(self.words.values):
            return roles
        made = {role for role, parts in self.words.firsts.items() if first in parts}
        for word in describing:
            made |= {role for role, stems in self.words.makers.items() if word.startswith(stems)}
        if FORECAST in made:
            return frozenset({FORECAST})
        return frozenset(made) or roles

    def _extreme(self, noun: str, describing: Sequence[str]) -> str:
        """The one word before a noun for a value that may mean the least or most of several."""
        of_value = not self._by_noun[noun].isdisjoint(self.words.values)
        makers = self.words.makers.get(TARGET, ())
        made = [stem for word in describing for stem in makers if word.startswith(stem)]
        return made[0] if of_value and len(made) == 1 and made[0] in self.words.extremes else ""

    def _made(self, word: str, describing: Sequence[str]) -> frozenset[str] | None:
        """The roles of a noun that only the words before it make one of: a wanted change."""
        wanted = self.words.makers.get(TARGET, ())
        if word in self.words.movements and any(one.startswith(wanted) for one in describing):
            return frozenset({TARGET})
        reached = self.words.reached
        if word in self.words.degrees and any(one.startswith(reached) for one in describing):
            return _DEGREE
        return None

    def _is_reached(self, roles: frozenset[str], behind: str) -> bool:
        word = _WORD.match(behind.casefold())
        return word is not None and bool(roles & _AIMS) and word[0].startswith(self.words.reached)

    def _is_known(self, behind: str) -> bool:
        """Whether what follows a noun is known, or a preposition leads to a few words more."""
        if not behind or self.known(behind):
            return True
        lead, *words = _WORD.findall(behind.casefold()) or [""]
        return (
            lead in self.words.leads
            and 0 < len(words) <= _MOST_LED
            and not _FIGURE.search(behind)
            and not any(self.is_other(word) for word in words)
        )


def _role_of_verbs(said: set[str]) -> frozenset[str]:
    """The roles that kinds of verbs together mean; none where they say no wish or expectation."""
    has_infinitive = bool(said & {"reach", "be"})
    if "expect" in said and has_infinitive:
        return frozenset({FORECAST}) if "reach" not in said else frozenset({FORECAST, STATUS})
    is_wish = has_infinitive if "wish" in said else {"to", "reach"} <= said
    return _AIMS if is_wish else frozenset()
