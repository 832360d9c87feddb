"""Installable: a manifest with drawn icons, a service worker at the root that keeps no page of anybody."""

import re
from pathlib import Path

from django.contrib.staticfiles.finders import find
from django.test import Client
from PIL import Image


def test_the_manifest_names_icons_that_are_there_in_their_sizes(client: Client) -> None:
    told = client.get("/manifest.webmanifest").json()

    for icon in told["icons"]:
        path = find(icon["src"].split("/", 3)[3])
        with Image.open(str(path)) as drawn:
            assert f"{drawn.width}x{drawn.height}" == icon["sizes"]
    assert {"any", "maskable"} == {icon["purpose"] for icon in told["icons"]}
    assert told["share_target"]["action"] == "/share" and told["start_url"] == "/"


def test_the_service_worker_stands_at_the_root_and_runs_under_our_policy(client: Client) -> None:
    answer = client.get("/service-worker.js")

    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert "'unsafe" not in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "no-cache"


def test_the_service_worker_keeps_public_things_only(client: Client) -> None:
    script = Path(str(find("web/pwa/service-worker.js"))).read_text(encoding="utf-8")
    listed = re.search(r"const KEPT = \[(.*?)\]", script)
    assert listed is not None

    for address in re.findall(r'"([^"]+)"', listed[1]):
        if address.startswith("/static/"):
            assert find(address.removeprefix("/static/"))
        else:
            assert Client().get(address).status_code == 200  # to somebody who is not signed in
    # Nothing that was fetched is put on a shelf: only what is listed, and what the telephone shared.
    assert script.count(".put(") == 1 and script.count("addAll(") == 1


def test_the_page_without_a_network_says_nothing_of_anybody(as_alice: Client) -> None:
    page = as_alice.get("/offline").content.decode()

    assert "Alice" not in page and "Carreaux" not in page and "Aucun réseau" in page
