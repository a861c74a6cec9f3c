"""Sorted N-Quads to sorted Turtle, as bytes, without a term ever becoming an object.

Lines of one subject stand together, and most lines of a subject are of one graph, so subject and
graph are cut off by their length and only what stands between them is looked at. What that becomes
is remembered for facts that come again. Turtle has one fact a line, so that two versions of a graph
can be compared line by line.

Nothing is imported here that takes time to start: a large file is written by several processes.
"""

from __future__ import annotations

import concurrent.futures
import errno
import itertools
import os
import re
from collections import deque
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

from claimgraph.processes import Helpers, count_cores
from claimgraph.vocab import PREFIXES

PIECE = 1 << 18
"""Bytes read and turned at a time: what fits into a processor's cache."""

SHARE = 16_000_000
"""Bytes that a process is given at a time; a file of less than two shares is written by one."""

_Part = tuple[str, int, int, int]
"""A part of a file: its name, its number in the file system, where the part begins and ends."""

_MOST = 8  # processes: what they give has to pass through one
_REMEMBERED = 1 << 16  # facts
_LONGEST = 200  # bytes of a fact that is remembered
_XSD = b"http://www.w3.org/2001/XMLSchema#"
_TYPE = b"<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
_BASES = {b"<%b" % base.encode(): b"%b:" % prefix.encode() for prefix, base in PREFIXES.items()}
_LOCAL = re.compile(rb"[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?>")
_NUMBER = re.compile(rb'"(-?[0-9]+|-?[0-9]*\.[0-9]+)"\^\^<' + _XSD + rb"(integer|decimal)>")
_NEXT = b" ;\n\t"
_QUOTE = ord('"')
_BRACKET = ord("<")


def turtle_head() -> bytes:
    """Write the prefixes.

    >>> turtle_head().splitlines()[0]
    b'@prefix background: <https://w3id.org/claimgraph/background/> .'
    """
    lines = (f"@prefix {prefix}: <{base}> .\n" for prefix, base in sorted(PREFIXES.items()))
    return "".join(lines).encode()


def turtle_blocks(pieces: Iterable[bytes]) -> Iterator[bytes]:
    r"""Turn sorted N-Quads into Turtle that forgets the graphs; a triple of several stands once.

    Args:
        pieces: sorted lines, whole ones with their ends, some at a time.

    Yields:
        Turtle without the prefixes, some lines at a time; of each subject an empty line and its
        facts.

    >>> b"".join(turtle_blocks([b'<a:s> <a:p> "o" <a:g> .\n']))
    b'\n<a:s> <a:p> "o" .\n'
    """
    facts: dict[bytes, bytes] = {}
    links = _Links()
    known = facts.get
    # The line before: its subject with the space behind it, its graph with the space before it.
    subject = graph = b"\n"
    behind = before = 0
    fact = b""
    began = False
    for piece in pieces:
        out: list[bytes] = []
        add = out.append
        for line in piece.split(b"\n"):
            if line.startswith(subject):
                if line.endswith(graph):
                    fact = line[behind:before]
                else:
                    last = fact
                    before = _end(line)
                    graph = line[before:] if before < -2 else b"\n"
                    fact = line[behind:before]
                    if fact == last:
                        continue  # the same triple in another graph
                if fact[-1] == _QUOTE:
                    # Words mostly differ: to look them up takes longer than to write them.
                    link, _, words = fact.partition(b" ")
                    add(links[link])
                    add(words)
                else:
                    add(known(fact) or _write_fact(line, fact, facts, links))
            elif line:
                behind = line.index(b" ") + 1
                subject = line[:behind]
                if not line.endswith(graph):
                    before = _end(line)
                    graph = line[before:] if before < -2 else b"\n"
                fact = line[behind:before]
                add(b" .\n\n" if began else b"\n")
                began = True
                add(_short(subject[:-1]))
                add(b" ")
                add((known(fact) or _write_fact(line, fact, facts, links))[len(_NEXT) :])
        yield b"".join(out)
    if began:
        yield b" .\n"


def turtle_of_file(
    file: IO[bytes], workers: int | None = None, share: int = SHARE
) -> Iterator[bytes]:
    """Turn a file of sorted N-Quads into Turtle; a large one in several processes.

    The bytes are the same for any number of processes, and memory does not grow with the file.

    Args:
        file: an open file; read by its name, too.
        workers: processes; one a core if not given.
        share: bytes that a process is given at a time.

    Yields:
        Turtle, some lines at a time.

    Raises:
        OSError: if the file cannot be read, or another has taken its name.
    """
    yield turtle_head()
    status = os.fstat(file.fileno())
    size = status.st_size
    count = min(workers or count_cores(), _MOST, size // share)
    if count < 2:
        yield from turtle_blocks(_read(file, 0, size))
        return
    borders = itertools.pairwise(_borders(file, size, share))
    parts = deque((file.name, status.st_ino, start, end) for start, end in borders)
    waiting: deque[tuple[_Part, concurrent.futures.Future[bytes]]] = deque()
    with Helpers(count - 1, __name__, turn_part.__name__) as helpers:
        while parts or waiting:
            while parts and sum(not one.done() for _, one in waiting) < count:
                part = parts.popleft()
                waiting.append((part, helpers.submit(*part)))
            # This process turns parts, too, while the others start and where it would have to wait.
            while parts and len(waiting) < 3 * count and not waiting[0][1].done():
                part = parts.popleft()
                waiting.append((part, _turn_now(*part)))
            part, turned = waiting.popleft()
            try:
                yield turned.result()
            except ChildProcessError:  # the system may have wanted its memory
                yield turn_part(*part)


def _turn_now(*part: *_Part) -> concurrent.futures.Future[bytes]:
    """Turn a part of a file in this process."""
    done: concurrent.futures.Future[bytes] = concurrent.futures.Future()
    done.set_result(turn_part(*part))
    return done


class _Links(dict[bytes, bytes]):
    """What is written for a predicate, with what stands before and behind it."""

    def __missing__(self, link: bytes) -> bytes:
        """Shorten a predicate."""
        made = self[link] = b"%b%b " % (_NEXT, b"a" if link == _TYPE else _short(link))
        return made


def _write_fact(line: bytes, fact: bytes, facts: dict[bytes, bytes], links: _Links) -> bytes:
    """Write a fact, and remember it if it is likely to come again."""
    link, _, object_ = fact.partition(b" ")
    if not object_:
        # The object is what the graph of the line before was.
        link, _, object_ = line[line.index(b" ") + 1 : _end(line)].partition(b" ")
        return links[link] + _short(object_)
    if object_[0] == _BRACKET:
        name = _short(object_)
        if name is object_:
            return links[link] + object_
        made = links[link] + name
    elif (
        object_[-1:] == b">"
        and (number := _NUMBER.fullmatch(object_)) is not None
        and (b"." in number[1]) == (number[2] == b"decimal")
    ):
        made = links[link] + number[1]
    else:
        return links[link] + object_
    if len(facts) < _REMEMBERED and len(fact) < _LONGEST:
        facts[fact] = made
    return made


def _end(line: bytes) -> int:
    """Tell where graph and full stop of a line begin, from its end; -2 where it has no graph."""
    triple, _, name = line[:-2].rpartition(b" ")
    # No IRI holds a quote, and the last word of a literal ends in one or has one before its type.
    if (
        name[:1] in (b"<", b"_")
        and b'"' not in name
        and triple.find(b" ", triple.find(b" ") + 1) > 0
    ):
        return -3 - len(name)
    return -2


def _short(name: bytes) -> bytes:
    """Shorten an IRI by a prefix, where what is left is a plain name; else give the same object."""
    end = 1 + (name.rfind(b"#") if b"#" in name else name.rfind(b"/"))
    prefix = _BASES.get(name[:end])
    if prefix is None or _LOCAL.fullmatch(name, end) is None:
        return name
    return prefix + name[end:-1]


def _read(file: IO[bytes], start: int, end: int) -> Iterator[bytes]:
    """Read whole lines of a part of a file, some at a time."""
    file.seek(start)
    rest = b""
    while start < end and (piece := file.read(min(PIECE, end - start))):
        start += len(piece)
        whole, stop, tail = piece.rpartition(b"\n")
        if stop:
            yield b"%b%b\n" % (rest, whole)
            rest = tail
        else:
            rest += piece
    if rest:
        yield rest


def _borders(file: IO[bytes], size: int, share: int) -> Iterator[int]:
    """Cut a file into parts of about a size, between two subjects."""
    yield 0
    place = share
    while place < size:
        file.seek(place)
        file.readline()
        first = file.readline()
        subject = first[: first.find(b" ") + 1]
        place = file.tell()
        while subject and file.readline().startswith(subject):
            place = file.tell()
        if place >= size:
            break
        yield place
        place += share
    yield size


def turn_part(name: str, number: int, start: int, end: int) -> bytes:
    """Turn a part of a file, from a byte to another. This is what a helper runs.

    Raises:
        OSError: if another file has taken its name.
    """
    with Path(name).open("rb", buffering=0) as file:
        if os.fstat(file.fileno()).st_ino != number:
            raise OSError(errno.ESTALE, "changed while it was read", name)
        return b"".join(turtle_blocks(_read(file, start, end)))
