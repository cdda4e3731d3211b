"""The contracts of the logs, by name, and what Bilan itself tells."""

from bilan.contracts.accusations import ACCUSATIONS
from bilan.contracts.arrestations import ARRESTATIONS
from bilan.contracts.concertation import CONCERTATION
from bilan.contracts.contract import Column, Contract, EventSpec, Kind, Presence, Restates, Subject
from bilan.contracts.depistages import DEPISTAGES
from bilan.contracts.echanges import ECHANGES
from bilan.contracts.effectifs import EFFECTIFS
from bilan.contracts.financements import FINANCEMENTS
from bilan.contracts.formations import FORMATIONS
from bilan.contracts.hebergements import HEBERGEMENTS
from bilan.contracts.jeunes_rencontres import JEUNES_RENCONTRES
from bilan.contracts.operations import OPERATIONS
from bilan.contracts.own import (
    ACCESS_DUE_TYPE,
    BREACH_TYPE,
    ERASED_TYPE,
    LINK_TYPE,
    OWN_EVENTS,
    STATEMENT_TYPE,
    UNLINK_TYPE,
    WITHDRAWN_TYPE,
    OwnEvent,
)
from bilan.contracts.rayonnement import RAYONNEMENT
from bilan.contracts.references import REFERENCES
from bilan.contracts.reseaux_sociaux import RESEAUX_SOCIAUX
from bilan.contracts.sans_p_ni_e import SANS_P_NI_E
from bilan.contracts.sous_comite import SOUS_COMITE
from bilan.contracts.trajectoires import TRAJECTOIRES

CONTRACTS: dict[str, Contract] = {
    contract.log: contract
    for contract in (
        ARRESTATIONS,
        ACCUSATIONS,
        JEUNES_RENCONTRES,
        REFERENCES,
        ECHANGES,
        FORMATIONS,
        EFFECTIFS,
        SANS_P_NI_E,
        SOUS_COMITE,
        DEPISTAGES,
        TRAJECTOIRES,
        RESEAUX_SOCIAUX,
        HEBERGEMENTS,
        FINANCEMENTS,
        CONCERTATION,
        RAYONNEMENT,
        OPERATIONS,
    )
}

__all__ = [
    "ACCESS_DUE_TYPE",
    "BREACH_TYPE",
    "CONTRACTS",
    "ERASED_TYPE",
    "LINK_TYPE",
    "OWN_EVENTS",
    "STATEMENT_TYPE",
    "UNLINK_TYPE",
    "WITHDRAWN_TYPE",
    "Column",
    "Contract",
    "EventSpec",
    "Kind",
    "OwnEvent",
    "Presence",
    "Restates",
    "Subject",
]
