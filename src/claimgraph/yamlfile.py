"""Read YAML that people write, and know the line of everything in it.

Only maps, lists and plain text are allowed: no tags, anchors, aliases or merges, so no code can
run and nothing can multiply. All values stay the text they are; `2mg`, `no` and `1e3` are words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

import yaml

from claimgraph.errors import ClaimsFileError, Place
from claimgraph.files import decode, read_bytes

_E = TypeVar("_E", bound=StrEnum)
_MAX_DEPTH = 50  # a claims file needs seven; beyond a thousand Python gives up


@dataclass(frozen=True, slots=True)
class Entry:
    """A value of a YAML file with its place in it."""

    node: yaml.Node
    file: str

    @property
    def place(self) -> Place:
        """The file and 1-based line where the value starts."""
        return Place(self.file, self.node.start_mark.line + 1)

    def fail(self, what: str, repair: str | None = None) -> ClaimsFileError:
        """Make the error that says what is wrong at this place; the caller raises it."""
        return ClaimsFileError(what, where=self.place, repair=repair)

    def text(self) -> str:
        """Give the value as text.

        Raises:
            ClaimsFileError: if it is a map or a list, or empty, or cannot be written as UTF-8.
        """
        if not isinstance(self.node, yaml.ScalarNode):
            raise self.fail("expected text here", "write the value on one line, in quotes")
        if not self.node.value.strip():
            raise self.fail("empty value", "write the value or delete the key")
        if any("\ud800" <= character <= "\udfff" for character in self.node.value):
            raise self.fail(
                "an escape makes half a character, a lone surrogate",
                "write the character itself instead of \\u escapes",
            )
        return str(self.node.value)

    def whole_number(self) -> int:
        """Give the value as a whole number of at least 1.

        Raises:
            ClaimsFileError: if it is none.
        """
        text = self.text()
        # Nine digits are enough for any count, and int() itself refuses thousands of them.
        if not re.fullmatch(r"0*[1-9][0-9]{0,8}", text):
            raise self.fail(f"{text[:20]!r} is no whole number from 1", "count from 1")
        return int(text)

    def one_of(self, kinds: type[_E]) -> _E:
        """Give the value as a member of a closed list.

        Raises:
            ClaimsFileError: if it is not in the list; the message names the list.
        """
        text = self.text()
        try:
            return kinds(text)
        except ValueError:
            known = ", ".join(kinds)
            raise self.fail(f"unknown {_spoken(kinds)} {text!r}", f"use one of: {known}") from None

    def items(self) -> list[Entry]:
        """Give the members of a list.

        Raises:
            ClaimsFileError: if the value is no list.
        """
        if not isinstance(self.node, yaml.SequenceNode):
            raise self.fail("expected a list here", "start each item with '- '")
        return [Entry(node, self.file) for node in self.node.value]

    def one_or_more(self) -> list[Entry]:
        """Give the members of a list, or the value itself as the only one."""
        return self.items() if isinstance(self.node, yaml.SequenceNode) else [self]

    def fields(self, required: tuple[str, ...], optional: tuple[str, ...] = ()) -> Fields:
        """Give the keys of a map.

        Raises:
            ClaimsFileError: if the value is no map, a key is unknown, given twice, or missing.
        """
        if not isinstance(self.node, yaml.MappingNode):
            raise self.fail("expected 'key: value' lines here", "write one key a line")
        found: dict[str, Entry] = {}
        for key_node, value in self.node.value:
            key = Entry(key_node, self.file)
            name = key.text()
            if name not in required + optional:
                raise key.fail(f"unknown key {name!r}", f"use: {', '.join(required + optional)}")
            if name in found:
                raise key.fail(f"key {name!r} is given twice", "keep one of the two")
            found[name] = Entry(value, self.file)
        for name in required:
            if name not in found:
                raise self.fail(f"key {name!r} is missing", f"add '{name}: …'")
        return Fields(self, found)


@dataclass(frozen=True, slots=True)
class Fields:
    """The keys of a YAML map."""

    entry: Entry
    found: dict[str, Entry]

    def __getitem__(self, name: str) -> Entry:
        """Give the value of a required key."""
        return self.found[name]

    def __contains__(self, name: str) -> bool:
        """Whether the key is there."""
        return name in self.found

    def __iter__(self) -> Iterator[str]:
        """Go through the keys in file order."""
        return iter(self.found)

    def get(self, name: str) -> Entry | None:
        """Give the value of an optional key."""
        return self.found.get(name)

    def text(self, name: str) -> str | None:
        """Give the text of an optional key."""
        entry = self.found.get(name)
        return None if entry is None else entry.text()

    def one_of(self, name: str, kinds: type[_E], default: _E) -> _E:
        """Give the member of a closed list at an optional key."""
        entry = self.found.get(name)
        return default if entry is None else entry.one_of(kinds)


class _RefusedError(Exception):
    """Something YAML allows and we do not."""

    def __init__(self, event: yaml.Event, what: str, repair: str) -> None:
        super().__init__(what)
        self.line = event.start_mark.line + 1  # type: ignore[union-attr]
        self.what = what
        self.repair = repair


class _StrictLoader(yaml.SafeLoader):
    """A loader that refuses tags, anchors, aliases and deep nesting as soon as it meets them."""

    _depth = 0

    def get_event(self) -> yaml.Event:
        """Give the next event, the step through which all of a file goes."""
        event: yaml.Event = super().get_event()  # type: ignore[no-untyped-call]
        if getattr(event, "anchor", None) is not None or getattr(event, "tag", None) is not None:
            what = "YAML anchors, aliases and tags are not allowed"
            raise _RefusedError(event, what, "write the value out")
        if isinstance(event, yaml.CollectionStartEvent):
            self._depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            self._depth -= 1
        if self._depth > _MAX_DEPTH:
            raise _RefusedError(event, "nested too deeply", "flatten the file")
        return event


def read_yaml(path: Path) -> Entry:
    """Read a YAML file of one document.

    Raises:
        InputFileError: if the file cannot be read or is not UTF-8.
        ClaimsFileError: if it is not YAML, or uses tags, anchors or aliases.
    """
    text = decode(read_bytes(path), path)
    try:
        node = yaml.compose(text, Loader=_StrictLoader)
    except _RefusedError as error:
        raise ClaimsFileError(
            error.what, where=Place(str(path), error.line), repair=error.repair
        ) from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = None if mark is None else mark.line + 1
        raise ClaimsFileError(
            f"not YAML: {error.problem or error.context}",
            where=Place(str(path), line),
            repair="check indentation, quotes and colons around this line",
        ) from None
    except yaml.reader.ReaderError as error:
        raise ClaimsFileError(
            f"not YAML: character U+{error.character:04X} is not allowed",
            where=Place(str(path), text.count("\n", 0, error.position) + 1),
            repair="delete the character, or write it as an escape in double quotes",
        ) from None
    except (ValueError, OverflowError):
        # PyYAML hands an escape past U+10FFFF, or an endless version number, on to Python.
        raise ClaimsFileError(
            "not YAML: a number in an escape or directive is too large",
            where=Place(str(path)),
            repair="write characters themselves instead of \\U escapes",
        ) from None
    if node is None:
        raise ClaimsFileError(
            "holds only comments", where=Place(str(path)), repair="put the content in it"
        )
    return Entry(node, str(path))


def _spoken(kinds: type[StrEnum]) -> str:
    """Turn a class name into words: `QualifierType` into 'qualifier type'."""
    name = kinds.__name__
    return "".join(f" {c.lower()}" if c.isupper() else c for c in name).strip()
