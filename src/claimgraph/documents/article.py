"""Read an article folder: the text, pinned by its hash, and its citation."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from claimgraph.documents.plain import cut_text
from claimgraph.errors import InputFileError, Place
from claimgraph.files import decode, read_bytes
from claimgraph.model import Citation, Document
from claimgraph.yamlfile import Entry, read_yaml

TEXT_FILE = "article.txt"
SOURCE_FILE = "source.yaml"
CLAIMS_FILE = "claims.yaml"

# Language, script, region: what both RDF libraries accept as a language tag.
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|[0-9]{3}))?")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_KNOWN = ("author", "publisher", "date", "url", "licence", "note")


def read_article(folder: Path) -> Document:
    """Read the text of an article folder.

    The folder holds `article.txt` and `source.yaml`. The latter says what is known of the origin;
    what is not known is written ``unknown``. `drug` names
    the drug that the whole text is about, where the text itself need not say it.

    Raises:
        InputFileError: if a file is missing, unreadable, empty or not UTF-8.
        ClaimsFileError: if `source.yaml` is malformed, or the text's hash is not the one it names.
    """
    if not folder.is_dir():
        raise InputFileError(
            "no such folder",
            where=Place(str(folder)),
            repair=f"name a folder that holds {TEXT_FILE} and {SOURCE_FILE}",
        )
    path = folder / TEXT_FILE
    data = read_bytes(path)
    text = decode(data, path)
    source = read_yaml(folder / SOURCE_FILE)
    fields = source.fields(("id", "title", "language", "sha256"), (*_KNOWN, "drug"))
    id_ = fields["id"].text()
    if not _ID.fullmatch(id_):
        raise fields["id"].fail(f"{id_!r} is no kebab-case name", "use a-z, 0-9 and hyphens")
    language = fields["language"].text()
    if not _LANGUAGE.fullmatch(language):
        raise fields["language"].fail(
            f"{language!r} is no language tag", "use one like en or pt-BR, or und if unknown"
        )
    sha256 = hashlib.sha256(data).hexdigest()
    if fields["sha256"].text() != sha256:
        raise fields["sha256"].fail(
            f"{path.name} has changed: its sha256 is {sha256}",
            "restore the text, or review every claim against the new one and then pin it here",
        )
    citation = Citation(
        title=fields["title"].text(),
        language=language,
        **{name: _known(fields.get(name)) for name in _KNOWN},
    )
    drug = _known(fields.get("drug"))
    return cut_text(text, id=id_, citation=citation, sha256=sha256, drug=drug)


def _known(entry: Entry | None) -> str | None:
    """Read a value that may be unknown."""
    if entry is None:
        return None
    text = entry.text()
    return None if text == "unknown" else text
