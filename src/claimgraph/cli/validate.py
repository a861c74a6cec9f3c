"""`claimgraph validate`: an RDF file against the shapes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from claimgraph.cli.group import cli
from claimgraph.cli.options import Location, json_option
from claimgraph.cli.printing import to_json


@cli.command(
    short_help="Check an RDF file against the shapes.",
    epilog="Example:\n\n\b\n  claimgraph validate out/graph.ttl\n",
)
@click.argument("file", metavar="FILE|STORE|URL", type=Location())
@json_option
def validate(file: Path | str, as_json: bool) -> int:
    """Check an RDF file, a store or an endpoint against the shapes of the ontology.

    Exit code 0 if it conforms, 1 if it violates any shape, 2 if it cannot be read.
    """
    from claimgraph.pipeline import open_dataset
    from claimgraph.shapes import validate_dataset

    validation = validate_dataset(open_dataset(file))
    if as_json:
        violations = [
            {
                name: getattr(v, name)
                for name in ("focus", "path", "value", "message", "repair", "shape")
            }
            for v in validation.violations
        ]
        record = {
            "conforms": validation.conforms,
            "claims": validation.claims,
            "triples": validation.triples,
            "violations": violations,
        }
        click.echo(to_json(record))
    else:
        click.echo(_render_validation(validation, file), nl=False)
    return 0 if validation.conforms else 1


def _render_validation(validation: Any, file: Path | str) -> str:
    """Say how a validation went."""
    from claimgraph.shapes import render_validation

    if validation.conforms:
        # A graph without claims breaks no rule; the count tells it from one that keeps them.
        return (
            f"{file}: conforms, 0 violations in {validation.claims} claims, "
            f"{validation.triples} triples\n"
        )
    return f"{file}: {len(validation.violations)} violations\n{render_validation(validation)}"
