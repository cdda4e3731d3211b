"""`bilan samples`: the synthetic sample logs."""

import json
from pathlib import Path
from typing import Annotated

import typer


def command(
    out: Annotated[
        Path, typer.Option("--out", help="Dossier où écrire les journaux. / Folder to write them into.")
    ],
    seed: Annotated[
        int | None,
        typer.Option("--seed", help="Même graine, mêmes fichiers. / Same seed, same files."),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Résultat en JSON sur la sortie standard. / JSON on stdout.")
    ] = False,
) -> None:
    """Écrire les journaux d'exemple : synthétiques, mal rangés exprès, toujours les mêmes.

    Write the sample logs: synthetic, untidy on purpose, always the same.
    """
    from rich.console import Console
    from rich.progress import Progress

    from bilan.samples import DEFAULT_SEED, write_samples

    chosen = DEFAULT_SEED if seed is None else seed
    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Journaux d'exemple", total=None)
        paths = write_samples(
            out, chosen, progress=lambda done, total: bar.update(task, completed=done, total=total)
        )
    if as_json:
        files = [str(path.relative_to(out)) for path in paths]
        typer.echo(json.dumps({"synthetic": True, "seed": chosen, "out": str(out), "files": files}))
    else:
        typer.echo(f"{len(paths)} journaux synthétiques écrits / synthetic logs written: {out}")
