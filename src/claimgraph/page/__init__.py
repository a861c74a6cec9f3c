"""One self-contained HTML page: the graph, the texts and the table are views of the same claims.

The page opens from disk, offline. It asks for nothing from anywhere: a policy in the page itself
forbids it. What a text, a label or an identifier says is data to it, never markup: it travels
compressed and is shown as text.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from importlib import resources

import networkx as nx
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup, escape
from rdflib import Dataset, Graph

from claimgraph.model import Claim, Document
from claimgraph.network import to_network
from claimgraph.page.ask import Engine, load_engine, pack_questions
from claimgraph.page.chart import chart, needs_chart
from claimgraph.page.content import gather
from claimgraph.page.drawing import draw, read_library
from claimgraph.page.packing import pack
from claimgraph.page.picture import arrange

SCRIPTS = (
    "dom.js",
    "model.js",
    "state.js",
    "chart.js",
    "geometry.js",
    "paint.js",
    "graph.js",
    "reading.js",
    "paths.js",
    "detail.js",
    "table.js",
    "search.js",
    "legend.js",
    "export.js",
    "main.js",
)
"""The page's scripts in the order they build on one another."""

ASKED = 100_000
"""How many triples a page can be asked; the engine reads as many within seconds."""

ASK_SCRIPTS = ("ask-words.js", "ask.js", "ask-view.js")
"""What comes before the last of them where the page can be asked."""


def render_page(
    documents: Document | Iterable[Document],
    claims: Iterable[Claim],
    dataset: Graph,
    *,
    title: str | None = None,
    with_sparql: bool = True,
    asked: Dataset | None = None,
) -> bytes:
    """Make the page of one text or of many.

    Args:
        documents: the text, or the texts.
        claims: claims of them that have passed the gate.
        dataset: the dataset built from them, or of many texts only its concepts, background and
            vocabulary; definitions, identifiers and background are read from it.
        title: of many texts; made of their number if not given.
        with_sparql: whether to carry the SPARQL engine, if it is there and there is something to
            ask of no more than `ASKED` triples; it takes 1.8 MB.
        asked: what can be asked; `dataset` if not given and if it is a whole dataset.

    Returns:
        One HTML file, UTF-8, the same bytes for the same input.

    Raises:
        ClaimgraphError: if pyvis is not the version that carries the drawing library we know.
    """
    given = (documents,) if isinstance(documents, Document) else documents
    texts = sorted(given, key=lambda document: document.id)
    ordered = sorted(claims, key=lambda c: (c.text_id, c.sort_key))
    named = title or (texts[0].citation.title if len(texts) == 1 else f"{len(texts):,} texts")
    network = to_network(ordered, dataset)
    picture = chart(network, ordered) if needs_chart(network) else arrange(network, ordered)
    data = gather(texts, ordered, dataset, network, picture, named)
    data["drawing"] = draw(picture)
    whole = asked if asked is not None or not isinstance(dataset, Dataset) else dataset
    can_ask = with_sparql and whole is not None
    is_too_much = whole is not None and len(whole) > ASKED
    engine = load_engine() if can_ask and not is_too_much else None
    questions = ""
    if engine is not None and whole is not None:
        questions = _questions(whole, engine, network, picture.hub)
    library, program = _script_text(read_library()), _script_text(_program(engine))
    style = _compact(_file("page.css"))
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    html = environment.from_string(_file("template.html")).render(
        title=named,
        claims=len(ordered),
        sentences=sum(len(document.sentences) for document in texts),
        texts=len(texts),
        policy=_policy(scripts=(library, program), styles=(style,), runs_engine=engine is not None),
        style=Markup(style),  # noqa: S704 - our own file
        library=Markup(library),  # noqa: S704 - pyvis's file, made safe by _script_text
        program=Markup(program),  # noqa: S704 - our own files, made safe by _script_text
        data=Markup(pack(data)),  # noqa: S704 - base64
        no_engine=_why_no_engine(is_too_much=is_too_much) if can_ask and engine is None else "",
        engine="" if engine is None else engine.packed,
        questions=questions,
    )
    return html.encode("utf-8")


def frame(page: bytes, height: int = 700) -> str:
    """Put a page into a frame, as HTML to show within another page, such as a notebook.

    The frame is a world of its own: what is in it reaches nothing of the page around it.

    Args:
        page: what `render_page` made.
        height: of the frame, in CSS pixels.
    """
    return (
        '<div><iframe title="The graph, its text and its claims" width="100%" '
        f'height="{int(height)}" style="border: 0" '
        'sandbox="allow-scripts allow-downloads allow-popups" '
        f'srcdoc="{escape(page.decode("utf-8"))}"></iframe></div>'
    )


def _file(name: str) -> str:
    """Read one of the page's own files."""
    path = resources.files("claimgraph.page").joinpath(name)
    return path.read_text(encoding="utf-8").replace("\r\n", "\n")


def _questions(
    dataset: Dataset, engine: Engine, network: nx.MultiDiGraph[str], hub: str | None
) -> str:
    """Pack what can be asked, about the concepts of the text first."""
    concepts = sorted(network, key=lambda name: (name != hub, name))
    return pack_questions(dataset, engine, _file("scripts/ask-worker.js"), concepts)


def _why_no_engine(*, is_too_much: bool) -> str:
    """Say why a page cannot be asked, and what to do."""
    if is_too_much:
        return (
            f"This graph cannot be asked in SPARQL within its page: it has more than {ASKED:,} "
            "triples. Ask the file or the store that holds it: “claimgraph query NAME --data "
            "graph.nq”, or “claimgraph serve” for an endpoint."
        )
    return (
        "This page was built without its SPARQL engine. To ask the graph in the page, run “make "
        "assets” where claimgraph is developed, then build the page anew."
    )


def _program(engine: Engine | None) -> str:
    """Join the page's scripts into one, with a scope of its own."""
    names = SCRIPTS if engine is None else (*SCRIPTS[:-1], *ASK_SCRIPTS, SCRIPTS[-1])
    parts = (_compact(_file(f"scripts/{name}")) for name in names)
    return '"use strict";\n(async () => {\n' + "".join(parts) + "})();\n"


def _compact(code: str) -> str:
    r"""Leave out indentation and lines that are only comment. No string of ours spans lines.

    >>> _compact("a {\n  /* why */\n  b: c;\n}\n")
    'a {\nb: c;\n}\n'
    """
    lines = (line.strip() for line in code.splitlines())
    comment = re.compile(r"//.*|/\*.*\*/")
    return "".join(f"{line}\n" for line in lines if line and not comment.fullmatch(line))


def _script_text(code: str) -> str:
    r"""Keep code from ending its own script element, or from opening a comment in it.

    Both replacements mean the same inside a string, a template or a regular expression, and
    neither sequence can stand elsewhere in a program that is not already odd.

    >>> print(_script_text('write("</script><!--")'))
    write("<\/script>\x3c!--")
    """
    ended = code.replace("\r\n", "\n").replace("</script", r"<\/script")
    return ended.replace("</SCRIPT", r"<\/SCRIPT").replace("<!--", r"\x3c!--")


def _policy(scripts: Iterable[str], styles: Iterable[str], *, runs_engine: bool) -> str:
    """Write the page's policy: its own scripts and styles, by hash, and nothing else.

    The engine is WebAssembly, and runs in a worker that the page makes of what it carries.
    """
    wasm = " 'wasm-unsafe-eval'" if runs_engine else ""
    worker = ("worker-src blob:",) if runs_engine else ()
    types = "ask" if runs_engine else "'none'"
    return "; ".join(
        (
            "default-src 'none'",
            "script-src " + " ".join(map(_hash, scripts)) + wasm,
            "style-src " + " ".join(map(_hash, styles)),
            "img-src data: blob:",
            *worker,
            "base-uri 'none'",
            "form-action 'none'",
            "require-trusted-types-for 'script'",
            f"trusted-types {types}",
        )
    )


def _hash(text: str) -> str:
    """Name an inline script or style by its content."""
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"
