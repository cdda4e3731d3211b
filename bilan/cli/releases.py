"""How releases look on a terminal, and how the gate's refusals end a command."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from bilan.release import Made
    from bilan.release.register.entries import Entry
    from bilan.release.register.releases import Release

REFUSED = 4


@contextmanager
def refusing() -> Iterator[None]:
    """End with the gate's own exit code, and its words on the error output, where it does not open."""
    from bilan.release import ReleaseRefusedError

    try:
        yield
    except ReleaseRefusedError as error:
        typer.echo(f"Refusé / Refused : {error}", err=True)
        raise typer.Exit(REFUSED) from None


def as_plain(release: "Release") -> dict[str, Any]:
    """A release as the register tells it, as plain values."""
    return {**asdict(release), "signatures": [asdict(one) for one in release.signatures]}


def made_as_plain(made: "Made") -> dict[str, Any]:
    """A candidate as plain values."""
    return {
        **as_plain(made.release),
        "cells": made.cells,
        "suppressed": made.suppressed,
        "failed": list(made.failed),
        "is_new": made.is_new,
    }


def print_made(made: "Made") -> None:
    """What became of the figures of the day, in French."""
    from bilan.release.register.transitions import State

    number, hidden = made.release.number, f"{made.suppressed} cellules masquées sur {made.cells}"
    match made.release.state:
        case State.CANDIDATE:
            failed = ", ".join(made.failed)
            typer.echo(f"Candidate n° {number} : {hidden}. Ne peut être approuvée : {failed}.")
        case State.CHECKED:
            typer.echo(f"Candidate n° {number} : à approuver par deux personnes ; {hidden}.")
        case _:
            typer.echo(f"Rien de neuf : la publication n° {number} dit déjà tout ; {hidden}.")


def print_releases(releases: Sequence["Release"]) -> None:
    """One line a release, newest first."""
    from rich.console import Console
    from rich.table import Table

    from bilan.release.register.transitions import STATES_FR

    table = Table("n°", "état", "connu au", "faite le", "par", "signée par", "sortie le")
    for release in releases:
        table.add_row(
            str(release.number),
            STATES_FR[release.state],
            str(release.knows["known_at"]),
            release.made_at[:10],
            release.made_by,
            ", ".join(signature.name for signature in release.signatures),
            (release.published_at or "")[:10],
        )
    Console().print(table if releases else "Aucune publication : « bilan release candidate ».")


def print_steps(entries: Sequence["Entry"]) -> None:
    """The register's entries about one release."""
    from rich.console import Console
    from rich.table import Table

    from bilan.release.register.transitions import STEPS_FR, Step

    table = Table("entrée", "étape", "qui", "quand", "pourquoi")
    for entry in entries:
        table.add_row(str(entry.n), STEPS_FR[Step(entry.step)], entry.who, entry.when[:19], entry.why)
    Console().print(table)


def print_difference(difference: dict[str, Any]) -> None:
    """Rows that readers would see come, go or change."""
    from bilan.release.candidate.page import in_one_line

    for words, kind in (("+", "added"), ("-", "removed"), ("~", "changed")):
        for row in difference[kind]:
            typer.echo(f"{words} {in_one_line(row)}")
    counts = difference["counts"]
    typer.echo(f"{counts['added']} nouvelles, {counts['removed']} disparues, {counts['changed']} changées.")
