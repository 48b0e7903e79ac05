"""The double is faithful: its shapes are those of recordings, its parameters those of the API's own description."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from boards import Bench
from roadmaps import roadmap
from trello_double import Double

OURS = Path(__file__).parent.parent / "data" / "trello.json"
"""What the requests that we send may hold and what answers hold, in our own words: names and kinds, no text of others."""
OUTSIDE = Path(os.environ.get("ROADPRESS_TRELLO", OURS.parents[3] / "shared" / "trello"))
"""Recordings (`samples.json`) and the API's description (`openapi.json`), which are no part of the project."""
UNUSED = {"idMemberCreator", "softLimit", "subscribed", "isTemplate", "creationMethod"}
NESTED = re.compile(r"(card|list|label|action|checklist)s?_|card_checklists?|actions|lists|cards|labels")
BESIDE = {"GET /lists/{id}/cards": {"fields", "filter"}}
"""Parameters that the description lacks and the guides have ("Nested resources")."""


class Reference(NamedTuple):
    """What is known of the API, by request."""

    answers: dict[str, dict[str, str]]
    parameters: dict[str, set[str]]


def ours() -> Reference:
    known = json.loads(OURS.read_text("utf-8"))
    return Reference(known["answers"], {request: set(names) for request, names in known["parameters"].items()})


def outside() -> Reference:
    answers: dict[str, dict[str, str]] = {}
    for sample in json.loads((OUTSIDE / "samples.json").read_text("utf-8")):
        if sample["status"] == 200:
            path = re.sub(r"/[0-9a-f]{24}", "/#", sample["uri"].split("?")[0])
            body = sample["body"][0] if isinstance(sample["body"], list) and sample["body"] else sample["body"]
            answers[f"{sample['method'].upper()} {path}"] = kinds_of(body) if isinstance(body, dict) else {}
    described = json.loads((OUTSIDE / "openapi.json").read_text("utf-8"))["paths"]
    parameters = {
        f"{method.upper()} {path.rstrip('/')}": named(operation) | named(operations)
        for path, operations in described.items()
        for method, operation in operations.items()
        if isinstance(operation, dict)
    }
    return Reference(answers, parameters)


def named(operation: dict[str, Any]) -> set[str]:
    schema = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
    return {str(parameter.get("name")) for parameter in operation.get("parameters", [])} | set(
        schema.get("properties", {})
    )


def kinds_of(body: dict[str, Any]) -> dict[str, str]:
    return {name: kind_of(value) for name, value in body.items()}


def kind_of(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "bool"
    return "number" if isinstance(value, int | float) else type(value).__name__


@pytest.fixture(params=["ours", *(["outside"] if (OUTSIDE / "samples.json").exists() else [])])
def reference(request: pytest.FixtureRequest) -> Reference:
    return ours() if request.param == "ours" else outside()


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


def test_answers_have_the_fields_that_are_recorded(reference: Reference, filled: dict[str, Any]) -> None:
    compared = reference.answers.keys() & filled.keys()
    for request in compared:
        answer = filled[request][0] if isinstance(filled[request], list) else filled[request]
        recorded, given = reference.answers[request], kinds_of(answer)
        assert recorded.keys() - given.keys() <= UNUSED, request
        both = {name for name in recorded.keys() & given.keys() if recorded[name] and given[name]}
        assert {name: recorded[name] for name in both} == {name: given[name] for name in both}, request
    assert {"POST /boards", "POST /cards", "POST /lists", "POST /labels", "POST /checklists"} <= compared
    assert {"POST /checklists/#/checkItems", "PUT /cards/#/checkItem/#", "GET /checklists/#"} <= compared


def test_every_request_is_of_the_description(reference: Reference, tmp_path: Path) -> None:
    """Each path, method and parameter that a push and a recovery send is one that the API documents."""
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
        request = documented(reference.parameters, entry.method, entry.path.removeprefix("/1"))
        given = {name for name in (*entry.query, *(entry.body or {})) if not NESTED.match(name)}
        assert given <= reference.parameters[request] | BESIDE.get(request, set()), request


def documented(parameters: dict[str, set[str]], method: str, path: str) -> str:
    """Return the documented request that a path is; the one with the fewest places where several are."""
    fitting = [
        request
        for request in parameters
        if re.fullmatch(re.sub(r"\\\{.*?\\\}", "[^/]+", re.escape(request)), f"{method} {path}")
    ]
    assert fitting, f"{method} {path} is not documented"
    return max(fitting, key=lambda request: len(re.sub(r"\{[^}]+\}", "", request)))


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
