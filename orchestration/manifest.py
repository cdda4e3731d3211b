"""dbt's manifest, from which the graph of models is drawn: built beforehand, refreshed when stale.

python -m orchestration.manifest      build or refresh it, as `make setup` does
"""

import json
from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bilan.building.dbt import PROJECT, parsed_project
from bilan.warehouse.catalogue import read_catalogue
from bilan.warehouse.freshness import models_hash

MANIFEST = PROJECT / "target" / "manifest.json"


def fresh_manifest() -> Mapping[str, Any]:
    """The manifest of the models as they are now, parsed again only if one of their files changed.

    CatalogueError where an entry of the KPI catalogue is not whole.
    """
    stamp = MANIFEST.with_suffix(".sha256")
    wanted = models_hash(PROJECT)
    if not MANIFEST.exists() or not _is_of(stamp, wanted):
        MANIFEST.parent.mkdir(exist_ok=True)
        _parse()
        read_catalogue(MANIFEST)
        stamp.write_text(wanted, encoding="utf-8")
    manifest: dict[str, Any] = json.loads(MANIFEST.read_text(encoding="utf-8"))
    for node in manifest["nodes"].values():
        if node["resource_type"] == "test":
            # a test of ours over several models is a check on the first that it names
            node["attached_node"] = node.get("attached_node") or node["depends_on"]["nodes"][0]
    return manifest


def _is_of(stamp: Path, wanted: str) -> bool:
    return stamp.exists() and stamp.read_text(encoding="utf-8") == wanted


def _parse() -> None:
    """Write manifest.json from what dbt understood of the project; five seconds when it must read it anew."""
    from dbt.flags import set_from_args

    set_from_args(Namespace(SEND_ANONYMOUS_USAGE_STATS=False), {})
    file = MANIFEST.parent / "warehouse.duckdb"  # never made: dbt only takes the catalog's name from it
    parsed_project(file).writable_manifest().write(str(MANIFEST))


if __name__ == "__main__":
    fresh_manifest()
