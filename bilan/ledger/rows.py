"""The rows of the ledger, recomputed: each event's hash, the sequence, each batch's hash."""

from collections.abc import Sequence
from pathlib import Path

import polars as pl
from polars.exceptions import PolarsError

from bilan.ledger.chain import BatchRecord
from bilan.ledger.events import SCHEMA, chain_rows, row_hashes
from bilan.ledger.findings import Verdict

_KEPT = ("sequence", "batch", "row_hash")


def check_rows(folder: Path, files: Sequence[str], records: Sequence[BatchRecord], verdict: Verdict) -> int:
    """Check the live rows against the batches' records; returns how many there are."""
    frames = [frame for path in files if (frame := _rows_of(folder, path, verdict)) is not None]
    rows = pl.concat([pl.DataFrame(schema={name: SCHEMA[name] for name in _KEPT}), *frames]).sort("sequence")
    batches = {key[0]: group["row_hash"] for key, group in rows.group_by("batch", maintain_order=True)}
    for record in records:
        hashes = batches.pop(record.id, pl.Series(dtype=pl.String))
        if hashes.len() != record.events or chain_rows(hashes) != record.rows_hash:
            message = (
                f"Le lot {record.number} ({record.id}) n'a plus les événements écrits : "
                f"{hashes.len()} lus pour {record.events}."
            )
            verdict.find("batch_altered", message, batch=record.id)
    for batch in batches:
        verdict.find("batch_unknown", f"Événements d'un lot inconnu du journal : {batch}.", batch=str(batch))
    if rows["sequence"].to_list() != list(range(1, rows.height + 1)):
        verdict.find("sequence_broken", "La suite des numéros d'événements a un trou ou un doublon.")
    return rows.height


def _rows_of(folder: Path, path: str, verdict: Verdict) -> pl.DataFrame | None:
    """The rows of one file; those whose hash does not fit are found, and a file that can't be read too."""
    if not (folder / path).is_file():
        return None  # already found
    try:
        events = pl.read_parquet(folder / path).select(*SCHEMA).cast(pl.Schema(SCHEMA))
        wrong = events.filter(row_hashes(events) != pl.col("row_hash"))
    except (PolarsError, OSError):
        verdict.find("data_unreadable", f"Le fichier de données {path} ne se lit plus.", file=path)
        return None
    for sequence, batch in wrong.select("sequence", "batch").iter_rows():
        message = f"L'événement {sequence} de {path} n'est plus celui qui a été écrit."
        verdict.find("event_altered", message, file=path, batch=batch)
    return events.select(*_KEPT)
