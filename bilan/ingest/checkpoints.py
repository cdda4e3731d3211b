"""Checkpoints of a home's ledger and access log: made, handed to partners, held against what is there."""

from collections.abc import Collection, Sequence

from bilan.home import Home
from bilan.identity.access import head_of_log, held_by_log
from bilan.identity.journal import Journal
from bilan.identity.vault import Vault
from bilan.ingest.outbox import write_reply
from bilan.ledger.chain import BatchRecord
from bilan.ledger.checkpoint import BATCHES, EVENTS, FILE_NAME, Checkpoint, sign_checkpoint
from bilan.ledger.delta import DeltaLedger
from bilan.ledger.findings import Verdict
from bilan.ledger.merkle import leaves_of
from bilan.signing import release_key

ACCESS_LOG = "access_log"
Marks = Sequence[tuple[str, str]]


def make_checkpoint(home: Home, vault: Vault, log: str = EVENTS, marks: Marks = ()) -> str:
    """A signed note of the ledger as it stands; `marks`: what else it tells of beside the access log."""
    head = head_of_log(vault)
    own = [(ACCESS_LOG, head)] if head else []
    return sign_checkpoint(release_key(home.keys), log, _leaves(home, vault, log), [*own, *marks])


def hand_checkpoints(home: Home, vault: Vault, senders: Collection[str]) -> None:
    """Write for each sender the checkpoint of all that was taken: the same for all, at the end of a run."""
    if senders:
        note = make_checkpoint(home, vault, BATCHES).encode()
        for sender in sorted(senders):
            write_reply(home, vault, sender, FILE_NAME, note)


def check_checkpoint(home: Home, vault: Vault, checkpoint: Checkpoint, verdict: Verdict) -> None:
    """Add to the verdict that the ledger, or the access log, no longer holds what the checkpoint tells of."""
    leaves = _leaves(home, vault, checkpoint.log)
    if not checkpoint.is_prefix_of(leaves):
        what = "lots" if checkpoint.log == BATCHES else "événements"
        verdict.find(
            "ledger_rolled_back",
            "Le grand livre ne contient plus ce qu'atteste le point de contrôle : "
            f"{checkpoint.size} {what} y étaient, et il "
            + (
                f"n'en compte que {len(leaves)} : une copie plus ancienne a pris sa place."
                if checkpoint.size > len(leaves)
                else "en a d'autres à leur place : une autre suite a été écrite."
            ),
        )
    for what, head in checkpoint.marks:
        if what == ACCESS_LOG and not held_by_log(vault, head):
            verdict.find(
                "access_log_rolled_back",
                "Le registre d'accès ne contient plus les lectures qu'atteste le point de contrôle.",
            )


def _leaves(home: Home, vault: Vault, log: str) -> list[bytes]:
    if log == BATCHES:
        return leaves_of(BatchRecord.from_json(entry.record).hash for entry in Journal(vault).batches())
    ledger = DeltaLedger(home.ledger)
    return leaves_of(ledger.row_hashes(ledger.version()))
