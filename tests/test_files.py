import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimgraph import files
from claimgraph.errors import InputFileError, OutputError
from claimgraph.files import decode, read_bytes, write_bytes


def refusal(path: Path) -> InputFileError:
    with pytest.raises(InputFileError) as caught:
        read_bytes(path)
    assert caught.value.where.file == str(path)
    assert caught.value.repair
    return caught.value


def test_files_are_read_byte_for_byte(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"\xef\xbb\xbfa\r\nb\x00\xff")
    assert read_bytes(path) == b"\xef\xbb\xbfa\r\nb\x00\xff"


def test_a_missing_file_is_said(tmp_path):
    assert refusal(tmp_path / "none").what == "no such file"


def test_a_folder_is_no_file(tmp_path):
    assert refusal(tmp_path).what == "is a folder"


def test_a_file_used_as_a_folder_is_said(tmp_path):
    (tmp_path / "a").write_bytes(b"x")
    assert "cannot be read" in refusal(tmp_path / "a" / "b").what


def test_an_unreadable_file_is_said(tmp_path, monkeypatch):
    path = tmp_path / "secret"
    path.write_bytes(b"x")
    path.chmod(0)

    def deny(*_args: object, **_more: object) -> None:
        raise PermissionError(13, "Permission denied")

    if os.access(path, os.R_OK):  # root may read everything
        monkeypatch.setattr(Path, "open", deny)
    error = refusal(path)
    assert error.what == "cannot be read: Permission denied"
    assert "permissions" in error.repair


def test_what_is_too_large_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "MAX_BYTES", 10)
    path = tmp_path / "a"
    path.write_bytes(b"0123456789")
    assert len(read_bytes(path)) == 10
    path.write_bytes(b"0123456789a")
    assert "more than the 10 bytes" in refusal(path).what


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="needs /dev/zero")
def test_a_device_without_end_is_refused():
    assert "more than" in refusal(Path("/dev/zero")).what


@given(st.text(min_size=1).filter(str.strip))
def test_decoding_keeps_every_character(text):
    assert decode(text.encode("utf-8"), Path("x")) == text


@given(st.binary() | st.text(" \n\ufeffé").map(str.encode))
def test_decoding_gives_the_text_or_our_error(data):
    lenient = data.decode("utf-8", errors="replace")
    if lenient.encode("utf-8") == data and lenient.strip():
        assert decode(data, Path("x")) == lenient
    else:
        with pytest.raises(InputFileError):
            decode(data, Path("x"))


@pytest.mark.parametrize(
    ("data", "line", "byte", "offset"),
    [
        (b"\xff", 1, "0xff", 0),
        (b"one\ntwo\nthr\xe9e\nfour", 3, "0xe9", 11),
        (b"one\r\n\xc3", 2, "0xc3", 5),
        ("ok\n".encode("utf-16"), 1, "0xff", 0),
        (b"\xed\xa0\x80", 1, "0xed", 0),  # a surrogate, encoded
    ],
)
def test_what_is_not_utf8_is_said_with_its_line(data, line, byte, offset):
    with pytest.raises(InputFileError) as caught:
        decode(data, Path("a.txt"))
    assert str(caught.value.where) == f"a.txt:{line}"
    assert caught.value.what == f"not UTF-8: byte {byte} at offset {offset}"


@pytest.mark.parametrize("data", [b"", b" ", b"\r\n\t\n", "\u00a0\u2003".encode()])
def test_nothing_but_white_space_is_no_text(data):
    with pytest.raises(InputFileError, match=r"a\.txt: holds no text.*Repair"):
        decode(data, Path("a.txt"))


# ── Writing ─────────────────────────────────────────────────────────────────────────────────────


def test_folders_are_made_on_the_way(tmp_path):
    write_bytes(tmp_path / "a" / "b" / "c", b"x")
    assert (tmp_path / "a" / "b" / "c").read_bytes() == b"x"


def test_a_file_is_replaced_and_nothing_else_is_left(tmp_path):
    path = tmp_path / "a"
    for data in (b"old", b"new", b""):
        write_bytes(path, data)
        assert path.read_bytes() == data
    assert list(tmp_path.iterdir()) == [path]


def test_what_is_written_has_the_permissions_of_any_new_file(tmp_path):
    write_bytes(tmp_path / "ours", b"x")
    (tmp_path / "any").write_bytes(b"x")
    modes = {stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("ours", "any")}
    assert len(modes) == 1


def unwritable(path: Path) -> OutputError:
    with pytest.raises(OutputError) as caught:
        write_bytes(path, b"new")
    assert caught.value.where.file == str(path)
    assert caught.value.what.startswith("cannot be written: ")
    assert "-o" in caught.value.repair
    return caught.value


def test_a_file_in_the_place_of_the_folder_is_said(tmp_path):
    (tmp_path / "out").write_bytes(b"mine")
    unwritable(tmp_path / "out" / "graph.ttl")
    unwritable(tmp_path / "out" / "deeper" / "graph.ttl")
    assert (tmp_path / "out").read_bytes() == b"mine"


def test_a_folder_in_the_place_of_the_file_is_said_and_nothing_left(tmp_path):
    (tmp_path / "graph.ttl").mkdir()
    unwritable(tmp_path / "graph.ttl")
    assert [p.name for p in tmp_path.iterdir()] == ["graph.ttl"]


def test_a_folder_that_cannot_be_written_is_said(tmp_path, monkeypatch):
    folder = tmp_path / "locked"
    folder.mkdir()
    folder.chmod(0o500)

    def deny(*_args: object, **_more: object) -> None:
        raise PermissionError(13, "Permission denied")

    if os.access(folder, os.W_OK):  # root may write everywhere
        monkeypatch.setattr("tempfile.mkstemp", deny)
    assert "Permission denied" in unwritable(folder / "graph.ttl").what
    folder.chmod(0o700)
    assert not list(folder.iterdir())


@pytest.mark.parametrize("step", ["fdopen", "chmod", "replace"])
def test_a_failure_half_way_keeps_the_old_file_and_leaves_nothing(tmp_path, monkeypatch, step):
    path = tmp_path / "graph.ttl"
    path.write_bytes(b"old")

    class Full:
        """A file on a full disk."""

        def __init__(self, handle: int) -> None:
            self.handle = handle

        def __enter__(self):
            return self

        def __exit__(self, *_):
            os.close(self.handle)

        def write(self, data: bytes) -> None:
            os.write(self.handle, data[:1])
            raise OSError(28, "No space left on device")

    def fail(*_args: object, **_more: object) -> None:
        raise OSError(28, "No space left on device")

    if step == "fdopen":
        monkeypatch.setattr(os, "fdopen", lambda handle, _mode: Full(handle))
    else:
        monkeypatch.setattr(Path, step, fail)
    assert "No space left" in unwritable(path).what
    monkeypatch.undo()
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]
