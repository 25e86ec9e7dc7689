"""Preview: build, serve the output folder on this machine, watch, rebuild, reload the browser."""

import asyncio
import html
import json
import os
import socket
import webbrowser
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import NamedTuple

import click
import uvicorn
from anyio import to_thread
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from newsgen.build import BuildReport
from newsgen.console import duration, print_error
from newsgen.digest import short_id
from newsgen.errors import NewsgenError, SettingsError
from newsgen.look import visible
from newsgen.site import Site
from newsgen.watching import changes

PORT = 8000
_TRIED = 100  # ports that are tried when nobody has named one
_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_SCRIPT = b'<script src="/_newsgen/reload.js" defer></script>'
_HEARTBEAT = 15.0  # seconds: an idle stream would be cut by some browsers and proxies

# The script lives here and not in the theme: no page on disk knows of it. No inline style in
# markup, for the pages' content policy forbids it; style set by a script is allowed.
_RELOAD = r"""
const stream = new EventSource("/_newsgen/events");
let state = null, overlay = null;
function hide() { if (overlay) { overlay.remove(); overlay = null; } }
function show(message) {
  hide();
  overlay = document.createElement("pre");
  overlay.id = "newsgen-error";
  overlay.setAttribute("role", "alert");
  overlay.textContent = message;
  Object.assign(overlay.style, {
    position: "fixed", inset: "auto 0 0 0", margin: "0", padding: "1.2em 1.5em", zIndex: "9999",
    background: "#7a1212", color: "#fff", font: "15px/1.5 ui-monospace, monospace",
    whiteSpace: "pre-wrap", maxHeight: "60vh", overflow: "auto" });
  document.body.append(overlay);
}
function here() {
  const path = decodeURIComponent(location.pathname).slice(1);
  return path === "" || path.endsWith("/") ? path + "index.html" : path;
}
stream.addEventListener("hello", event => {
  const said = JSON.parse(event.data);
  if (state !== null && state !== said.state) location.reload();
  state = said.state;
  if (said.error) show(said.error); else hide();
});
stream.addEventListener("built", event => {
  const said = JSON.parse(event.data);
  state = said.state;
  const failed = overlay !== null;
  hide();
  if (said.go && said.go !== here()) location.assign("/" + said.go.split("/").map(encodeURIComponent).join("/"));
  else if (failed || said.all || said.pages.includes(here())) location.reload();
});
stream.addEventListener("failed", event => show(JSON.parse(event.data).error));
addEventListener("pagehide", () => stream.close());
"""  # noqa: E501


class Options(NamedTuple):
    """How to serve: where, and what to do on changes. Port None: 8000, or the next one free."""

    host: str = "127.0.0.1"
    port: int | None = None
    poll: bool = False
    navigate: bool = False
    open_browser: bool = False


class Preview:
    """The state of a preview: the last build, and the browsers that wait for the next one."""

    def __init__(self, load: Callable[[], Site], make: Callable[[Site], BuildReport]) -> None:
        self._load = load
        self.make = make
        self.site = load()
        self.error = ""
        self.builds = 0
        self.navigate = False
        self._waiting: set[asyncio.Queue[str | None]] = set()

    @property
    def state(self) -> str:
        """Differs after each build and each start of the server."""
        return f"{os.getpid()}-{self.builds}"

    def build(self) -> BuildReport | None:
        """Build; a mistake of the user's is kept for the browser, and None is returned."""
        try:
            self.site = self._load()
            report = self.make(self.site)
        except NewsgenError as error:
            self.error = str(error)
            print_error(self.error)
            return None
        self.error = ""
        self.builds += 1
        return report

    def tell(self, paths: list[str], report: BuildReport | None) -> None:
        """Tell all browsers what a build made of changed paths."""
        if report is None:
            self._send("failed", {"error": self.error})
            return
        changed = [*report.pages, *report.deleted]
        files = any(path.startswith("static/") for path in changed)
        go = page_of(paths, report.pages) if self.navigate else None
        everything = files or len(report.pages) < report.rendered
        self._send("built", {"state": self.state, "pages": changed, "all": everything, "go": go})

    def _send(self, event: str, data: dict[str, object]) -> None:
        for queue in self._waiting:
            queue.put_nowait(_event(event, data))

    def close(self) -> None:
        """End all streams, so that the server can stop at once."""
        for queue in self._waiting:
            queue.put_nowait(None)

    async def events(self, request: Request) -> Response:
        """Stream what builds do, as Server-Sent Events."""
        return StreamingResponse(
            self._stream(),
            media_type="text/event-stream",
            headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
        )

    async def _stream(self) -> AsyncIterator[str]:
        queue: asyncio.Queue[str | None] = asyncio.Queue()
        self._waiting.add(queue)
        try:
            yield _event("hello", {"state": self.state, "error": self.error})
            while True:
                try:
                    message = await asyncio.wait_for(queue.get(), _HEARTBEAT)
                except TimeoutError:
                    yield ": still here\n\n"
                    continue
                if message is None:
                    return
                yield message
        finally:
            self._waiting.discard(queue)


def page_of(paths: list[str], pages: tuple[str, ...]) -> str | None:
    """The page to show after an edit: that of a changed source, or the only article written."""
    ends = tuple(f"-{short_id(path.removeprefix('articles/'))}.html" for path in paths)
    articles = [page for page in pages if page.startswith("articles/")]
    own = [page for page in articles if page.endswith(ends)] if ends else []
    return own[0] if own else articles[0] if len(articles) == 1 else None


def _event(name: str, data: dict[str, object]) -> str:
    return f"event: {name}\ndata: {json.dumps(data)}\n\n"


class _Pages(StaticFiles):
    """The output folder, its own 404 page, and the reload script in what is HTML."""

    def __init__(self, preview: Preview) -> None:
        super().__init__(directory=preview.site.output, html=True, check_dir=False)
        self._preview = preview

    async def get_response(self, path: str, scope: Scope) -> Response:
        folder = str(self._preview.site.output)
        if self.directory != folder:  # the settings name another one now
            self.directory, self.all_directories = folder, [folder]
        if not Path(folder, "index.html").is_file():
            return HTMLResponse(_nothing(self._preview.error), status_code=503)
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = "no-cache"
        if not isinstance(response, FileResponse) or response.media_type != "text/html":
            return response
        content = await to_thread.run_sync(Path(response.path).read_bytes)
        return HTMLResponse(
            with_script(content),
            status_code=response.status_code,
            headers={"Cache-Control": "no-store"},
        )


def with_script(content: bytes) -> bytes:
    """An HTML page with the reload script in its head, or at its end if it has no head."""
    head, tag, rest = content.partition(b"</head>")
    return head + _SCRIPT + tag + rest


def _nothing(error: str) -> str:
    said = html.escape(error or "nothing has been built yet")
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>newsgen</title>'
        f"{_SCRIPT.decode()}</head><body><h1>No pages yet</h1><pre>{said}</pre></body></html>"
    )


async def _reload_script(request: Request) -> Response:
    return Response(_RELOAD, media_type="text/javascript", headers={"Cache-Control": "no-store"})


def application(preview: Preview, options: Options) -> Starlette:
    """The preview as a web application that watches while it runs."""

    @asynccontextmanager
    async def watched(app: Starlette) -> AsyncIterator[None]:
        watcher = asyncio.create_task(_watch(preview, options))
        yield
        watcher.cancel()
        with suppress(asyncio.CancelledError):
            await watcher

    # Another site's page could otherwise read a private archive by a name that leads here.
    hosts = [*_LOOPBACK, "[::1]"] if options.host in _LOOPBACK else ["*"]
    return Starlette(
        routes=[
            Route("/_newsgen/events", preview.events),
            Route("/_newsgen/reload.js", _reload_script),
            Mount("/", _Pages(preview)),
        ],
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=hosts)],
        lifespan=watched,
    )


async def _watch(preview: Preview, options: Options) -> None:
    loop = asyncio.get_running_loop()
    async for paths in changes(lambda: preview.site, poll=options.poll):
        began, failed = loop.time(), bool(preview.error)
        try:
            # Left alone on Ctrl-C: a build that is stopped half-way is finished by the next one.
            report = await to_thread.run_sync(preview.build, abandon_on_cancel=True)
        except Exception as error:  # a fault of newsgen's: the preview stays, the fault is told
            preview.error = f"newsgen failed: {type(error).__name__}: {error}"
            print_error(preview.error)
            report = None
        if report is not None and not failed and not (report.written or report.deleted):
            continue  # a file that was only touched, or a look by hand that found nothing
        if report is not None:
            _say(paths, report, loop.time() - began)
        preview.tell(paths, report)


def _say(paths: list[str], report: BuildReport, seconds: float) -> None:
    names = ", ".join(visible(path) for path in paths[:3])
    more = f" and {len(paths) - 3} more" if len(paths) > 3 else ""
    gone = f", {len(report.deleted)} deleted" if report.deleted else ""
    written = f"{report.written} written{gone}"
    click.echo(f"{names}{more}: {written}, {duration(seconds)}")


class _Server(uvicorn.Server):
    """A server whose open streams do not hold up its end."""

    def __init__(self, config: uvicorn.Config, preview: Preview) -> None:
        super().__init__(config)
        self._preview = preview

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self._preview.close()
        super().handle_exit(sig, frame)


def serve(preview: Preview, options: Options) -> None:
    """Serve until Ctrl-C; raises SettingsError where the port is taken."""
    preview.navigate = options.navigate
    listener = listen(options.host, options.port)
    host = f"[{options.host}]" if ":" in options.host else options.host
    address = f"http://{host}:{listener.getsockname()[1]}/"
    config = uvicorn.Config(
        application(preview, options), log_level="warning", timeout_graceful_shutdown=1
    )
    click.echo(f"{visible(str(preview.site.output))} is served at {address} (Ctrl-C stops)")
    if options.open_browser:
        webbrowser.open(address)
    with suppress(KeyboardInterrupt):
        _Server(config, preview).run(sockets=[listener])


def listen(host: str, port: int | None) -> socket.socket:
    """Take a port: the one named, or the first free one from 8000 on."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for tried in range(PORT, PORT + _TRIED) if port is None else (port,):
        listener = socket.socket(family, socket.SOCK_STREAM)
        if os.name == "posix":  # elsewhere it would let two servers share a port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, tried))
            listener.listen(128)
        except OSError as error:
            listener.close()
            reason = error.strerror or str(error)
            continue
        return listener
    raise SettingsError(
        f"cannot listen on {host}, port {PORT if port is None else port}: {reason}",
        expected="an address of this machine, and a port nobody else uses",
        hint="name another one: newsgen serve --port 8123",
    )
