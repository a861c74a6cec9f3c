"""What is checked before a query is run: it is well-formed, only reads, and asks no other server.

pyoxigraph would carry out SERVICE and has no switch against it, so no query with it may get that
far. To find the word by reading the query ourselves is no protection: pyoxigraph's parser takes
``SERVICE:x`` and ``trueSERVICE<x>`` for SERVICE too, and any difference between its reading of
comments, literals and ``<`` and ours would be a way around. So its own parser decides. It reads the
query with the word overwritten by letters that mean nothing in SPARQL, against an empty store. In a
comment, a literal, an IRI or a name the change does no harm; where the word was a keyword, what is
left is no SPARQL.
"""

from __future__ import annotations

import itertools
import re
from functools import lru_cache

import pyoxigraph as ox

from claimgraph.errors import QueryError
from claimgraph.queries.catalogue import Query
from claimgraph.store.values import NO_CODE

_SHORT = 10_000  # characters of a query that is remembered
_NOTHING = ox.Store()  # what queries are parsed over
_SERVICE = re.compile(r"(?<![\w?$:@.-])service(?![\w:.-])", re.IGNORECASE)
_UPDATE = re.compile(
    r"(?:\s|prefix\s+[\w.-]*:|base\b)*"
    r"(?:insert|delete|load|clear|drop|create|add|move|copy|with)\b",
    re.IGNORECASE,
)


def check(query: Query) -> bool:
    """Check a query without running it.

    Returns:
        Whether the query says itself, with FROM, which graphs it is about.

    Raises:
        QueryError: for a syntax error, an update, or SERVICE.
    """
    look = _look if len(query.text) < _SHORT else _look.__wrapped__
    error, chooses = look(query.text)
    if error is not None:
        raise _explain(query, *error)
    return chooses


def service_refused(query: Query, line: int | None = None) -> QueryError:
    """Make the error for a query that would ask another server."""
    return QueryError(
        "SERVICE asks another server, and claimgraph never does",
        where=query.place(line),
        repair="load the other data into the graph and ask without SERVICE",
    )


# The same questions are asked again and again, and to read one can take as long as to answer it.
@lru_cache(maxsize=256)
def _look(text: str) -> tuple[tuple[int, str] | None, bool]:
    """Tell what is wrong with a query, if anything, and whether it chooses its graphs."""
    masked = _mask(text, "service")
    if (error := _syntax_error(masked)) is not None:
        return error, False
    without_from = _mask(masked, "from")
    return None, without_from != masked and _syntax_error(without_from) is not None


def _mask(text: str, word: str) -> str:
    """Overwrite a word, in any case and anywhere, by as many letters that mean nothing."""
    lower = text.lower()
    fillers = ("".join(letters) for letters in itertools.product("qxzj", repeat=len(word)))
    # Letters that the text does not have, lest two of its names become one.
    filler = next((filler for filler in fillers if filler not in lower), "q" * len(word))
    return re.sub(word, filler, text, flags=re.IGNORECASE)


def _syntax_error(text: str) -> tuple[int, str] | None:
    """Let pyoxigraph parse a query over nothing; give offset and reason of an error."""
    try:
        _NOTHING.query(text)
    except SyntaxError as error:
        match = re.fullmatch(r"error at (\d+):(\d+): (.*)", str(error), re.DOTALL)
        if match is None:
            return len(text), str(error)
        lines = text.split("\n")[: int(match[1]) - 1]
        return sum(len(line) + 1 for line in lines) + int(match[2]) - 1, match[3]
    except (RuntimeError, ValueError, OSError):
        return None  # well-formed; what is wrong with it shows when it is run
    return None


def _explain(query: Query, offset: int, reason: str) -> QueryError:
    """Make the error for a query that cannot be read.

    That it is an error is decided. To say it in words a rough look at the text is good enough: the
    parser stops some characters behind the place, and lists all that it would have taken.
    """
    code = NO_CODE.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), query.text)
    if (service := _SERVICE.search(code)) is not None:
        return service_refused(query, _line(code, service.start()))
    if (update := _UPDATE.match(code)) is not None:
        return QueryError(
            "an update; only queries that read are run",
            where=query.place(_line(code, update.end())),
            repair="ask with SELECT, ASK, CONSTRUCT or DESCRIBE",
        )
    end = len(query.text[:offset].rstrip())
    declared = set(re.findall(r"\bprefix\s+([\w.-]*):", code, re.IGNORECASE))
    for name in re.finditer(r"(?<![\w:?$@.-])([A-Za-z][\w.-]*|):\w", code):
        if name[1] not in declared:
            end, what = name.end() - 1, f"the prefix {name[1]!r} is not declared"
            break
    else:
        # Among the tokens that the parser lists stand rules that were broken, as sentences.
        rule = re.search(r"\b[A-Z][a-z]+(?: [\w']+){3,}", reason)
        before = query.text[:end].rpartition("\n")[2][-30:]
        what = rule[0] if rule else f"cannot be read on behind {before!r}"
    line = _line(query.text, end)
    return QueryError(
        f"not valid SPARQL near line {line}: {what}",
        where=query.place(line),
        repair="correct the query there or just before",
    )


def _line(text: str, offset: int) -> int:
    """Give the line, from 1, that an offset is in."""
    return text.count("\n", 0, offset) + 1
