"""`bilan verify`: the ledger against the journal that the vault keeps of it."""

import json
from dataclasses import asdict

from bilan.durable import alone
from bilan.home import Home
from bilan.identity.access import breaks
from bilan.identity.crypto import SealError
from bilan.identity.journal import BatchEntry, Journal, UpkeepEntry
from bilan.identity.keys import FILE_NAME as KEY_NAME
from bilan.identity.landed import is_landed, landed_file
from bilan.identity.mark import FILE_NAME as MARK_NAME
from bilan.identity.mark import MarkError
from bilan.identity.noted import ABSENT, noted
from bilan.identity.tokens import altered_lookups
from bilan.identity.vault import FILE_NAME, Vault, open_vault, vault_exists
from bilan.ingest.checkpoints import check_checkpoint
from bilan.ledger.chain import BatchRecord, DataFile, canonical, files_from_json, sha256_of
from bilan.ledger.checkpoint import Checkpoint
from bilan.ledger.findings import Finding, Journalled, Upkeep, Verdict
from bilan.ledger.history import read_history
from bilan.ledger.verify import verify_ledger


def verify_home(home: Home, checkpoint: Checkpoint | None = None) -> Verdict:
    """Recompute a home's ledger, and tell whether it still holds what a checkpoint tells of.

    Compactions found sound are journalled: from then on their bytes count too. What was altered in the
    vault itself is found too. Raises PlainError when it can't be opened for another reason.
    """
    with alone(home.create().root):
        if not vault_exists(home):
            return _without_vault(home, checkpoint)
        try:
            vault = open_vault(home)
        except (MarkError, SealError) as reason:
            return Verdict(findings=[Finding("vault_replaced", str(reason))])
        try:
            journal = Journal(vault)
            batches = [_journalled(entry) for entry in journal.batches()]
            verdict = verify_ledger(home.ledger, batches, [_upkeep(entry) for entry in journal.upkeep()])
            for entry in verdict.compactions:
                journal.note_upkeep(entry.version, canonical(_plain(entry)))
            _look_into(vault, verdict)
            _look_at_files(home, vault, verdict)
            if checkpoint is not None:
                check_checkpoint(home, vault, checkpoint, verdict)
            return verdict
        finally:
            vault.close()


def _without_vault(home: Home, checkpoint: Checkpoint | None) -> Verdict:
    """Nothing was ever taken in, or the witness is gone."""
    verdict = Verdict()
    if read_history(home.ledger) or checkpoint is not None:
        verdict.find("journal_missing", "Le coffre, et avec lui le journal du grand livre, n'est plus là.")
    return verdict


def _look_into(vault: Vault, verdict: Verdict) -> None:
    """Add what is not as it was written in the vault's own tables."""
    if vault.is_altered:
        verdict.find(
            "vault_altered",
            "On a écrit dans le coffre sans Bilan. Le remettre d'une sauvegarde, ou, s'il est "
            "le bon : « bilan vault accept », qui le consigne.",
            file=FILE_NAME,
        )
    for message in breaks(vault):
        verdict.find("access_log_broken", message)
    altered = altered_lookups(vault)
    if altered:
        verdict.find(
            "lookups_altered",
            f"Dans le coffre, {altered} lignes qui disent quel jeton est celui de qui ont été altérées.",
        )


def _look_at_files(home: Home, vault: Vault, verdict: Verdict) -> None:
    """Add which files that the vault vouches for are no longer those."""
    verdict.vouch(*(file for file in (vault.file, home.keys / MARK_NAME, home.keys / KEY_NAME) if file))
    for name, states in noted(vault).items():
        file = home.root / name
        state = sha256_of(file) if file.is_file() and not file.is_symlink() else ABSENT
        if state not in states:
            verdict.find("kept_altered", f"{name} n'est plus celui que le coffre a noté.", file=name)
        verdict.vouch(file)
    landed = {sha256 for (sha256,) in vault.rows("select sha256 from landed")}
    for sha256 in sorted(landed):
        if not is_landed(vault, sha256) and not (
            vault.was_cut_short and not landed_file(vault, sha256).exists()
        ):
            name = landed_file(vault, sha256).name
            verdict.find("landed_altered", f"Le fichier pris {name} manque ou ne se lit plus.", file=name)
        verdict.vouch(landed_file(vault, sha256))


def _journalled(entry: BatchEntry) -> Journalled:
    record = BatchRecord.from_json(entry.record)
    files = files_from_json(entry.files)
    return Journalled(record, files, entry.version, entry.commit_sha256, entry.genuine)


def _upkeep(entry: UpkeepEntry) -> Upkeep:
    noted = json.loads(entry.entry)
    files = tuple(DataFile(**file) for file in noted.get("files", ()))
    return Upkeep(entry.version, noted["operation"], noted["sha256"], files, entry.genuine)


def _plain(entry: Upkeep) -> dict[str, object]:
    return {"operation": entry.operation, "sha256": entry.sha256, "files": [asdict(f) for f in entry.files]}
