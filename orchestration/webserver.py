"""Dagster's pages and GraphQL behind Bilan's front, in one process: nothing else of Dagster's listens.

python -m orchestration.webserver --port 3000      on loopback; who comes in holds the home's link
python -m orchestration.webserver --socket FILE    for a proxy that asks who is there, and no one else

`BILAN_ORIGINS` says where people's browsers find it. Dagster's own command can't be put behind anything
in its process, nor listen on a socket that is a file.
"""

import argparse
import os
import sys
from pathlib import Path

import uvicorn

# What Dagster's own command is made of. Private, under a version that is pinned by its hash.
from dagster import DagsterInstance
from dagster._core.workspace.context import WorkspaceProcessContext
from dagster._core.workspace.load_target import ModuleTarget
from dagster_webserver.app import create_app_from_workspace_process_context
from dagster_webserver.version import __version__

from bilan.front.admission import WEBSOCKET, Rules, origins_of
from bilan.front.asgi import AsgiFront
from bilan.front.entrance import Entrance
from bilan.home import Home

LOOPBACK = "127.0.0.1"
SETTING = "BILAN_ORIGINS"
DEFINITIONS = ModuleTarget(
    "orchestration.definitions", attribute=None, working_directory=None, location_name=None
)


def rules() -> Rules:
    """What Dagster's pages ask of it: GraphQL is posted as JSON, and the rest is read."""
    return Rules(
        origins=origins_of(os.environ.get(SETTING, "")),
        methods=frozenset({"GET", "HEAD", "POST", WEBSOCKET}),
        contents=frozenset({"application/json"}),
        only_posted=frozenset({"/graphql"}),
    )


def main() -> None:
    """Serve until asked to stop."""
    options = argparse.ArgumentParser(description="Dagster behind Bilan's front")
    place = options.add_mutually_exclusive_group(required=True)
    place.add_argument("--port", type=int, help="of loopback")
    place.add_argument("--socket", type=Path, help="a file that the proxy alone reaches")
    arguments = options.parse_args()
    wanted = rules()
    if not wanted.origins:
        sys.exit(f"{SETTING} must say where browsers find this service")
    with (
        DagsterInstance.get() as instance,
        WorkspaceProcessContext(instance, DEFINITIONS, version=__version__) as context,
    ):
        dagster = create_app_from_workspace_process_context(context)
        let_in = None if arguments.socket else entrance(arguments.port)
        uvicorn.run(
            AsgiFront(dagster, wanted, let_in),
            host=LOOPBACK,
            port=arguments.port or 0,
            uds=str(arguments.socket) if arguments.socket else None,
            log_level="warning",
            proxy_headers=False,
            server_header=False,
        )


def entrance(port: int) -> Entrance:
    """The link of this home, and the sessions that it opens."""
    return Entrance(f"http://{LOOPBACK}:{port}", Home.from_environment().dagster / "entrance")


if __name__ == "__main__":
    main()
