"""Whether a pattern of a rule file is one that spaCy takes, said in the words of the file.

Each function raises LayoutFileError with the place in the file and the reason. Nothing of spaCy is
needed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from styrmatt.errors import LayoutFileError
from styrmatt.toml_records import suggestion

_TEXTS: Final = ("LOWER", "TEXT", "LEMMA", "ENT_TYPE", "ENT_ID", "TAG", "POS", "DEP", "MORPH")
_FLAGS: Final = ("IS_SENT_START", "IS_PUNCT", "IS_ALPHA")
_ATTRIBUTES: Final = (*_TEXTS, *_FLAGS)
_OPERATOR: Final = re.compile(r"[!?+*]|\{(?P<n>\d+)(?:,(?P<m>\d*))?\}|\{,\d+\}")
_SETS: Final = ("IN", "NOT_IN")
_OF_FEATURES: Final = ("IS_SUBSET", "IS_SUPERSET", "INTERSECTS")
"""What may be asked of a set of features, besides."""
_FIRST_NODE: Final = ("RIGHT_ID", "RIGHT_ATTRS")
_NODE: Final = ("LEFT_ID", "REL_OP", *_FIRST_NODE)
_RELATIONS: Final = (
    *("<", ">", "<<", ">>", ".", ".*", ";", ";*", "$+", "$-", "$++", "$--"),
    *(">+", ">-", ">++", ">--", "<+", "<-", "<++", "<--"),
)
"""The operators of spaCy's DependencyMatcher."""


def check_token(token: object, where: str) -> None:
    """Check a token of a pattern: attributes with their values, and OP."""
    if not isinstance(token, Mapping):
        raise LayoutFileError(f'{where}: a token must be a table such as {{ LOWER = "i" }}.')
    operator = token.get("OP", "+")
    found = _OPERATOR.fullmatch(operator) if isinstance(operator, str) else None
    if found is None:
        raise LayoutFileError(f"{where}: OP is {operator!r}, not one of ! ? + * {{n,m}}.")
    if found["m"] and int(found["n"]) > int(found["m"]):
        raise LayoutFileError(f"{where}: OP is {operator!r}, whose first number is the larger.")
    for attribute, value in token.items():
        if attribute != "OP":
            _check_attribute(attribute, value, where, (*_ATTRIBUTES, "OP"))


def check_nodes(nodes: Sequence[object], where: str) -> None:
    """Check a pattern of a dependency rule: its first token, then each by an earlier one."""
    known: list[str] = []
    for number, node in enumerate(nodes, 1):
        place = f"{where}, token {number}"
        keys = _NODE if known else _FIRST_NODE
        if not isinstance(node, Mapping):
            raise LayoutFileError(f"{place} must be a table with {', '.join(keys)}.")
        for key in node:
            if key not in keys:
                raise LayoutFileError(f"{place}: unknown key {key!r}; {suggestion(key, keys)}")
        for key in keys:
            if key not in node:
                raise LayoutFileError(f"{place} needs {key}.")
        _check_node(node, known, place)
        known.append(node["RIGHT_ID"])


def _check_node(node: Mapping[str, Any], known: Sequence[str], where: str) -> None:
    name, attributes = node["RIGHT_ID"], node["RIGHT_ATTRS"]
    if not isinstance(name, str) or not name or name in known:
        raise LayoutFileError(f"{where}: RIGHT_ID must be a name that no earlier token has.")
    if known:
        if node["LEFT_ID"] not in known:
            raise LayoutFileError(
                f"{where}: LEFT_ID {node['LEFT_ID']!r} is no earlier token; "
                + suggestion(str(node["LEFT_ID"]), known)
            )
        if node["REL_OP"] not in _RELATIONS:
            raise LayoutFileError(
                f"{where}: REL_OP is {node['REL_OP']!r}, not one of {' '.join(_RELATIONS)}."
            )
    if not isinstance(attributes, Mapping):
        raise LayoutFileError(f'{where}: RIGHT_ATTRS must be a table such as {{ DEP = "obj" }}.')
    for attribute, value in attributes.items():
        _check_attribute(attribute, value, where, _ATTRIBUTES)


def _check_attribute(attribute: str, value: object, where: str, known: Sequence[str]) -> None:
    if attribute not in _ATTRIBUTES:
        raise LayoutFileError(
            f"{where}: unknown attribute {attribute!r}; {suggestion(attribute, known)}"
        )
    if attribute in _FLAGS:
        if not isinstance(value, bool):
            raise LayoutFileError(f"{where}: {attribute} must be true or false.")
        return
    for text in _texts(attribute, value, where):
        if not isinstance(text, str):
            raise LayoutFileError(f"{where}: {attribute} must be a text, not {text!r}.")
        if attribute in ("LOWER", "LEMMA") and text != text.lower():
            raise LayoutFileError(f"{where}: {attribute} is in small letters, not {text!r}.")


def _texts(attribute: str, value: object, where: str) -> Sequence[object]:
    """The texts that a value lists; none for a regular expression, which is checked here."""
    if not isinstance(value, Mapping):
        return [value]
    ((kind, inner),) = value.items() if len(value) == 1 else ((None, None),)
    if kind == "REGEX" and isinstance(inner, str):
        try:
            re.compile(inner)
        except (re.error, OverflowError, RecursionError) as error:
            raise LayoutFileError(
                f"{where}: {inner!r} is not a regular expression: {error}."
            ) from error
        return []
    sets = (*_SETS, *_OF_FEATURES) if attribute == "MORPH" else _SETS
    if kind not in sets or not isinstance(inner, list) or not inner:
        known = ", ".join(sets)
        raise LayoutFileError(f"{where}: {attribute} must be a text, {known} or REGEX.")
    return inner
