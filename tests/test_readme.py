"""What the documentation says is what happens: code blocks run, tables are up to date, links lead."""

import io
import re
import shlex
from contextlib import redirect_stdout
from pathlib import Path

import pytest

from claimgraph.cli import cli, main
from scripts.update_docs import fill, generated

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
CONSOLE = [block for language, block in BLOCKS if language == "console"]
SHELL = [block for language, block in BLOCKS if language == "sh"]
PAGES = [path for path in ROOT.rglob("*.md") if not {".venv", "node_modules"} & set(path.parts)]


def test_every_block_is_of_a_kind_that_is_checked() -> None:
    assert [language for language, _ in BLOCKS] == [
        "sh",
        "python",
        "text",
        "console",
        "console",
        "sh",
        "sh",
        "sh",
    ]


def test_the_python_example_prints_what_the_readme_shows() -> None:
    (example,) = (block for language, block in BLOCKS if language == "python")
    (shown,) = (block for language, block in BLOCKS if language == "text")
    printed = io.StringIO()
    with redirect_stdout(printed):
        exec(compile(example, "README.md", "exec"), {})  # noqa: S102 - the README is ours
    assert printed.getvalue() == shown
    assert len(example.strip().splitlines()) <= 10


@pytest.mark.parametrize("block", CONSOLE, ids=lambda block: block.splitlines()[0])
def test_the_commands_print_what_the_readme_shows(
    block: str, capsys: pytest.CaptureFixture[str]
) -> None:
    command, _, shown = block.partition("\n")
    program, *arguments = shlex.split(command.removeprefix("$ "))
    assert program == "claimgraph"
    assert main(arguments) == 0
    printed = "".join(f"{line.rstrip()}\n" for line in capsys.readouterr().out.splitlines())
    assert printed == shown


def test_the_two_commands_are_targets_of_the_makefile() -> None:
    targets = [line.split("#")[0].split()[1] for line in SHELL[0].splitlines()]
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert targets == ["graph", "test"]
    assert all(re.search(rf"^{target}:", makefile, re.MULTILINE) for target in targets)


@pytest.mark.parametrize("line", [line for block in SHELL[1:] for line in block.splitlines()])
def test_the_other_commands_take_what_they_are_shown_with(line: str) -> None:
    program, name, *arguments = shlex.split(line, comments=True)
    assert program == "claimgraph"
    command = cli.commands[name]
    context = command.make_context(name, arguments)  # raises for what it does not know
    assert not context.args


def test_every_command_is_named() -> None:
    assert all(f"`{name}`" in README for name in cli.commands)


@pytest.mark.parametrize("path", sorted(generated()), ids=lambda path: str(path.relative_to(ROOT)))
def test_generated_parts_are_up_to_date(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == generated()[path], "run scripts/update_docs.py"


def test_fill_refuses_a_file_without_marks() -> None:
    with pytest.raises(ValueError, match="no <!-- a -->"):
        fill("nothing here", "a", "b")


@pytest.mark.parametrize("page", sorted(PAGES), ids=lambda path: str(path.relative_to(ROOT)))
def test_links_between_files_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text(encoding="utf-8"))
    local = [target for target in targets if "://" not in target]
    missing = [target for target in local if not (page.parent / target).exists()]
    assert not missing
