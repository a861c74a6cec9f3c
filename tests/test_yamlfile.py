from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from claimgraph.errors import ClaimsFileError, InputFileError
from claimgraph.model import Certainty, QualifierType
from claimgraph.yamlfile import Entry, read_yaml
from tests.strategies import law


@pytest.fixture
def path(tmp_path) -> Path:
    return tmp_path / "claims.yaml"


def read(path: Path, text: str) -> Entry:
    path.write_bytes(text.encode("utf-8"))
    return read_yaml(path)


def refusal(path: Path, text: str) -> ClaimsFileError:
    """Read what has to be refused, and give the error."""
    with pytest.raises(ClaimsFileError) as caught:
        read(path, text)
    assert caught.value.where.file == str(path)
    assert "\n" not in str(caught.value)
    return caught.value


@pytest.mark.parametrize(
    "word", ["2mg", "no", "1e3", "~", "null", "2020-01-01", "0x1F", "true", "“quoted”", "a: b"]
)
def test_all_values_stay_the_text_they_are(path, word):
    text = f'key: "{word}"' if ":" in word else f"key: {word}"
    assert read(path, text).fields(("key",))["key"].text() == word


def test_escapes_and_line_ends_are_yaml(path):
    fields = read(path, 'a: "x\\u00A0y"\r\nb: |\r\n  one\r\n  two\r\n').fields(("a", "b"))
    assert fields["a"].text() == "x\u00a0y"
    assert fields["b"].text() == "one\ntwo\n"


@pytest.mark.parametrize("start", ["", "\ufeff", "# a comment\n", "---\n"])
def test_what_stands_before_does_not_matter(path, start):
    assert read(path, f"{start}key: value").fields(("key",))["key"].text() == "value"


def test_every_value_knows_its_line(path):
    fields = read(path, "# why\na: 1\nb:\n  - x\n  - {c: y,\n     d: z}\n").fields(("a", "b"))
    assert str(fields["a"].place) == f"{path}:2"
    first, second = fields["b"].items()
    assert (first.place.line, second.place.line) == (4, 5)
    assert second.fields(("c", "d"))["d"].place.line == 6


# ── Refused before anything is made of it ───────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: &x 1\nb: *x\n", 1),
        ("a: 1\nb: *x\n", 2),
        ("a: 1\nb: !!python/object/apply:os.system [ls]\n", 2),
        ("a: 1\n\nb: !mine x\n", 3),
        ("a: !!str x\n", 1),
        ("a: &x [1]\nb: {<<: *x}\n", 1),
        ("a: ! x\n", 1),
    ],
)
def test_anchors_aliases_and_tags_are_refused_with_their_line(path, text, line):
    error = refusal(path, text)
    assert "anchors, aliases and tags" in error.what
    assert error.where.line == line
    assert error.repair == "write the value out"


def test_a_bomb_of_aliases_is_refused_at_once(path):
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, 30)]
    assert refusal(path, "\n".join(lines)).where.line == 1


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: 1\nb: [1, 2\nc: 3\n", 3),
        ('a: 1\nb: "open\n', 3),
        ("a: 1\n b: 2\n", 2),
        ("a: 1\n\tb: 2\n", 2),
        ("a: b: c\n", 1),
        ("a: 1\n--- \nb: 2\n", 2),
        ("a: @x\n", 1),
        ("a: 1\nb: \x07\n", 2),
        ("a: 1\n\nb\x00: 2\n", 3),
    ],
)
def test_what_is_not_yaml_is_said_with_its_line(path, text, line):
    error = refusal(path, text)
    assert error.what.startswith("not YAML: ")
    assert error.where.line == line
    assert error.repair


def test_a_character_that_yaml_forbids_is_named(path):
    assert "character U+0007 is not allowed" in refusal(path, "a: \x07").what


@pytest.mark.parametrize(
    "text", ['a: "\\U00110000"', 'a: "\\UFFFFFFFF"', f"%YAML 1.{'9' * 5000}\n---\na: 1\n"]
)
def test_numbers_too_large_for_python_are_our_error_too(path, text):
    error = refusal(path, text)
    assert "too large" in error.what
    assert error.repair


@pytest.mark.parametrize("deep", ["[" * 500_000, "- " * 5000 + "x", "{a: " * 5000])
def test_too_deep_is_said_at_once(path, deep):
    # PyYAML itself takes minutes for the first, or ends in a RecursionError.
    error = refusal(path, f"# deep\n{deep}")
    assert error.what == "nested too deeply"
    assert error.where.line == 2
    assert error.repair


def test_closing_brackets_buy_no_depth(path):
    assert refusal(path, f"[{'[], ' * 60}{'[' * 60}").what == "nested too deeply"


def test_wide_is_not_deep(path):
    assert len(read(path, "- [a, {b: c}]\n" * 200).items()) == 200


def test_only_comments_are_nothing(path):
    error = refusal(path, "# only this\n")
    assert error.what == "holds only comments"
    assert error.repair


def test_what_is_not_utf8_or_not_there_is_an_input_error(path):
    with pytest.raises(InputFileError, match="no such file"):
        read_yaml(path)
    path.write_bytes(b"a: 1\nb: caf\xe9\n")
    with pytest.raises(InputFileError, match=r"claims\.yaml:2: not UTF-8"):
        read_yaml(path)
    path.write_bytes(b"  \n")
    with pytest.raises(InputFileError, match="holds no text"):
        read_yaml(path)


# ── Values ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("value", ["[a]", "{a: b}"])
def test_text_is_no_list_or_map(path, value):
    with pytest.raises(ClaimsFileError, match=r":1: expected text here\. Repair"):
        read(path, value).text()


@pytest.mark.parametrize("value", ["''", '"  "', '"\\t"'])
def test_text_is_not_empty(path, value):
    with pytest.raises(ClaimsFileError, match=r":1: empty value\. Repair"):
        read(path, value).text()


@pytest.mark.parametrize("value", ['"\\uD800"', '"a\\uDFFFb"', '"\\ud83d\\ude00"'])
def test_half_characters_are_refused(path, value):
    with pytest.raises(ClaimsFileError, match=r":1: .*lone surrogate.*Repair"):
        read(path, value).text()


@pytest.mark.parametrize(("value", "number"), [("1", 1), ("22", 22), ("007", 7), ("'3'", 3)])
def test_whole_numbers(path, value, number):
    assert read(path, value).whole_number() == number


@pytest.mark.parametrize(
    "value", ["0", "-1", "1.0", "1e3", "two", "²", "٣", "0x1", "1_000", "'1 '", "9" * 5000]
)
def test_what_is_no_whole_number_from_1(path, value):
    with pytest.raises(ClaimsFileError, match="is no whole number from 1") as caught:
        read(path, value).whole_number()
    assert len(str(caught.value)) < 300


def test_closed_lists_name_their_members(path):
    assert read(path, "possible").one_of(Certainty) is Certainty.POSSIBLE
    with pytest.raises(ClaimsFileError) as caught:
        read(path, "perhaps").one_of(Certainty)
    assert caught.value.what == "unknown certainty 'perhaps'"
    assert caught.value.repair == "use one of: asserted, possible, projected, intended"
    with pytest.raises(ClaimsFileError, match="unknown qualifier type"):
        read(path, "perhaps").one_of(QualifierType)


def test_lists(path):
    assert [e.text() for e in read(path, "[a, b]").items()] == ["a", "b"]
    assert [e.text() for e in read(path, "[a, b]").one_or_more()] == ["a", "b"]
    assert [e.text() for e in read(path, "a").one_or_more()] == ["a"]
    for value in ("a", "{a: b}"):
        with pytest.raises(ClaimsFileError, match=r"expected a list here.*'- '"):
            read(path, value).items()


def test_maps(path):
    fields = read(path, "b: x\na: y\n").fields(("a",), ("b", "c"))
    assert list(fields) == ["b", "a"]  # as in the file
    assert "b" in fields
    assert "c" not in fields
    assert (fields.text("b"), fields.text("c"), fields.get("c")) == ("x", None, None)
    assert fields.one_of("c", Certainty, Certainty.INTENDED) is Certainty.INTENDED


@pytest.mark.parametrize(
    ("text", "line", "what", "repair"),
    [
        ("[a]", 1, "expected 'key: value' lines here", "write one key a line"),
        ("a: 1\nz: 2\n", 2, "unknown key 'z'", "use: a, b"),
        ("a: 1\nb: 2\na: 3\n", 3, "key 'a' is given twice", "keep one of the two"),
        ("# x\nb: 2\n", 2, "key 'a' is missing", "add 'a: …'"),
        ("a: 1\n? [b]\n: 2\n", 2, "expected text here", "write the value on one line, in quotes"),
        ("a: 1\n<<: {b: 2}\n", 2, "unknown key '<<'", "use: a, b"),
    ],
)
def test_maps_say_what_is_wrong_with_them(path, text, line, what, repair):
    with pytest.raises(ClaimsFileError) as caught:
        read(path, text).fields(("a",), ("b",))
    assert (caught.value.where.line, caught.value.what, caught.value.repair) == (line, what, repair)


# ── Anything at all ─────────────────────────────────────────────────────────────────────────────

yaml_like = st.lists(
    st.sampled_from(
        ["a", "b: ", "- ", "\n", "  ", "[", "]", "{", "}", ", ", "? ", ": ", "'", '"', "|", ">", "&x ",
         "*x", "!t ", "%YAML 1.1\n", "---\n", "...\n", "#", "\\u", "\\UFFFFFFFF", "\ud800", "\t", "\x00",
         "\ufeff", "\u2028", "\x85", "é", "😀", "<<: ", "%", "@", "`"]
    ),
    max_size=40,
).map("".join)  # fmt: skip


def error_of(ask: Callable[[], object]) -> InputFileError | ClaimsFileError | None:
    """Give the error of ours that a call ends in; any other error fails the test."""
    try:
        ask()
    except (InputFileError, ClaimsFileError) as error:
        return error
    return None


def walk(entry: Entry) -> Iterator[object]:
    """Ask an entry for everything it could be, and give what goes wrong."""
    for ask in (entry.text, entry.whole_number, lambda: entry.one_of(Certainty), entry.items):
        yield error_of(ask)
    if isinstance(entry.node, yaml.SequenceNode):
        for item in entry.items():
            yield from walk(item)
    if isinstance(entry.node, yaml.MappingNode):
        yield error_of(lambda: entry.fields(("a",), ("b", "c")))
        for key, value in entry.node.value:
            yield from walk(Entry(key, entry.file))
            yield from walk(Entry(value, entry.file))


@law(300)
@given(st.binary(max_size=60) | yaml_like.map(lambda t: t.encode("utf-8", "surrogatepass")))
@example(b'"\\ud800"')
@example(b"a: 1\n---\nb: 1")
def test_any_bytes_give_a_value_or_our_error(tmp_path_factory, data):
    path = tmp_path_factory.getbasetemp() / "any.yaml"
    path.write_bytes(data)
    errors = [error_of(lambda: read_yaml(path))]
    if errors == [None]:
        errors = list(walk(read_yaml(path)))
    for error in filter(None, errors):
        assert error.where.file == str(path)
        assert error.repair
        assert "\n" not in str(error)
