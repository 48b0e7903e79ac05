"""The double is faithful: its shapes are those of recordings, its parameters those of the API's own description."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest
from boards import Bench
from roadmaps import roadmap
from trello_double import Double

SAMPLES = "samples.json"
BESIDE = {"/lists/{id}/cards": {"fields", "filter"}}
"""Parameters that the description lacks and the guides have ("Nested resources")."""


@pytest.fixture(scope="module")
def reference(root: Path) -> Path:
    """The folder with recordings and the API's description, which lies beside the repository where it is."""
    folder = Path(os.environ.get("ROADPRESS_TRELLO", root.parent / "shared" / "trello"))
    if not (folder / SAMPLES).exists():
        pytest.skip("no recordings of Trello's API: set ROADPRESS_TRELLO to a folder with samples.json")
    return folder


def made(double: Double, method: str, path: str, **body: Any) -> Any:
    headers = {"Authorization": f'OAuth oauth_consumer_key="{double.key}", oauth_token="{double.token}"'}
    reply = double.handle(method, f"/1{path}", {}, headers, json.dumps(body) if body else "")
    assert reply.status == 200, reply.text
    return json.loads(reply.text)


@pytest.fixture
def filled() -> dict[str, Any]:
    double = Double()
    board = made(double, "POST", "/boards", name="B", defaultLists=False)
    row = made(double, "POST", "/lists", name="L", idBoard=board["id"])
    label = made(double, "POST", "/labels", name="X", color="green", idBoard=board["id"])
    card = made(
        double, "POST", "/cards", name="C", idList=row["id"], idLabels=label["id"], due="2020-12-22 01:59:00 UTC"
    )
    checklist = made(double, "POST", "/checklists", name="K", idCard=card["id"])
    item = made(double, "POST", f"/checklists/{checklist['id']}/checkItems", name="A")
    changed = made(double, "PUT", f"/cards/{card['id']}/checkItem/{item['id']}", state="complete")
    return {
        "double": double,
        "POST /boards": board,
        "POST /lists": row,
        "POST /labels": label,
        "POST /cards": card,
        "POST /checklists": checklist,
        "POST /checklists/#/checkItems": item,
        "PUT /cards/#/checkItem/#": changed,
        "GET /checklists/#": made(double, "GET", f"/checklists/{checklist['id']}"),
        "GET /boards/#/labels": made(double, "GET", f"/boards/{board['id']}/labels"),
        "GET /boards/#/lists": made(double, "GET", f"/boards/{board['id']}/lists"),
    }


def kind_of(value: Any) -> str:
    if isinstance(value, bool):
        return "bool"
    return "number" if isinstance(value, int | float) else type(value).__name__


def test_shapes_are_the_recordings(reference: Path, filled: dict[str, Any]) -> None:
    samples = json.loads((reference / SAMPLES).read_text())
    compared = set()
    for sample in samples:
        path = re.sub(r"/[0-9a-f]{24}", "/#", sample["uri"].split("?")[0])
        name = f"{sample['method'].upper()} {path}"
        if name not in filled or sample["status"] != 200:
            continue
        recorded, ours = sample["body"], filled[name]
        if isinstance(recorded, list):
            recorded, ours = recorded[0], ours[0]
        missing = (
            set(recorded) - set(ours) - {"idMemberCreator", "softLimit", "subscribed", "isTemplate", "creationMethod"}
        )
        assert not missing, (name, missing)
        for key in set(recorded) & set(ours):
            if recorded[key] is not None and ours[key] is not None:
                assert kind_of(recorded[key]) == kind_of(ours[key]), (name, key)
        compared.add(name)
    assert {"POST /boards", "POST /cards", "POST /lists", "POST /labels", "POST /checklists"} <= compared
    assert {"POST /checklists/#/checkItems", "PUT /cards/#/checkItem/#", "GET /checklists/#"} <= compared


def test_every_request_is_of_the_description(reference: Path, tmp_path: Path) -> None:
    """Each path, method and parameter that a push and a recovery send is one that the API documents."""
    paths = json.loads((reference / "openapi.json").read_text())["paths"]
    bench = Bench(
        tmp_path,
        roadmap(
            "- title: S\n  tags: [w]\n  topics: [{title: T, due: 2027-01-05, items: [a, b]}]", "tags: {w: {title: W}}"
        ),
    )
    bench.push()
    bench.show(roadmap("- title: S2\n  topics: [New, {title: T3, items: [c, {title: a, done: true}]}]"))
    bench.push(prune=True, force=True)
    calls = bench.calls()
    ids = {kind: next(iter(getattr(bench.double, f"{kind}s"))) for kind in ("board", "list", "card", "checklist")}
    for kind, parent in (("label", "board"), ("list", "board"), ("card", "list"), ("checklist", "card")):
        calls.siblings(kind, ids[parent])
    calls.siblings("item", ids["checklist"])
    calls.member()
    calls.board(ids["board"], with_ticks=True)
    for entry in bench.double.log:
        template, documented = documented_parameters(paths, entry.method, entry.path.removeprefix("/1"))
        given = {*entry.query, *(entry.body or {})}
        nested = re.compile(r"(card|list|label|action|checklist)s?_|card_checklists?|actions|lists|cards|labels")
        unknown = {name for name in given - documented if not nested.match(name)} - BESIDE.get(template, set())
        assert not unknown, (entry.method, template, unknown)


def documented_parameters(paths: dict[str, Any], method: str, path: str) -> tuple[str, set[str]]:
    best = None
    for template, operations in paths.items():
        pattern = re.sub(r"\{[^}]+\}", "[^/]+", template.rstrip("/"))
        literal = len(re.sub(r"\{[^}]+\}", "", template))
        if re.fullmatch(pattern, path) and method.lower() in operations and (best is None or literal > best[0]):
            best = (literal, template, operations)
    assert best is not None, f"{method} {path} is not documented"
    _, template, operations = best
    operation = operations[method.lower()]
    named = {
        parameter.get("name") for parameter in [*operation.get("parameters", []), *operations.get("parameters", [])]
    }
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
    return template, {str(name) for name in named | set(body.get("properties", {}))}


def test_positions(filled: dict[str, Any]) -> None:
    double = filled["double"]
    board = filled["POST /boards"]["id"]
    assert made(double, "POST", "/lists", name="first", idBoard=board)["pos"] == 8192
    assert made(double, "POST", "/lists", name="last", idBoard=board, pos="bottom")["pos"] == 32768
    assert (
        double.handle("POST", "/1/lists", {}, auth(double), f'{{"name": "x", "idBoard": "{board}", "pos": "x"}}').status
        == 400
    )


def auth(double: Double) -> dict[str, str]:
    return {"Authorization": f'OAuth oauth_consumer_key="{double.key}", oauth_token="{double.token}"'}


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "text"),
    [
        ("GET", "/1/boards/xx", "", 400, "invalid id"),
        ("GET", "/1/boards/" + "0" * 24, "", 404, "The requested resource was not found."),
        ("POST", "/1/cards", "{}", 400, "invalid value for idList"),
        ("POST", "/1/cards", "{", 400, "error parsing body"),
        ("POST", "/1/boards", '{"name": " "}', 400, '{"message": "invalid value for name", "error": "ERROR"}'),
        ("GET", "/1/members/me", "{}", 403, "<HTML>ERROR: The request could not be satisfied</HTML>"),
        ("GET", "/1/nowhere", "", 404, "Cannot GET /1/nowhere?"),
    ],
)
def test_refusals(method: str, path: str, body: str, status: int, text: str) -> None:
    double = Double()
    reply = double.handle(method, path, {}, auth(double), body)
    assert (reply.status, reply.text) == (status, text)


def test_credentials() -> None:
    double = Double()
    for headers, method, text in (
        ({}, "GET", "unauthorized permission requested"),
        ({}, "POST", "missing scopes"),
        ({"Authorization": f'OAuth oauth_consumer_key="x", oauth_token="{double.token}"'}, "GET", "invalid key"),
        ({"Authorization": f'OAuth oauth_consumer_key="{double.key}", oauth_token="x"'}, "GET", "invalid token"),
    ):
        reply = double.handle(method, "/1/members/me", {}, headers, "")
        assert (reply.status, reply.text) == (401, text)


def test_limits_and_window() -> None:
    now = [0.0]
    double = Double(clock=lambda: now[0], allowance=5, limits={"items": 1})
    for _ in range(5):
        assert double.handle("GET", "/1/members/me", {}, auth(double), "").status == 200
    refused = double.handle("GET", "/1/members/me", {}, auth(double), "")
    assert refused.status == 429
    assert refused.headers["x-rate-limit-api-token-remaining"] == "0"
    now[0] = 11
    assert double.handle("GET", "/1/members/me", {}, auth(double), "").status == 200
    assert double.handle("GET", "/1/members/me", {"x": "y" * 9000}, auth(double), "").status == 414
