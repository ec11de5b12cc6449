"""The server: answers the browser of one person with views, pictures and CSV."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping
from importlib import resources
from typing import Any, Final
from urllib.parse import parse_qsl

from styrmatt.errors import StyrmattError
from styrmatt.review.messages import LANGUAGES, Messages, messages, preferred
from styrmatt.review.pictures.page_images import WIDTHS
from styrmatt.review.views.charts import chart_svg
from styrmatt.review.views.view import NotFoundError, PageView, Workspace
from styrmatt.review.web import decide
from styrmatt.review.web.addresses import ServerAddresses
from styrmatt.review.web.guard import HEADERS, LARGEST_FORM, Guard
from styrmatt.review.web.render import Frame, as_csv, as_html
from styrmatt.review.web.routes import POSTS, VIEWS

_STATIC: Final = resources.files("styrmatt") / "review" / "static"
_KINDS: Final = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
_YEAR: Final = 31_536_000
"""Seconds for which a role or language is remembered."""
_PICTURE_AGE: Final = "private, max-age=3600"
"""A page of a source does not change: its address has the source's hash in the query."""
_CHART_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'"
"""A chart is a picture; no script runs in it, and its styles touch nothing else."""
Answer = Any
"""A response of Starlette."""


class ReviewApp:
    """Answers requests about one workspace under the rules of one guard."""

    def __init__(self, workspace: Workspace, guard: Guard, language: str | None = None) -> None:
        """``language`` overrides what the browser asks for."""
        self.workspace = workspace
        self.guard = guard
        self.language = language
        self._static = {file.name: file.read_bytes() for file in _STATIC.iterdir()}

    def asgi(self) -> Any:
        """The application for a server. Needs the extra ``review``."""
        from starlette.applications import Starlette
        from starlette.routing import Route

        routes = [
            Route("/image/{id}/{page}/{width}", self._guarded(self._image)),
            Route("/chart/{kind}/{id}/{theme}", self._guarded(self._chart)),
            Route("/static/{name}", self._guarded(self._static_file)),
            Route("/write/{action}", self._guarded(self._write), methods=["POST"]),
            Route("/language/{name}", self._guarded(self._choose_language), methods=["POST"]),
            Route("/{rest:path}", self._guarded(self._view)),
        ]
        return Starlette(routes=routes)

    def _guarded(self, answer: Callable[..., Answer]) -> Callable[[Any], Awaitable[Answer]]:
        """The answer, where the guard lets the request through."""
        from starlette.concurrency import run_in_threadpool

        async def respond(request: Any) -> Answer:
            refusal = self._refusal(request)
            if refusal is not None:
                return self._with_headers(refusal)
            form: dict[str, str] = {}
            if request.method == "POST":
                body = await _body(request)
                if body is None:
                    return self._with_headers(self._plain("This form is too large.", 413))
                form = dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
                if not self.guard.may_write(form.get("write_token")):
                    return self._with_headers(self._plain("This form is not one of ours.", 403))
            return self._with_headers(await run_in_threadpool(self._answer, answer, request, form))

        return respond

    def _refusal(self, request: Any) -> Answer | None:
        from starlette.responses import RedirectResponse

        host, origin = request.headers.get("host", ""), request.headers.get("origin")
        if not self.guard.is_own_host(host):
            return self._plain("This server is not known by that name.", 421)
        if origin is not None and not self.guard.is_own_origin(origin, host):
            return self._plain("Requests from other sites are not answered.", 403)
        if not self.guard.is_own_fetch(request.headers.get("sec-fetch-site")):
            return self._plain("Requests from other sites are not answered.", 403)
        if request.method == "POST" and origin is None:
            return self._plain("A form has to say where it comes from.", 403)
        token = request.query_params.get("token")
        if token is not None and request.method == "GET" and self.guard.opens(token):
            answer = RedirectResponse("/", 303)
            self._set_cookie(answer, self.guard.cookie, self.guard.session, None)
            return answer
        if not self.guard.knows(request.cookies.get(self.guard.cookie)):
            return self._plain("Open the address that styrmatt review has printed.", 401)
        return None

    def _answer(self, answer: Callable[..., Answer], request: Any, form: dict[str, str]) -> Answer:
        """What the function answers; errors as pages."""
        try:
            return answer(request, form) if form else answer(request)
        except NotFoundError:
            return self._error(request, "error.not_found", 404)
        except StyrmattError as error:
            return self._error(request, "error.failed", 500, str(error))
        except Exception as error:  # a defect: the page says so, and the terminal has the rest
            logging.getLogger(__name__).exception("%s failed", request.url.path)
            return self._error(request, "error.defect", 500, f"{type(error).__name__}: {error}")

    def _view(self, request: Any) -> Answer:
        say = self._messages(request)
        parts = [part for part in request.path_params["rest"].split("/") if part]
        name, about = (parts[0], parts[1:]) if parts else ("start", [])
        found = VIEWS.get(name)
        if found is None or len(about) not in found.about or (name == "start" and parts):
            raise NotFoundError(name)
        view = found.make(self.workspace, *about, dict(request.query_params), say)
        if request.query_params.get("format") == "csv" and view.table is not None:
            return self._csv(view)
        return self._html(request, view, say, here=(name, *about))

    def _write(self, request: Any, form: Mapping[str, str]) -> Answer:
        from starlette.responses import RedirectResponse

        action = POSTS.get(request.path_params["action"])
        if action is None:
            raise NotFoundError(request.path_params["action"])
        say = self._messages(request)
        who = (form.get("who") or "").strip() or self._who(request, say)
        done = action(self.workspace, {**form, "who": who}, say)
        if isinstance(done, PageView):
            about = (form.get("report", ""), form.get("item", ""))
            here = {"record.html.j2": ("record", *about), "links.html.j2": ("links",)}.get(
                done.template, ("queue",)
            )
            return self._html(request, done, say, status=409, here=here)
        answer = RedirectResponse(done, 303)
        self._set_cookie(answer, f"{self.guard.cookie}_who", _as_cookie(who), _YEAR)
        return answer

    def _choose_language(self, request: Any, form: Mapping[str, str]) -> Answer:
        from starlette.responses import RedirectResponse

        if request.path_params["name"] not in LANGUAGES:
            raise NotFoundError(request.path_params["name"])
        back = form.get("back", "/")
        answer = RedirectResponse(decide.own_path(back), 303)
        name = request.path_params["name"]
        self._set_cookie(answer, f"{self.guard.cookie}_language", name, _YEAR)
        return answer

    def _image(self, request: Any) -> Answer:
        from starlette.responses import Response

        parameters = request.path_params
        report = self.workspace.report(parameters["id"])
        page, width = parameters["page"], parameters["width"]
        if not (page.isascii() and page.isdecimal() and width in map(str, WIDTHS)):
            raise NotFoundError(page)
        picture = self.workspace.images.picture(report, int(page[:6]), int(width))
        if picture is None:
            raise NotFoundError(page)
        return Response(picture, media_type="image/png", headers={"Cache-Control": _PICTURE_AGE})

    def _chart(self, request: Any) -> Answer:
        from starlette.responses import Response

        parameters = request.path_params
        say = self._messages(request)
        svg = chart_svg(
            self.workspace, parameters["kind"], parameters["id"], parameters["theme"], say
        )
        headers = {"Content-Security-Policy": _CHART_POLICY}
        return Response(svg, media_type=_KINDS["svg"], headers=headers)

    def _static_file(self, request: Any) -> Answer:
        from starlette.responses import Response

        content = self._static.get(request.path_params["name"])
        if content is None:
            raise NotFoundError(request.path_params["name"])
        kind = _KINDS.get(request.path_params["name"].rpartition(".")[2], "text/plain")
        return Response(content, media_type=kind, headers={"Cache-Control": "private, max-age=60"})

    def _html(
        self,
        request: Any,
        view: PageView,
        say: Messages,
        status: int = 200,
        here: tuple[str, ...] = ("start",),
    ) -> Answer:
        from starlette.responses import HTMLResponse

        frame = Frame(
            say=say,
            to=ServerAddresses(),
            here=here[0],
            about=here[1:],
            rest={k: v for k, v in request.query_params.items() if k not in ("format", "token")},
            write_token=self.guard.write_token,
            who=self._who(request, say),
        )
        return HTMLResponse(as_html(view, frame), status)

    def _csv(self, view: PageView) -> Answer:
        from starlette.responses import Response

        assert view.table is not None
        headers = {"Content-Disposition": f'attachment; filename="{view.table.name}.csv"'}
        return Response(as_csv(view.table), media_type="text/csv", headers=headers)

    def _error(self, request: Any, name: str, status: int, more: str = "") -> Answer:
        say = self._messages(request)
        view = PageView("error.html.j2", say("error.title"), {"text": say(name), "more": more})
        return self._html(request, view, say, status)

    def _plain(self, text: str, status: int) -> Answer:
        from starlette.responses import PlainTextResponse

        return PlainTextResponse(text, status)

    def _with_headers(self, answer: Answer) -> Answer:
        for name, value in HEADERS.items():
            answer.headers.setdefault(name, value)
        return answer

    def _set_cookie(self, answer: Answer, name: str, value: str, age: int | None) -> None:
        answer.set_cookie(name, value, max_age=age, httponly=True, samesite="strict", path="/")

    def _messages(self, request: Any) -> Messages:
        chosen = request.cookies.get(f"{self.guard.cookie}_language")
        if chosen in LANGUAGES:
            return messages(chosen)
        return messages(self.language or preferred(request.headers.get("accept-language", "")))

    def _who(self, request: Any, say: Messages) -> str:
        return _from_cookie(request.cookies.get(f"{self.guard.cookie}_who")) or say("queue.role")


async def _body(request: Any) -> bytes | None:
    """The body of a form; None where it is too large."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LARGEST_FORM:
            return None
    return body


def _as_cookie(text: str) -> str:
    return text[:80].encode().hex()


def _from_cookie(value: str | None) -> str:
    try:
        return bytes.fromhex(value or "").decode()
    except ValueError:
        return ""
