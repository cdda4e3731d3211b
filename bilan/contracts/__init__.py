"""The contracts of the logs, by name."""

from bilan.contracts.accusations import ACCUSATIONS
from bilan.contracts.arrestations import ARRESTATIONS
from bilan.contracts.echanges import ECHANGES
from bilan.contracts.formations import FORMATIONS
from bilan.contracts.jeunes_rencontres import JEUNES_RENCONTRES
from bilan.contracts.model import Column, Contract, EventSpec, Kind, Presence, Restates, Subject
from bilan.contracts.references import REFERENCES

CONTRACTS: dict[str, Contract] = {
    contract.log: contract
    for contract in (
        ARRESTATIONS,
        ACCUSATIONS,
        JEUNES_RENCONTRES,
        REFERENCES,
        ECHANGES,
        FORMATIONS,
    )
}

LINK_TYPE = "identity.tokens.linked.v1"

__all__ = [
    "CONTRACTS",
    "LINK_TYPE",
    "Column",
    "Contract",
    "EventSpec",
    "Kind",
    "Presence",
    "Restates",
    "Subject",
]
