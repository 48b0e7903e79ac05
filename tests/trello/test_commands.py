"""`roadpress trello …` as one types it, against the double on loopback."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from boards import BASE_CALLS
from trello_double import Double, Fault, Hold, serve
from trello_double.people import Person

from roadpress import cli
from roadpress.exporters.boards.planning.base import NAME

SOURCE = """\
roadpress: 1
title: Learn
sections:
  - title: S
    topics:
      - title: A
        id: a
        items: [{title: a1, id: a1}, {title: "**a2**", id: a2}]
      - {title: B, id: b}
"""


class Table:
    """A folder with a roadmap, and a double on loopback that the environment names."""

    def __init__(self, double: Double, capsys: pytest.CaptureFixture[str]) -> None:
        self.double = double
        self.person = Person(double)
        self.capsys = capsys

    def run(self, *words: str, before: tuple[str, ...] = ()) -> tuple[int, str, str]:
        code = cli.main([*before, "trello", *words])
        out, err = self.capsys.readouterr()
        assert self.double.token not in out + err
        assert self.double.key not in out + err
        return code, out, err


@pytest.fixture
def table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Table]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    Path("roadmap.yaml").write_text(SOURCE)
    double = Double(allowance=5000)
    with serve(double) as url:
        monkeypatch.setenv("TRELLO_API_URL", url)
        monkeypatch.setenv("TRELLO_API_KEY", double.key)
        monkeypatch.setenv("TRELLO_TOKEN", double.token)
        yield Table(double, capsys)


def test_plan_push_plan(table: Table) -> None:
    code, out, _ = table.run("plan")
    assert code == 0
    assert "+ board Learn\n+ list S\n  + card A\n    + checklist Checklist\n      + item a1" in out
    assert "7 to create: 7 calls, about 1 s" in out
    assert table.double.writes == []
    code, out, err = table.run("push")
    assert (code, err) == (0, "")
    assert "https://trello.com/b/" in out
    code, out, _ = table.run("plan")
    assert out == "Nothing to change: the board is up to date.\n"
    assert table.run("push")[0] == 0
    assert len(table.double.writes) == 7 + BASE_CALLS


def test_plan_as_json(table: Table) -> None:
    _, out, _ = table.run("plan", "--json")
    data = json.loads(out)
    assert (data["calls"], data["counts"], data["board"]) == (7, {"create": 7}, None)
    assert data["changes"][0] == {
        "action": "create",
        "kind": "board",
        "key": "",
        "title": "Learn",
        "fields": ["background", "desc", "name", "visibility"],
    }


def test_options_of_a_new_board(table: Table) -> None:
    table.run("push", "--name", "Mine", "--visibility", "org", "--workspace", "w" * 24, "--background", "lime")
    (board,) = table.double.boards.values()
    assert (board["name"], board["idOrganization"]) == ("Mine", "w" * 24)
    assert (board["prefs"]["permissionLevel"], board["prefs"]["background"]) == ("org", "lime")


def test_boards_and_workspaces_are_listed(table: Table) -> None:
    table.run("push")
    (board,) = table.double.boards.values()
    board["name"] = "Mine\x1b[31m"
    assert table.run("boards")[1] == f"{board['url']}  Mine�[31m\n"
    assert json.loads(table.run("boards", "--json")[1])[0]["url"] == board["url"]
    assert table.run("workspaces")[1] == "class2027  Class of 2027\n"
    assert json.loads(table.run("workspaces", "--json")[1])[0]["title"] == "Class of\n2027"


def test_options_under_exports(table: Table) -> None:
    Path("roadmap.yaml").write_text(SOURCE + "exports:\n  trello: {name: Ours, background: sky}\n")
    table.run("push")
    (board,) = table.double.boards.values()
    assert (board["name"], board["prefs"]["background"]) == ("Ours", "sky")
    Path("roadmap.yaml").write_text(SOURCE + "exports:\n  trello: {backgruond: sky}\n")
    assert cli.main(["check"]) == 2
    assert "did you mean `background`?" in table.capsys.readouterr().err


def test_new_in_the_file_does_not_make_a_board_at_each_push(table: Table) -> None:
    Path("roadmap.yaml").write_text(SOURCE + "exports:\n  trello: {board: new}\n")
    table.run("push")
    table.run("push")
    assert len(table.double.boards) == 1
    table.run("push", "--board", "new")
    assert len(table.double.boards) == 2


def test_without_credentials_the_plan_is_of_a_new_board(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TRELLO_API_KEY")
    monkeypatch.delenv("TRELLO_TOKEN")
    code, out, err = table.run("plan")
    assert code == 0
    assert "no credentials" in err
    assert "7 to create" in out
    code, _, err = table.run("push")
    assert code == 3
    assert "roadpress trello login" in err
    assert table.double.log == []


def test_pull_brings_ticks_back_and_push_takes_them(table: Table) -> None:
    table.run("push")
    table.person.tick(table.person.item("**a2**"), at="2027-01-05T10:00:00.000Z")
    table.person.complete(table.person.card("B"), at="2027-01-06T10:00:00.000Z")
    code, out, _ = table.run("pull", "--dry-run")
    assert "2 changes" in out
    assert not Path("roadmap.progress.yaml").exists()
    code, out, _ = table.run("pull")
    assert code == 0
    assert "✓ 1.1.2 a2" in out
    assert "✓ 1.2 B" in out
    written = Path("roadmap.progress.yaml").read_text()
    assert "trello" in written
    assert "2027-01-05" in written
    assert "nothing new" in table.run("pull")[1]
    assert table.run("plan")[1] == "Nothing to change: the board is up to date.\n"
    assert cli.main(["tick", "1.1.1"]) == 0
    assert "✓ item a1" in table.run("plan")[1]
    table.run("push")
    assert table.person.item("a1")["state"] == "complete"
    assert table.person.card("A")["dueComplete"] is True


def test_a_completed_card_completes_its_items(table: Table) -> None:
    table.run("push")
    table.person.complete(table.person.card("A"))
    _, out, err = table.run("pull")
    assert "2 open items of it count as done" in err
    assert "✓ 1.1.1 a1" in out
    table.run("push")
    assert {item["state"] for item in table.double.items.values()} == {"complete"}


@pytest.mark.parametrize(("side", "state"), [("--mine", "skipped"), ("--theirs", "done")])
def test_both_sides_changed(table: Table, side: str, state: str) -> None:
    table.run("push")
    assert cli.main(["skip", "1.2"]) == 0
    table.person.complete(table.person.card("B"), at="2027-01-01T10:00:00.000Z")
    table.capsys.readouterr()
    code, _, err = table.run("pull", side)
    assert code == 0
    assert "changed on both sides" in err
    assert cli.main(["status", "--all"]) == 0
    line = next(line for line in table.capsys.readouterr().out.splitlines() if " B" in line)
    assert ("✓" in line) == (state == "done")
    assert "nothing new" in table.run("pull")[1]


def test_an_untick_reaches_the_board(table: Table) -> None:
    assert cli.main(["tick", "1.1", "1.2"]) == 0
    table.run("push")
    assert {item["state"] for item in table.double.items.values()} == {"complete"}
    assert cli.main(["untick", "1.1.1", "1.2"]) == 0
    table.run("push")
    assert table.person.item("a1")["state"] == "incomplete"
    assert table.person.item("**a2**")["state"] == "complete"
    assert [table.person.card(name)["dueComplete"] for name in "AB"] == [False, False]
    assert "nothing new" in table.run("pull")[1]
    assert table.run("plan")[1] == "Nothing to change: the board is up to date.\n"


def test_an_untick_does_not_take_what_a_person_ticked_meanwhile(table: Table) -> None:
    assert cli.main(["tick", "1.1.1"]) == 0
    assert cli.main(["untick", "1.1.1"]) == 0
    table.run("push")
    table.person.tick(table.person.item("a1"))
    table.run("push")
    assert table.person.item("a1")["state"] == "complete"


def test_a_card_that_a_person_opened_again_stays_open(table: Table) -> None:
    assert cli.main(["tick", "1.1"]) == 0
    table.run("push")
    table.person.complete(table.person.card("A"), done=False)
    for command in ("push", "pull", "push"):
        table.run(command)
        assert table.person.card("A")["dueComplete"] is False
    assert table.run("plan")[1] == "Nothing to change: the board is up to date.\n"


def test_a_tick_that_was_lost_here_stays_on_the_board_and_comes_back(table: Table) -> None:
    assert cli.main(["tick", "1.1.1"]) == 0
    table.run("push")
    Path("roadmap.progress.yaml").unlink()
    table.run("push")
    assert table.person.item("a1")["state"] == "complete"
    assert "✓ 1.1.1 a1" in table.run("pull")[1]


def test_a_topic_and_its_item_retitled_together_keep_their_tick(table: Table) -> None:
    source = "roadpress: 1\ntitle: Learn\nsections:\n- title: S\n  topics:\n  - {title: Vectors, items: [Add them, Scale them]}\n"
    Path("roadmap.yaml").write_text(source + "  - {title: Matrices, items: [Multiply, Invert]}\n")
    assert cli.main(["tick", "1.1.2"]) == 0
    table.run("push")
    retitled = source.replace("Vectors", "Arrows in space").replace("Scale them", "Stretching of arrows")
    Path("roadmap.yaml").write_text(retitled + "  - {title: Matrices, items: [Multiply, Invert]}\n")
    table.run("push")
    table.run("pull", "--theirs")
    ticked = [item["name"] for item in table.double.items.values() if item["state"] == "complete"]
    assert ticked == ["Stretching of arrows"]
    table.capsys.readouterr()
    assert cli.main(["status", "--all"]) == 0
    assert [line for line in table.capsys.readouterr().out.splitlines() if "✓" in line and "Stretching" in line]


def test_pull_without_a_board(table: Table) -> None:
    code, _, err = table.run("pull")
    assert code == 5
    assert "no board of this roadmap" in err


def test_wrong_board_and_usage(table: Table) -> None:
    assert table.run("push", "--board", "nonsense!")[0] == 2
    code, _, err = table.run("push", "--board", "0" * 24)
    assert code == 5
    assert "--board new" in err
    assert table.run("push", "--background", "mauve")[0] == 2


def test_the_address_must_be_safe(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRELLO_API_URL", "http://api.trello.com")
    code, _, err = table.run("push")
    assert code == 2
    assert "https" in err


def test_login(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    import click

    double = table.double
    monkeypatch.delenv("TRELLO_API_KEY")
    monkeypatch.delenv("TRELLO_TOKEN")
    given = iter([double.key, double.secret, double.key, double.token])
    monkeypatch.setattr(click, "prompt", lambda *_, **__: next(given))
    code = cli.main(["trello", "login"])
    assert code == 3
    assert "Secret" in table.capsys.readouterr().err
    assert cli.main(["trello", "login"]) == 0
    out = table.capsys.readouterr().out
    assert "https://trello.com/1/authorize?expiration=never&scope=read,write&response_type=token" in out
    assert "Trello knows you as A Learner" in out
    assert double.token not in out
    path = Path(os.environ["HOME"], ".config", "roadpress", "trello.json")
    assert path.stat().st_mode & 0o777 == 0o600
    assert table.run("push")[0] == 0


def test_export_is_a_board_file(table: Table) -> None:
    assert table.run("export")[0] == 0
    board = json.loads(Path("output/roadmap.board.json").read_text())
    assert [row["name"] for row in board["lists"]] == ["S"]
    assert [card["name"] for card in board["cards"]] == ["A", "B"]
    (checklist,) = board["checklists"]
    assert [item["name"] for item in checklist["checkItems"]] == ["a1", "**a2**"]
    ids = [row["id"] for rows in ("lists", "cards", "checklists", "labels") for row in board[rows]]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch("[0-9a-f]{24}", id_) for id_ in ids)
    assert {card["idList"] for card in board["cards"]} == {board["lists"][0]["id"]}
    assert table.double.log == []


def test_export_has_what_importers_demand(table: Table) -> None:
    """The fields and types that WeKan's importer checks before it takes a board, which is the strictest of them."""
    table.run("export")
    board = json.loads(Path("output/roadmap.board.json").read_text())
    demanded: dict[str, dict[str, type]] = {
        "lists": {"closed": bool, "name": str},
        "labels": {"name": str},
        "cards": {
            "closed": bool,
            "dateLastActivity": str,
            "desc": str,
            "idLabels": list,
            "idMembers": list,
            "name": str,
            "pos": float,
        },
        "checklists": {"idBoard": str, "idCard": str, "name": str, "checkItems": list},
    }
    for table_name, fields in demanded.items():
        for row in board[table_name]:
            assert {name: type(row[name]) for name in fields} == fields
    assert board["prefs"]["permissionLevel"] in ("org", "private", "public")
    assert isinstance(board["prefs"]["background"], str)
    assert board["actions"] == []
    for checklist in board["checklists"]:
        assert all(isinstance(item["name"], str) and isinstance(item["state"], str) for item in checklist["checkItems"])


def test_a_pushed_board_s_own_export_imports_without_our_marker(table: Table) -> None:
    table.run("push")
    double = table.double
    (board,) = double.boards.values()
    rows = [
        {**row, "checkItems": [i for i in double.items.values() if i["idChecklist"] == row["id"]]}
        for row in double.checklists.values()
    ]
    cards = [{**card, "labels": []} for card in double.cards.values()]
    Path("b.json").write_text(
        json.dumps({**board, "lists": list(double.lists.values()), "cards": cards, "labels": [], "checklists": rows})
    )
    assert "roadpress:a" in Path("b.json").read_text()
    assert cli.main(["import", "b.json", "-o", "again.yaml"]) == 0
    again = Path("again.yaml").read_text()
    assert "roadpress:a" not in again
    assert "title: A" in again


def test_exported_board_imports_again(table: Table) -> None:
    table.run("export")
    assert cli.main(["import", "output/roadmap.board.json", "-o", "again.yaml"]) == 0
    again = Path("again.yaml").read_text()
    assert "`roadpress:" not in again
    assert all(word in again for word in ("Learn", "title: A", "a1", "a2", "B"))


def test_ctrl_c_ends_after_the_call_in_flight(table: Table, tmp_path: Path) -> None:
    topics = "".join(f"      - T{number}\n" for number in range(40))
    Path("roadmap.yaml").write_text(f"roadpress: 1\ntitle: Long\nsections:\n  - title: S\n    topics:\n{topics}")
    program = [sys.executable, "-m", "roadpress", "trello", "push"]
    hold = Hold(6)
    with serve(table.double, hold=hold) as url:
        environment = {**os.environ, "TRELLO_API_URL": url}
        process = subprocess.Popen(
            program, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=tmp_path, env=environment
        )
        assert hold.reached.wait(60)
        process.send_signal(signal.SIGINT)
        time.sleep(0.2)
        hold.released.set()
        _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Stopping after this call" in err
    assert "Run it again to go on" in err
    assert "Traceback" not in err
    assert len(table.double.cards) == 4
    assert table.run("push")[0] == 0
    assert sum(row["name"] != NAME for row in table.double.cards.values()) == 40
    assert len(table.double.boards) == 1


def test_trello_down_gives_exit_code_4(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    from roadpress.exporters.boards.api import exchange

    monkeypatch.setattr(exchange, "ATTEMPTS", 2)
    monkeypatch.setattr(exchange, "LONGEST_WAIT", 0.01)
    with serve(table.double, dict.fromkeys(range(1, 100), Fault.UNAVAILABLE)) as url:
        monkeypatch.setenv("TRELLO_API_URL", url)
        code, _, err = table.run("push")
    assert code == 4
    assert "Run it again" in err


def test_no_verbosity_tells_a_secret(table: Table, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """`run` looks for the secrets in all that is printed; here also when things go wrong, and in what is written."""
    from roadpress.exporters.boards import push

    for flag in ("-q", "-v"):
        table.run("plan", before=(flag,))
        table.run("push", before=(flag,))
        table.run("push", "--board", "f" * 24, before=(flag,))
    monkeypatch.setattr(push._Push, "_make", lambda *_: 1 / 0)
    Path("roadmap.yaml").write_text(SOURCE.replace("title: A", "title: A2"))
    code, _, err = table.run("push", before=("-v",))
    assert code == 1
    assert "ZeroDivisionError" in err
    monkeypatch.setenv("TRELLO_TOKEN", "wrong" + table.double.token)
    assert table.run("plan", before=("-v",))[0] == 3
    for path in tmp_path.rglob("*"):
        if path.is_file():
            assert table.double.token not in path.read_text()
            assert table.double.key not in path.read_text()


def test_no_request_leaves_for_anywhere_else(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    places: set[Any] = set()
    connect = socket.socket.connect

    def watched(self: socket.socket, address: Any) -> None:
        places.add(address[0])
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", watched)
    table.run("push")
    table.run("pull")
    assert places == {"127.0.0.1"}


def test_help_names_the_commands(table: Table) -> None:
    _, out, _ = table.run("--help")
    assert all(word in out for word in ("plan", "push", "pull", "login", "export"))
    code, out, _ = table.run("push", "--help")
    assert "--board URL|ID|new" in out
    assert code == 0


def test_a_board_is_copied_for_a_learner(table: Table, tmp_path: Path) -> None:
    table.run("push")
    (source,) = table.double.boards.values()
    learner = tmp_path / "ada"
    learner.mkdir()
    (learner / "roadmap.yaml").write_text(SOURCE)
    file = str(learner / "roadmap.yaml")
    code, out, _ = table.run("plan", file, "--copy-of", source["url"], "--name", "Ada's")
    assert (code, out) == (0, "+ board Ada's\n\n1 to create: 1 call, about 1 s at Trello's rate.\n")
    begun = len(table.double.log)
    code, out, err = table.run("push", file, "--copy-of", source["url"], "--name", "Ada's")
    assert (code, err) == (0, "")
    assert len(table.double.log) - begun <= 8
    assert [board["name"] for board in table.double.boards.values()] == ["Learn", "Ada's"]
    assert table.run("plan", file, "--name", "Ada's")[1] == "Nothing to change: the board is up to date.\n"


def test_a_difference_is_settled_by_a_later_push_for_one_place(table: Table) -> None:
    table.run("push")
    table.person.card("A")["name"] = "A of theirs"
    table.person.card("B")["name"] = "B of theirs"
    Path("roadmap.yaml").write_text(
        SOURCE.replace("title: A\n", "title: A of ours\n").replace("title: B,", "title: B!,")
    )
    assert "changed on both sides: 1.1 'A of ours' (name), 1.2 'B!' (name)" in table.run("push")[2]
    assert "2 differences are not settled" in table.run("plan")[2]
    code, _, err = table.run("push", "--ours", "1.1", "roadmap.yaml")
    assert (code, "1 difference is not settled, and as on the board: 1.2 'B!' (name)" in err) == (0, True)
    assert table.person.card("A of ours")
    assert table.run("push", "--ours", "--theirs")[0] == 2
    assert table.run("push", "--ours", "9.9")[0] == 2
    assert table.run("push", "--theirs", "roadmap.yaml")[::2] == (0, "")
    assert table.run("plan")[::2] == (0, "")
    assert table.person.card("B of theirs")
