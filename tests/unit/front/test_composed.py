"""What the compose file starts is reached through the proxy alone, and knows where browsers find it."""

import re
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[3]
COMPOSED = [
    yaml.safe_load((ROOT / name).read_text("utf-8"))
    for name in ("docker-compose.yml", "docker/vault-postgresql.yml")
]
PROXY = (ROOT / "docker/nginx.conf").read_text("utf-8")


def services() -> dict[str, dict[str, Any]]:
    """Each service, as both files together make it."""
    main, added = (file["services"] for file in COMPOSED)
    return {name: {**main.get(name, {}), **added.get(name, {})} for name in {*main, *added}}


def test_only_the_proxy_opens_ports_and_on_loopback() -> None:
    opened = {name: service["ports"] for name, service in services().items() if "ports" in service}
    assert list(opened) == ["proxy"]
    assert all(port.startswith("127.0.0.1:") for port in opened["proxy"])


def test_dagster_listens_on_a_file_that_the_proxy_alone_mounts() -> None:
    running = services()
    [place] = re.findall(
        r"orchestration\.webserver --socket (\S+?)/dagster\.sock", running["dagster"]["command"]
    )
    mounting = {
        name
        for name, service in running.items()
        if any(f":{place}" in one for one in service.get("volumes", []))
    }
    assert mounting == {"dagster", "proxy"}
    assert f"proxy_pass http://unix:{place}/dagster.sock;" in PROXY
    assert not any("dagster-webserver" in str(service.get("command")) for service in running.values())
    for name in ("dagster", "dagster-daemon"):
        assert not set(running[name]["networks"]) & set(running["superset"]["networks"])


def test_what_writes_in_a_home_writes_for_its_owner_alone() -> None:
    """Programs that are not ours begin before any of our code may say so."""
    writing = {
        name: service["command"]
        for name, service in services().items()
        if re.search(r":/var/lib/bilan\b", str(service.get("volumes")))
    }
    assert {"dagster", "dagster-daemon", "superset"} <= set(writing)
    assert [name for name, words in writing.items() if not words.startswith('sh -c "umask 077 && ')] == []


def test_each_service_that_browsers_reach_has_an_origin_of_its_own() -> None:
    """A page of one is another site's to the other; the proxy tells them the host that was named."""
    main = COMPOSED[0]["services"]
    origins = {name: main[name]["environment"]["BILAN_ORIGINS"] for name in ("dagster", "superset")}
    ports = {name: origin.rpartition(":")[2] for name, origin in origins.items()}
    assert {port.rpartition(":")[2] for port in main["proxy"]["ports"]} == set(ports.values())
    [asked] = [block for block in PROXY.split("server {")[1:] if "dagster.sock" in block]
    assert f"listen {ports['dagster']} ssl;" in asked
    assert "auth_basic_user_file" in asked.partition("location")[0]
    for block in re.split(r"location [^#\n]*{", PROXY)[1:]:
        own = "proxy_set_header" in block
        assert not own or "proxy_set_header Host $http_host;" in block  # else none is inherited
