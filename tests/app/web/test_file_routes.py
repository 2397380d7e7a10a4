"""Files in and out of the page, as a browser sends and takes them."""

from __future__ import annotations

import io
import json
import threading
import zipfile
from pathlib import Path
from typing import Any

import pytest
from refzones.instances import load
from support.pages import Read
from support.served import Served

MARKUP = '<img src=x onerror="window.pwned=1">.csv'
INSTANCE = load()
REGION = "Oost-Brabant"
MEMBERS = [int(i) for i in INSTANCE.members(INSTANCE.regions.index(REGION))]


def belgian() -> bytes:
    """A table as Excel writes it in Belgium: semicolons, decimal commas, Windows-1252."""
    rows = ["Gemeente;Inwoners;Fusie;Straal (km)"]
    rows += [
        f"{INSTANCE.names[i]};{INSTANCE.population[i]};fusie à {k // 4};7,5" for k, i in enumerate(MEMBERS)
    ]
    return "\r\n".join(rows).encode("cp1252")


def send(client: Any, work: str, name: str, content: bytes, query: str = "") -> Any:
    return client.post(f"/api/works/{work}/files{query}", files={"file": (name, content)})


def packed(files: dict[str, bytes]) -> bytes:
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return box.getvalue()


@pytest.fixture
def client(page_server: Served) -> Any:
    return page_server.client(timeout=120.0)


@pytest.fixture
def work(client: Any) -> str:
    return str(client.post("/api/works", json={"title": "Files"}).json()["id"])


def test_a_belgian_table_becomes_the_drawn_plan(client: Any, work: str) -> None:
    answer = send(client, work, "Voorstel gouverneur.csv", belgian())
    assert answer.status_code == 200, answer.text
    told = answer.json()
    assert told["kind"] == "plan"
    assert told["groups"] == told["work"]["groups"]
    assert sorted(i for group in told["groups"] for i in group) == MEMBERS
    assert len(told["groups"]) == -(-len(MEMBERS) // 4)
    assert "Windows-1252" in told["notes"][0]["en"]
    assert told["work"]["steps"][-1]["said"] == "open"
    assert "Voorstel gouverneur.csv" in told["work"]["steps"][-1]["text"]["nl"]


def test_a_file_that_is_only_read_changes_nothing(client: Any, work: str) -> None:
    answer = send(client, work, "plan.csv", belgian(), "?only=read")
    assert answer.json()["work"] is None
    assert answer.json()["groups"]
    assert client.get(f"/api/works/{work}").json()["groups"] is None


def test_what_is_written_is_read_back(client: Any, work: str) -> None:
    """Each format of a drawn plan holds the plan that was drawn."""
    drawn = send(client, work, "plan.csv", belgian()).json()["groups"]
    for name in ("assignment.csv", "plan.xlsx", "plan.geojson", "plan.gpkg"):
        given = client.get(f"/api/works/{work}/files/{name}")
        assert given.status_code == 200, given.text
        assert given.headers["content-disposition"] == f'attachment; filename="Files-{name}"'
        back = send(client, work, name, given.content, "?only=read")
        assert back.status_code == 200, back.text
        assert back.json()["groups"] == drawn, name


def test_workbook_of_a_drawn_plan_claims_no_proof(client: Any, work: str) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    send(client, work, "plan.csv", belgian())
    given = client.get(f"/api/works/{work}/files/plan.xlsx?lang=nl")
    assert given.status_code == 200, given.text
    book = openpyxl.load_workbook(io.BytesIO(given.content))
    assert book.sheetnames == ["Over dit bestand", "Fusies", "Gemeenten", "Criteria", "Vraag", "Bronnen"]
    about = dict(book["Over dit bestand"].iter_rows(min_row=2, values_only=True))
    assert about["Bewijs"] == "met de hand getekend: er is niets van bewezen"


def test_workbook_of_the_best_plan_is_that_of_a_run(client: Any, work: str) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    given = client.get(f"/api/works/{work}/files/plan.xlsx")
    assert given.status_code == 200, given.text
    book = openpyxl.load_workbook(io.BytesIO(given.content))
    assert book.sheetnames[0] == "About"
    assert "Reference regions" in book.sheetnames


def test_a_scenario_is_written_and_taken_back(client: Any, work: str) -> None:
    base = client.get(f"/api/works/{work}").json()
    changed = {"base": base["revision"], "action": {"kind": "set", "key": "population.min", "value": 25000}}
    wanted = client.post(f"/api/works/{work}/actions", json=changed).json()["scenario"]
    text = client.get(f"/api/works/{work}/files/scenario.toml").content
    client.post(f"/api/works/{work}/actions", json={"base": base["revision"] + 1, "action": {"kind": "undo"}})
    taken = send(client, work, "mijn scenario.toml", text).json()
    assert taken["kind"] == "scenario"
    assert taken["work"]["scenario"] == wanted


def test_a_run_holds_all_that_solve_writes_and_comes_back(client: Any, tmp_path: Path) -> None:
    from refzones.app.files.formats import FORMATS

    scenario = {"preset": "mergers", "name": "run"}
    work = client.post("/api/works", json={"title": "Een rún", "scenario": scenario}).json()["id"]
    given = client.get(f"/api/works/{work}/files/run.zip")
    assert given.status_code == 200, given.text
    assert given.headers["content-disposition"] == 'attachment; filename="Een-rn-run.zip"'
    with zipfile.ZipFile(io.BytesIO(given.content)) as archive:
        names = {name for name in archive.namelist() if not name.endswith("/")}
        archive.extractall(tmp_path)
    usual = {file.name for file in FORMATS if not file.extra}
    assert names == {"plan.json", *usual} - {"zones.csv"}
    told = send(client, work, "run.zip", given.content, "?only=read").json()
    record = json.loads((tmp_path / "plan.json").read_text())
    codes = [[INSTANCE.codes[i] for i in group] for group in told["groups"]]
    assert sorted(codes) == sorted(sorted(merger["members"]) for merger in record["mergers"])
    assert told["scenario"]["name"] == "run"
    alone = send(client, work, "whatever.json", (tmp_path / "plan.json").read_bytes(), "?only=read").json()
    assert alone["groups"] == told["groups"]


def test_maps_are_written_in_every_format_and_language(client: Any, work: str) -> None:
    send(client, work, "plan.csv", belgian())
    for name, begin in (("map.png", b"\x89PNG"), ("map.svg", b"<?xml"), ("map.pdf", b"%PDF-")):
        given = client.get(f"/api/works/{work}/files/{name}?lang=nl")
        assert given.status_code == 200, given.text
        assert given.content.startswith(begin)


def test_a_dossier_is_of_the_best_plan_and_says_how_far_it_is(client: Any) -> None:
    pytest.importorskip("jinja2", reason="jinja2 is in the extra 'dossier'")
    work = client.post("/api/works", json={"title": "Dossier", "scenario": {"preset": "mergers"}}).json()
    far: list[dict[str, Any]] = []
    done = threading.Event()

    def look() -> None:
        while not done.wait(0.1):
            far.append(client.get(f"/api/works/{work['id']}/writing").json())

    looking = threading.Thread(target=look)
    looking.start()
    try:
        address = f"/api/works/{work['id']}/files/dossier.html?lang=nl&region={REGION}&region=Nowhere"
        given = client.get(address)
    finally:
        done.set()
        looking.join()
    assert given.status_code == 200, given.text
    assert given.headers["content-disposition"] == 'attachment; filename="Dossier-dossier.html"'
    read = Read(given.content.decode("utf-8"))
    assert "Oost-Brabant" in "".join(read.texts)
    assert len(read.figures) > 100
    assert '<html lang="nl">' in given.text
    assert {"name": "dossier.html", "region": "", "done": 1, "total": 1} in far
    after = client.get(f"/api/works/{work['id']}/writing").json()
    assert after == {"name": None, "region": "", "done": 0, "total": 0}


BOMB = packed({"plan.json": b"0" * (80 * 2**20)})

BAD = {
    "leeg.csv": (b"", "empty"),
    "foto.png": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00", "not read"),
    "nota.pdf": (b"%PDF-1.7\n%\xe2\xe3\n", "not read"),
    "kapot.zip": (b"PK\x03\x04" + b"\x00" * 40, "cannot be read"),
    "bom.zip": (BOMB, "more than 64 MB"),
    "uit.zip": (packed({"../../plan.json": b"{}"}), "leads out"),
    "anders.zip": (packed({"x.txt": b"hello"}), "no run"),
    "twee.zip": (packed({"a/plan.json": b"{}", "b/plan.json": b"{}"}), "two runs"),
    "half.json": (b'{"type": "FeatureCollection", "features": [', "no JSON"),
    "lijst.geojson": (b'{"type": "FeatureCollection", "features": []}', "no shapes"),
    "fout.toml": (b"[population\nmin = 3", ""),
    "sleutel.toml": (b'preset = "mergers"\n[population]\nmean = 3', "mean"),
    "pad.toml": (b'preset = "mergers"\n[existing]\nplan = "/etc/passwd"', "opens none by its path"),
    "niemand.csv": (b"gemeente;fusie\nNergenshuizen;1\n", "Nergenshuizen"),
    "geen.csv": (b"a,b\n1,2\n", ""),
    MARKUP: (b"gemeente;fusie\n<script>window.pwned=1</script>;1\n", "<script>"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_used_is_refused_and_changes_nothing(client: Any, work: str, name: str) -> None:
    content, word = BAD[name]
    before = client.get(f"/api/works/{work}").json()
    answer = send(client, work, name, content)
    assert answer.status_code == 422, answer.text
    told = answer.json()
    assert told["kind"] == "input"
    assert all(fault["file"] == name for fault in told["faults"])
    assert told["faults"]
    assert word in told["text"]["en"]
    assert "/tmp" not in told["text"]["en"]
    assert client.get(f"/api/works/{work}").json() == before


def test_no_file_outside_is_ever_named(client: Any, work: str) -> None:
    for path in ("..%2f..%2fserver.json", "work.json", "%2fetc%2fpasswd"):
        assert client.get(f"/api/works/{work}/files/{path}").status_code == 404
    base = client.get(f"/api/works/{work}").json()["revision"]
    for action in (
        {"kind": "replace", "scenario": {"preset": "mergers", "existing": {"plan": "/etc/passwd"}}},
        {"kind": "set", "key": "frames.plan", "value": "/etc/passwd"},
    ):
        answer = client.post(f"/api/works/{work}/actions", json={"base": base, "action": action})
        assert answer.status_code == 422
        assert "opens none by its path" in answer.json()["text"]["en"]


def test_a_form_without_a_file_and_an_old_revision_are_refused(client: Any, work: str) -> None:
    assert client.post(f"/api/works/{work}/files", data={"file": "text"}).status_code == 422
    assert client.post(f"/api/works/{work}/files", content=b"nothing").status_code == 422
    assert send(client, work, "plan.csv", belgian(), "?base=99").status_code == 409
    assert client.get("/api/works/000000000000/files/map.png").status_code == 404
