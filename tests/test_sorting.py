from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimgraph.errors import OutputError
from claimgraph.sorting import SortedLines, in_order, merge_lines
from tests.strategies import law

# Characters that sort differently as UTF-16, and one that splitlines takes for the end of a line.
LINES = st.text(alphabet="ab\u2028\x85\uffff\U00010000 ", max_size=6).map(lambda s: f"{s}\n")
BLOCKS = st.lists(LINES, min_size=1, max_size=5).map(lambda lines: "".join(sorted(set(lines))))


@law()
@given(blocks=st.lists(BLOCKS), in_memory=st.integers(1, 60))
def test_lines_come_back_in_order_and_once_whatever_fits_into_memory(blocks, in_memory):
    with SortedLines(in_memory) as lines:
        for block in blocks:
            lines.add(block)
        found = "".join(lines)
    assert found.encode() == b"".join(
        sorted({line + b"\n" for block in blocks for line in block.encode().split(b"\n")[:-1]})
    )


@law()
@given(blocks=st.lists(BLOCKS))
def test_the_order_in_which_blocks_come_does_not_matter(blocks):
    assert "".join(in_order(blocks)) == "".join(in_order(reversed(blocks)))


def test_more_files_than_may_be_open_at_once_are_merged(tmp_path):
    with SortedLines(1, tmp_path) as lines:
        for number in range(500):
            lines.add(f"{number % 250:03}\n")
        assert len(list(tmp_path.glob("*/*"))) < 100
        assert "".join(lines) == "".join(f"{number:03}\n" for number in range(250))
    assert list(tmp_path.iterdir()) == []


def test_no_line_of_two_sources_comes_twice():
    found = merge_lines([[["a\n", "b\n"]], [["b\n"], [], ["c\n"]]])
    assert "".join(found) == "a\nb\nc\n"


@law()
@given(st.lists(st.lists(st.lists(LINES, max_size=4), max_size=4), max_size=4), st.data())
def test_sources_are_merged_however_their_lines_come(groups, data):
    sources = []
    for group in groups:
        lines = sorted({line for part in group for line in part})
        cuts = sorted(data.draw(st.lists(st.integers(0, len(lines)), max_size=3)))
        bounds = zip([0, *cuts], [*cuts, len(lines)], strict=True)
        sources.append([lines[start:end] for start, end in bounds])
    every = {line for source in sources for part in source for line in part}
    assert "".join(merge_lines(sources)) == "".join(sorted(every))


def test_a_folder_that_cannot_be_written_is_an_error(tmp_path):
    with SortedLines(1, tmp_path / "missing") as lines, pytest.raises(OutputError, match="TMPDIR"):
        lines.add("a\n")


def test_nothing_gives_nothing():
    with SortedLines(folder=Path("unused")) as lines:
        lines.add("")
        assert list(lines) == []
