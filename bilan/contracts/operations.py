"""Opérations: operations against a network, by the SPAL alone or with the ERM."""

from bilan.contracts.common import COMMON, NOBODY
from bilan.contracts.contract import Column, Contract, EventSpec, Kind
from bilan.contracts.lists import AVEC_ERM, SEUL

OPERATIONS = Contract(
    log="operations",
    title="Opérations",
    title_en="Operations",
    senders=("SPAL",),
    programme="MOBILIS",
    key=("no_operation",),
    key_has_subject=False,
    principal_date="date_operation",
    columns=(
        Column("no_operation", Kind.NUMBER, "numéro de l'opération", required=True),
        Column("date_operation", Kind.DATE, "date de l'opération", required=True),
        Column("conduite", Kind.CHOICE, "par qui", required=True, choices=(SEUL, AVEC_ERM)),
        *COMMON,
    ),
    subject=NOBODY,
    events=(
        EventSpec(
            type="mobilis.operation.conducted.v1",
            description="An operation against a network.",
            time="date_operation",
            data=("no_operation", "conduite"),
        ),
    ),
)
