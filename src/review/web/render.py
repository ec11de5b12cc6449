"""Views as HTML and as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from styrmatt.export.formats.cells import escape_formula, list_text, number_text
from styrmatt.review.messages import LANGUAGES, Messages, language_of_reports
from styrmatt.review.views.view import PageView, Table
from styrmatt.review.web.addresses import Addresses
from styrmatt.review.web.guard import SITE_POLICY

if TYPE_CHECKING:
    import jinja2


@dataclass(frozen=True, slots=True)
class Frame:
    """What is around every view."""

    say: Messages
    to: Addresses
    here: str
    """The name of the view."""
    about: tuple[str, ...] = ()
    """The ids that stand in its address."""
    rest: Mapping[str, str] = field(default_factory=dict)
    """The query of its address."""
    write_token: str = ""
    """What a form needs to write; empty where nothing can be written."""
    who: str = ""
    """The role in which the person at the screen decides."""

    @property
    def address(self) -> str:
        """The address of the view itself."""
        return self.to(self.here, *self.about, **self.rest)


def as_html(view: PageView, frame: Frame) -> str:
    """The view as a page. All values are escaped."""
    template = _environment().get_template(view.template)
    return template.render(
        view=view,
        t=frame.say,
        to=frame.to,
        frame=frame,
        languages=LANGUAGES,
        reports_language=language_of_reports(),
        site_policy=SITE_POLICY,
        **view.values,
    )


def load_templates(names: Sequence[str] = ()) -> None:
    """Compile templates, those named or all, which takes a tenth of a second for the longest."""
    environment = _environment()
    for name in names or environment.list_templates(extensions=["j2"]):
        environment.get_template(name)


def as_csv(table: Table) -> bytes:
    """The rows for spreadsheets with Swedish settings: semicolons, byte order mark, comma."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(table.header)
    writer.writerows([_cell(value) for value in row] for row in table.rows)
    return text.getvalue().encode("utf-8-sig")


@lru_cache(maxsize=1)
def _environment() -> jinja2.Environment:
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("styrmatt", "review/templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["capitalize_first"] = lambda text: text[:1].upper() + text[1:]
    environment.filters["with_fields"] = _with_fields
    return environment


def _with_fields(text: str, say: Messages) -> Any:
    """A text that names columns between backticks, with their words in their place."""
    from markupsafe import Markup, escape

    words = [
        Markup("<b>{}</b>").format(say.word("field", part)) if number % 2 else escape(part)
        for number, part in enumerate(text.split("`"))
    ]
    return Markup("").join(words)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return escape_formula(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return number_text(value, ",")
    if isinstance(value, list | tuple):
        return escape_formula(list_text(list(value)))
    return str(value)
