"""Is the ledger what was written into it? Recomputed from the bytes, against the vault's journal.

Three things must agree: the journal, the commit files with the data files they name, and the table
as a reader sees it (which may come from a checkpoint). Only creation, batches and compactions may
stand in the history: append-only tables stop accidents, not a restore or an altered property.
"""

from collections.abc import Sequence
from pathlib import Path

import polars as pl
from deltalake import DeltaTable
from deltalake.exceptions import DeltaError
from polars.exceptions import PolarsError

from bilan.ledger.chain import GENESIS, BatchRecord, DataFile, sha256_of
from bilan.ledger.delta import CONFIGURATION, LOG_FOLDER, part_prefix
from bilan.ledger.events import SCHEMA, chain_rows, row_hashes
from bilan.ledger.findings import Journalled, Upkeep, Verdict
from bilan.ledger.history import CREATE, OPTIMIZE, WRITE, CommitFile, live_files, read_history
from bilan.ledger.points import check_points


def verify_ledger(folder: Path, batches: Sequence[Journalled], upkeep: Sequence[Upkeep]) -> Verdict:
    """Recompute the whole ledger against the journal."""
    history = read_history(folder)
    verdict = Verdict(version=history[-1].version if history else -1, batches=len(batches))
    _check_journal(batches, upkeep, verdict)
    _check_history(history, batches, upkeep, verdict)
    _check_table(folder, history, verdict)
    pending = _note_pending(history, batches, verdict)
    digests = {
        file.path: (entry.record.id, file)
        for entry in batches
        if entry is not pending
        for file in entry.files
    }
    digests |= {file.path: ("", file) for entry in upkeep for file in entry.files}
    added = [path for commit in history for path in commit.added]
    _check_files(folder, added, digests, verdict)
    committed = [entry.record for entry in batches if entry is not pending]
    verdict.events = check_rows(folder, sorted(live_files(history)), committed, verdict)
    if verdict.sound:
        check_points(folder, verdict)
        verdict.compactions = _new_compactions(folder, history, upkeep)
    verdict.vouch(*(folder / LOG_FOLDER / commit.name for commit in history))
    _look_at_orphans(folder, {*added, *digests}, pending, batches, verdict)
    return verdict


def _check_journal(batches: Sequence[Journalled], upkeep: Sequence[Upkeep], verdict: Verdict) -> None:
    previous, next_sequence = GENESIS, 1
    for number, entry in enumerate(batches, 1):
        record = entry.record
        chained = (record.number, record.previous, record.first_sequence) == (number, previous, next_sequence)
        if not (entry.genuine and chained):
            message = f"Journal du coffre : l'inscription du lot {number} a été altérée ou manque."
            verdict.find("journal_altered", message, batch=record.id)
        previous, next_sequence = record.hash, record.last_sequence + 1
    for kept in upkeep:
        if not kept.genuine:
            message = f"Journal du coffre : l'inscription du commit {kept.version} a été altérée."
            verdict.find("journal_altered", message)


def _check_history(
    history: Sequence[CommitFile], batches: Sequence[Journalled], upkeep: Sequence[Upkeep], verdict: Verdict
) -> None:
    written = {entry.version: entry for entry in batches if entry.version is not None}
    kept = {entry.version: entry for entry in upkeep}
    prepared = {entry.record.id: entry for entry in batches if entry.version is None}
    found = {commit.version for commit in history}
    for version in sorted((set(written) | set(kept)) - found):
        _find_missing(version, written.get(version), verdict)
    for version in sorted(set(range(max(found, default=-1))) - found - set(written) - set(kept)):
        verdict.find("commit_missing", f"Le commit {version} manque.", file=f"{version:020d}.json")
    for commit in history:
        if commit.version in written:
            _check_batch(commit, written[commit.version], verdict)
        elif commit.version in kept:
            _check_upkeep(commit, kept[commit.version], verdict)
        elif commit.record is not None and commit.record.id in prepared:
            _check_batch(commit, prepared[commit.record.id], verdict)
        else:
            _check_unknown(commit, verdict, just_made=len(history) == 1 and not batches)


def _find_missing(version: int, entry: Journalled | None, verdict: Verdict) -> None:
    name = f"{version:020d}.json"
    what = f"du lot {entry.record.number} ({entry.record.id})" if entry else f"{version}"
    message = f"Le commit {what} manque : {name} n'est plus au grand livre."
    verdict.find("commit_missing", message, file=name, batch=entry.record.id if entry else None)


def _check_batch(commit: CommitFile, entry: Journalled, verdict: Verdict) -> None:
    """A batch's commit is, byte for byte, the one that was journalled."""
    same = entry.commit_sha256 is None or commit.sha256 == entry.commit_sha256
    adds = tuple(file.path for file in entry.files)
    says = commit.operation == WRITE and commit.record == entry.record and commit.added == adds
    if not (same and says) or commit.removed or commit.other_actions:
        message = (
            f"Le commit {commit.name} n'est plus celui du lot {entry.record.number} ({entry.record.id})."
        )
        verdict.find("commit_altered", message, file=commit.name, batch=entry.record.id)


def _check_upkeep(commit: CommitFile, entry: Upkeep, verdict: Verdict) -> None:
    if (commit.sha256, commit.operation) != (entry.sha256, entry.operation):
        message = f"Le commit {commit.name} ({entry.operation}) a été modifié."
        verdict.find("commit_altered", message, file=commit.name)


def _check_unknown(commit: CommitFile, verdict: Verdict, *, just_made: bool) -> None:
    """Of what the journal does not know, only a compaction is allowed, since it changes no row, or
    the creation of a ledger whose first run was killed right then."""
    plain = not commit.changes_data and not commit.other_actions
    if commit.operation == OPTIMIZE and plain and commit.record is None:
        return
    if commit.operation == CREATE and just_made:
        return
    name = commit.operation or "illisible"
    message = f"Le commit {commit.name} ({name}) n'est pas au journal du coffre et n'est pas admis."
    verdict.find("commit_unknown", message, file=commit.name)


def _check_table(folder: Path, history: Sequence[CommitFile], verdict: Verdict) -> None:
    """What a reader of the table sees is what the commits say, checkpoints included."""
    if not history:
        return
    try:
        table = DeltaTable(folder)
        seen = {Path(uri).name for uri in table.file_uris()}
        properties = table.metadata().configuration
    except (DeltaError, OSError, ValueError):
        verdict.find("table_unreadable", "Le grand livre ne s'ouvre plus comme table Delta.")
        return
    if table.version() != history[-1].version or seen != live_files(history):
        verdict.find(
            "table_differs",
            "La table lue n'est pas celle que disent les commits (point de reprise altéré ?).",
        )
    if properties != CONFIGURATION:
        names = sorted(
            name for name in {*properties, *CONFIGURATION} if properties.get(name) != CONFIGURATION.get(name)
        )
        verdict.find("property_altered", f"Propriété de la table modifiée : {', '.join(names)}.")


def _note_pending(
    history: Sequence[CommitFile], batches: Sequence[Journalled], verdict: Verdict
) -> Journalled | None:
    """A prepared batch that the ledger does not hold yet is not a loss: the next run commits it."""
    last = batches[-1] if batches else None
    if last is None or last.version is not None:
        return None
    verdict.notes.append(
        f"Le lot {last.record.number} est préparé : la prochaine prise de fichiers l'achève."
    )
    held = any(commit.record is not None and commit.record.id == last.record.id for commit in history)
    return None if held else last


def _check_files(
    folder: Path, added: Sequence[str], digests: dict[str, tuple[str, DataFile]], verdict: Verdict
) -> None:
    """Every data file ever committed is there, and those journalled have not changed by a byte.

    Files that a compaction replaced count too: a release reads the version it was made from.
    """
    for path in dict.fromkeys([*digests, *added]):
        batch, file = digests.get(path, ("", None))
        place = folder / path
        if not place.is_file():
            verdict.find(
                "data_missing", f"Le fichier de données {path} manque.", file=path, batch=batch or None
            )
        elif file is not None and sha256_of(place) != file.sha256:
            message = f"Le fichier de données {path} a été modifié."
            verdict.find("data_altered", message, file=path, batch=batch or None)


def _new_compactions(folder: Path, history: Sequence[CommitFile], upkeep: Sequence[Upkeep]) -> list[Upkeep]:
    known = {entry.version for entry in upkeep}
    return [
        Upkeep(
            commit.version,
            commit.operation,
            commit.sha256,
            tuple(_data_file(folder, p) for p in commit.added),
        )
        for commit in history
        if commit.operation == OPTIMIZE and commit.version not in known
    ]


def _data_file(folder: Path, path: str) -> DataFile:
    place = folder / path
    return DataFile(path, sha256_of(place), place.stat().st_size, 0)


def _look_at_orphans(
    folder: Path, known: set[str], pending: Journalled | None, batches: Sequence[Journalled], verdict: Verdict
) -> None:
    """Data that no commit holds: a killed run leaves those of the next batch alone, and nobody reads them."""
    known = known | {file.path for file in (pending.files if pending else ())}
    verdict.vouch(*(folder / path for path in known))
    orphans = sorted(file for file in folder.glob("*.parquet") if file.name not in known)
    waiting = [file for file in orphans if file.name.startswith(part_prefix(len(batches) + 1))]
    for file in waiting:
        verdict.vouch(file)
        verdict.notes.append(f"Hors du grand livre, laissé par une prise interrompue : {file.name}.")


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
