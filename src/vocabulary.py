"""The words by which running text is read: part of a vocabulary, see :mod:`styrmatt.layout`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class StatementWords:
    """How sentences say whether a goal was reached, and how many were; ``statements`` reads them.

    Lists hold words or phrases. ``achieved`` are the verb forms that say so; what stands in the
    same clause turns them round (``negations``), weakens them (``partly``, ``wholly`` when denied)
    or leaves open what is so (``hedges``, ``forecasts``).
    """

    abbreviations: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()
    goal_pronouns: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    counted_adjectives: tuple[str, ...] = ()
    achieved: tuple[str, ...] = ()
    auxiliaries: tuple[str, ...] = ()
    negations: tuple[str, ...] = ()
    partly: tuple[str, ...] = ()
    wholly: tuple[str, ...] = ()
    hedges: tuple[str, ...] = ()
    forecasts: tuple[str, ...] = ()
    deniable_forecasts: tuple[str, ...] = ()
    judged: tuple[str, ...] = ()
    overall: tuple[str, ...] = ()
    unassessable: tuple[str, ...] = ()
    made: tuple[str, ...] = ()
    unassessed: tuple[str, ...] = ()
    whether: tuple[str, ...] = ()
    breaks: tuple[str, ...] = ()
    instead: tuple[str, ...] = ()
    regards: tuple[str, ...] = ()
    periods: tuple[str, ...] = ()
    specifics: tuple[str, ...] = ()
    fulfilment: tuple[str, ...] = ()
    fulfilment_degrees: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    all: tuple[str, ...] = ()
    none: tuple[str, ...] = ()
    of: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()


@dataclass(frozen=True)
class CheckWords:
    """Words by which ``styrmatt check`` compares what a report says with its tables."""

    target_leads: tuple[str, ...] = ()
    not_targets: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    reaches: tuple[str, ...] = ()
    common: tuple[str, ...] = ()


@dataclass(frozen=True)
class SeriesWords:
    """Words by which names of measures and goals are compared over the years.

    What is in none of the lists counts: it makes another definition where one name lacks it.
    """

    light: tuple[str, ...] = ()
    bounds: tuple[str, ...] = ()
    relations: tuple[str, ...] = ()
    alternatives: tuple[str, ...] = ()
    opposites: Mapping[str, str] = field(default_factory=dict)
    rigid: tuple[str, ...] = ()
    explanations: tuple[str, ...] = ()
    scopes: tuple[str, ...] = ()
    endings: tuple[str, ...] = ()
    joints: tuple[str, ...] = ()
    phrases: Mapping[str, str] = field(default_factory=dict)
    quantities: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unsaid: tuple[str, ...] = ()
    sexes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    young: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    young_as: str = ""
    directions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    same: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
