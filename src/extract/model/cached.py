"""Attributes of a page or line that are computed when first used."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar, overload

T = TypeVar("T")
Owner = TypeVar("Owner")


class cached_attribute(Generic[Owner, T]):
    """A property that is computed once per object, like :class:`functools.cached_property`.

    Until Python 3.12 that one takes a lock on every first access, which costs more than most of
    what is computed here, for some thousand lines of each report. One thread reads a page, so no
    lock is needed. To be replaced by functools' when 3.11 is no longer supported.
    """

    def __init__(self, compute: Callable[[Owner], T]) -> None:
        self._compute = compute
        self.__doc__ = compute.__doc__

    def __set_name__(self, owner: type[Owner], name: str) -> None:
        self._name = name

    @overload
    def __get__(self, instance: None, owner: type[Owner]) -> cached_attribute[Owner, T]: ...

    @overload
    def __get__(self, instance: Owner, owner: type[Owner]) -> T: ...

    def __get__(self, instance: Owner | None, owner: type[Owner]) -> T | cached_attribute[Owner, T]:
        if instance is None:
            return self
        value = instance.__dict__[self._name] = self._compute(instance)
        return value
