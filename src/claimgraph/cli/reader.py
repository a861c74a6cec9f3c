"""Options that say who reads a text: rules, the learned model, or a model at an endpoint."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from claimgraph.cli.printing import visible

if TYPE_CHECKING:
    from claimgraph.extract import Extractor
    from claimgraph.extract.choosing import Way
    from claimgraph.extract.llm import LanguageModelExtractor

_F = TypeVar("_F", bound=Callable[..., Any])
_RULES, _LLM = "rules", "llm"
_OWN = (
    _RULES,
    "model",
    "both",
)  # the members of `extract.choosing.Reader`, too slow to import here


@dataclass(slots=True)
class Reader:
    """Who reads, as the user chose; `made` is the language model once it has been asked for."""

    name: str
    endpoint: str | None
    model: str | None
    retries: int
    cache: Path | None
    temperature: float | None
    prices: tuple[float, float] | None
    least: float = 0.0
    made: LanguageModelExtractor | None = None

    @property
    def is_own(self) -> bool:
        """Whether texts are read on this machine, by what claimgraph carries."""
        return self.name in _OWN

    @property
    def way(self) -> Way:
        """How texts are read, if on this machine."""
        return make_way(self.name, self.least)

    def make(self) -> Extractor:
        """Make the extractor.

        Raises:
            EndpointError: if the endpoint is none, or its client is not installed.
            ModelError: if the learned model is asked for and cannot be used.
        """
        if self.name != _LLM:
            return self.way.make()
        from claimgraph.extract.confidence import Calibrated
        from claimgraph.extract.llm import Endpoint, LanguageModelExtractor

        endpoint = Endpoint(
            self.endpoint or "",
            self.model or "",
            cache=self.cache,
            temperature=self.temperature,
        )
        self.made = LanguageModelExtractor(endpoint, retries=self.retries)
        return Calibrated(self.made, self.least)

    def say_usage(self) -> None:
        """Say on standard error what the model was asked, what it took, and what was refused."""
        if self.made is None:
            return
        for refusal in self.made.refusals:
            first, last = refusal.sentences
            click.echo(
                visible(
                    f"claimgraph: refused: {refusal.text_id}, sentences {first} to {last}: "
                    f"{refusal.reason}"
                ),
                err=True,
            )
        usage = self.made.endpoint.usage
        parts = [
            f"{usage.requests} requests",
            f"{usage.kept} answers from the cache",
            f"{usage.input_tokens} tokens sent",
            f"{usage.output_tokens} received",
            f"{len(self.made.refusals)} items refused",
        ]
        if self.prices is not None:
            parts.append(f"cost {usage.cost(*self.prices):.4f}")
        click.echo(f"{self.made.endpoint.model}: {', '.join(parts)}", err=True)


def make_way(name: str, least: float) -> Way:
    """Say how texts are read on this machine."""
    from claimgraph.extract.choosing import Reader as OwnReader
    from claimgraph.extract.choosing import Way

    return Way(OwnReader(name), least)


def own_reader_options(function: _F) -> _F:
    """Add the options that say who reads on this machine, and how sure it has to be."""
    extractor = click.option(
        "--extractor",
        type=click.Choice(_OWN),
        default=_RULES,
        show_default=True,
        help="Who reads: rules, the learned model, or both.",
    )
    return extractor(_LEAST(function))


def reader_options(function: _F) -> _F:
    """Add the options that say who reads; the command gets them as one `reader`."""

    @functools.wraps(function)
    def command(
        *args: Any,
        extractor: str,
        endpoint: str | None,
        model: str | None,
        retries: int,
        cache: Path | None,
        keep: bool,
        temperature: float,
        prices: tuple[float, float] | None,
        least: float,
        **others: Any,
    ) -> Any:
        if extractor != _LLM and (endpoint or model):
            raise click.UsageError("--endpoint and --model go with --extractor llm")
        if extractor == _LLM and not (endpoint and model):
            raise click.UsageError(
                "--extractor llm needs --endpoint and --model; texts go to no place that nobody "
                "named"
            )
        reader = Reader(
            extractor,
            endpoint,
            model,
            retries,
            (cache or Path(click.get_app_dir("claimgraph")) / "answers") if keep else None,
            None if temperature < 0 else temperature,
            prices,
            least,
        )
        return function(*args, reader=reader, **others)

    for option in reversed(_OPTIONS):
        command = option(command)
    return command  # type: ignore[return-value]


_LEAST = click.option(
    "--min-confidence",
    "least",
    type=click.FloatRange(0, 1),
    default=0.0,
    show_default=True,
    metavar="X",
    help="Leave out claims that are right less often than this, as measured; more gives fewer "
    "claims, of which more are right.",
)
_OPTIONS = (
    click.option(
        "--extractor",
        type=click.Choice([*_OWN, _LLM]),
        default=_RULES,
        show_default=True,
        help="Who reads: rules, the learned model, both, or a language model that you name (llm).",
    ),
    _LEAST,
    click.option(
        "--endpoint",
        metavar="URL",
        help="Where the model is: a server that speaks the OpenAI protocol, such as "
        "http://127.0.0.1:8080/v1. Texts are sent there. Its key is taken from CLAIMGRAPH_LLM_KEY.",
    ),
    click.option("--model", metavar="NAME", help="The model's name there."),
    click.option(
        "--retries",
        type=click.IntRange(0, 5),
        default=1,
        show_default=True,
        help="How often refused claims go back to the model, with the reason.",
    ),
    click.option(
        "--cache",
        type=click.Path(path_type=Path, file_okay=False),
        help="Folder where answers are kept, so that nothing is asked twice. Default: one in your "
        "own settings.",
    ),
    click.option("--keep/--no-keep", default=True, help="Whether answers are kept.", hidden=True),
    click.option(
        "--temperature",
        type=float,
        default=0.0,
        show_default=True,
        help="How freely the model chooses its words; below 0, the endpoint decides.",
    ),
    click.option(
        "--prices",
        type=(float, float),
        metavar="IN OUT",
        help="Price of a million tokens sent and received, to print the cost.",
    ),
)
