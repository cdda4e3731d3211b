"""The fourth room: the ledger's events in DuckDB, and the figures that dbt makes of them.

Nothing here knows dbt or opens the vault. `load` brings events in, `freshness` tells what is behind,
`query` reads figures, `catalogue` what they mean.
"""

from bilan.warehouse.catalogue import Kpi, read_catalogue
from bilan.warehouse.freshness import Freshness, is_behind, models_hash, record_build
from bilan.warehouse.load import load
from bilan.warehouse.locking import reading, writing
from bilan.warehouse.query import Filters, models_of, read_kpis
from bilan.warehouse.sealed import is_sealed, verify_warehouse, warehouse_file

__all__ = [
    "Filters",
    "Freshness",
    "Kpi",
    "is_behind",
    "is_sealed",
    "load",
    "models_hash",
    "models_of",
    "read_catalogue",
    "read_kpis",
    "reading",
    "record_build",
    "verify_warehouse",
    "warehouse_file",
    "writing",
]
