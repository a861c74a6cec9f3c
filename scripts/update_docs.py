"""Write the generated parts of the documentation: `python scripts/update_docs.py`.

A test compares them with what stands in the files, so that they cannot go stale.
"""

from __future__ import annotations

from pathlib import Path

from claimgraph.files import write_bytes
from claimgraph.ontology import render_terms
from claimgraph.queries import list_queries, render_catalogue

ROOT = Path(__file__).resolve().parents[1]


def render_questions() -> str:
    """Write the table of questions for the README."""
    rows = [
        f"| [`{query.name}`](queries/{query.name}.rq) | {query.summary} |"
        for query in list_queries()
        if not query.is_violation
    ]
    return "\n".join(["| query | question |", "|---|---|", *rows])


def fill(text: str, name: str, content: str) -> str:
    """Put content between the marks ``<!-- name -->`` and ``<!-- /name -->``.

    Raises:
        ValueError: if the marks are not there.
    """
    start, end = f"<!-- {name} -->", f"<!-- /{name} -->"
    before, found, rest = text.partition(start)
    _, closed, after = rest.partition(end)
    if not (found and closed):
        raise ValueError(f"no {start} … {end}")
    return f"{before}{start}\n\n{content}\n\n{end}{after}"


def generated() -> dict[Path, str]:
    """Give every file with generated parts as it should be."""
    readme, terms = ROOT / "README.md", ROOT / "ontology" / "README.md"
    return {
        readme: fill(readme.read_text(encoding="utf-8"), "questions", render_questions()),
        ROOT / "queries" / "README.md": render_catalogue(list_queries()),
        terms: fill(terms.read_text(encoding="utf-8"), "terms", render_terms().strip()),
    }


def main() -> None:
    """Write the files that are not up to date."""
    for path, text in generated().items():
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            write_bytes(path, text.encode("utf-8"))
            print(path.relative_to(ROOT))


if __name__ == "__main__":
    main()
