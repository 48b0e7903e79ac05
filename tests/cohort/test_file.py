"""cohort.yaml: what is read of it and of its roster, and every problem at its place."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import cohorts
import jsonschema
import pytest

import roadpress
from roadpress.cli import main
from roadpress.cohort.format import schema, schema_text
from roadpress.cohort.ids import ids_like, is_id
from roadpress.cohort.loading import load_cohort
from roadpress.cohort.personal import personal
from roadpress.cohort.roster import roster_entries
from roadpress.core.model import Pace


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", cohorts.EPOCH)


def told(capsys):
    assert main(["cohort", "check"]) == 2
    return [line for line in capsys.readouterr().err.splitlines() if not line.startswith("    ")]


def test_what_the_cohort_says_counts_for_those_who_say_nothing(tmp_path):
    head = "start: 2027-01-11\npace: 6h/week\nlanguage: de\n"
    ada = {"id": "ada", "name": "Ada Lovelace", "email": "ada@example.org", "skip": ["math"], "pace": "2h/day"}
    bob = {"name": "Bob", "language": "es", "start": "2027-02-01", "pace": {"hours": 3, "days": ["mon"]}}
    loaded = load_cohort(cohorts.write(tmp_path, [ada, bob, "Çağla Öz"], head))
    first, second, third = loaded.cohort.learners
    assert first == ("ada", "Ada Lovelace", "ada@example.org", date(2027, 1, 11), Pace(2, "day"), "de", ("math",), "")
    assert (second.id, second.start, second.pace, second.language) == (
        "bob", date(2027, 2, 1), Pace(3, "week", (0,)), "es",
    )  # fmt: skip
    assert (third.id, third.name, third.pace) == ("cagla-oz", "Çağla Öz", Pace(6))


def test_what_is_skipped_is_not_theirs_and_the_rest_keeps_its_numbers(tmp_path):
    loaded = load_cohort(cohorts.write(tmp_path, [{"name": "Ada", "skip": ["basics"]}, {"name": "Bo", "skip": "math"}]))
    ada, bo = (personal(loaded.sources[""].roadmap, one) for one in loaded.cohort.learners)
    assert [(node.number, node.needs) for node in ada.walk()] == [("2", ()), ("2.1", ()), ("2.2", ())]
    assert [node.number for node in bo.leaves()] == ["1.1", "1.2", "2.1", "2.2"]
    assert (ada.learner, ada.title) == ("Ada", "Test")


def test_several_roadmaps_by_name(tmp_path):
    path = cohorts.write(tmp_path, [{"name": "Ada", "roadmap": "data"}, "Bo"])
    (tmp_path / "data.yaml").write_text("roadpress: 1\ntitle: Data\nsections: [{title: S, topics: [a]}]\n")
    path.write_text(path.read_text().replace("roadmap: roadmap.yaml", "roadmap: {web: roadmap.yaml, data: data.yaml}"))
    loaded = load_cohort(path)
    assert [loaded.source_of(one).roadmap.title for one in loaded.cohort.learners] == ["Data", "Test"]


def test_all_problems_of_all_files_at_once(tmp_path, capsys):
    Path("cohort.yaml").write_text(
        "roadpress-cohort: 1\ntitel: Autumn\nroadmap: roadmap.yaml\npace: 200h/week\nlearners:\n"
        "  - {id: ../ada, name: Ada}\n  - {name: Bo, emial: x}\n  - {name: Cy, email: nobody}\n  - {name: Cy}\n"
        "  - {name: ''}\n  - {id: con}\n  - {name: Di, start: soon, language: '??'}\n  - [x]\n"
    )
    Path("roadmap.yaml").write_text("roadpress: 1\ntitle: T\nautor: me\n")
    lines = told(capsys)
    assert [line.split(": ", 1)[0] for line in lines] == [
        "cohort.yaml:1:1", "cohort.yaml:2:1", "cohort.yaml:4:7", "cohort.yaml:6:10", "cohort.yaml:7:16",
        "cohort.yaml:8:23", "cohort.yaml:9:12", "cohort.yaml:10:5", "cohort.yaml:11:10", "cohort.yaml:12:23",
        "cohort.yaml:12:39", "cohort.yaml:13:5", "roadmap.yaml:3:1",
    ]  # fmt: skip
    assert "did you mean `email`?" in lines[4]
    assert "too; give each an `id`" in lines[6]
    assert "`../ada` is no id" in lines[3]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "the file is empty"),
        ("roadpress: 1\ntitle: T\n", "this is no cohort"),
        ("roadpress-cohort: 2\ntitle: T\nroadmap: roadmap.yaml\n", "this format is not known"),
        ("roadpress-cohort: 1\ntitle: T\nroadmap: roadmap.yaml\nlearners: {a: b}\n", "a list of learners"),
        ("roadpress-cohort: 1\ntitle: T\nroadmap: roadmap.yaml\nlearners: none.csv\n", "none.csv cannot be read"),
        ("roadpress-cohort: 1\ntitle: T\nroadmap: roadmap.yaml\nlearners: [{name: A, skip: [nix]}]\n", "neither an id nor"),
        ("roadpress-cohort: 1\ntitle: T\nroadmap: roadmap.yaml\nlearners: [{name: A, roadmap: x}]\n", "none of the cohort's"),
        ("<<<<<<< a\nroadpress-cohort: 1\n=======\n>>>>>>> b\n", "conflict"),
        ("roadpress-cohort: 1\ntitle: [\n", "read as YAML"),
    ],
)  # fmt: skip
def test_a_file_that_is_none(tmp_path, capsys, text, said):
    cohorts.write(tmp_path, [])
    Path("cohort.yaml").write_text(text)
    assert main(["cohort", "check"]) == 2
    assert said in capsys.readouterr().err


def test_problems_as_json_for_programs(tmp_path, capsys):
    cohorts.write(tmp_path, [{"name": "Ada", "pace": "fast"}])
    assert main(["cohort", "check", "--json"]) == 2
    (problem,) = json.loads(capsys.readouterr().out)
    assert (problem["file"], problem["line"], problem["column"]) == ("cohort.yaml", 5, 29)
    cohorts.write(tmp_path, ["Ada"])
    assert main(["cohort", "check", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == []


def test_the_schema_takes_what_is_read_and_is_shipped(tmp_path, capsys):
    jsonschema.Draft202012Validator.check_schema(schema())
    validator = jsonschema.Draft202012Validator(schema())
    good = {"roadpress-cohort": 1, "title": "T", "roadmap": {"a": "a.yaml"}, "pace": "6h/week", "learners": ["Ada"]}
    assert validator.is_valid(good)
    assert validator.is_valid({**good, "learners": "roster.csv"})
    for wrong in (
        {"lerners": []},
        {"learners": [{"nmae": "x"}]},
        {"learners": [{"id": "../x"}]},
        {"roadpress-cohort": 2},
    ):
        assert not validator.is_valid({**good, **wrong})
    shipped = Path(roadpress.__file__).parent / "templates" / "cohort.schema.json"
    assert shipped.read_text("utf-8") == schema_text()
    assert main(["cohort", "schema"]) == 0
    assert capsys.readouterr().out == schema_text()


HOSTILE = {
    "../../etc/passwd": "etc-passwd",
    "CON": "con-2",
    "aux": "aux-2",
    "COM1": "com1-2",
    "x" * 300: "x" * 60,
    "مريم العبدالله": "مريم-العبدالله",
    "\u202eeda\u202c": "eda",
    '=HYPERLINK("http://x","y")': "hyperlink-http-x-y",
    "🎓": "learner",
    "...": "learner",
    "O'Brien, Conan": "o-brien-conan",
    "a/b\\c:d|e*f?g": "a-b-c-d-e-f-g",
    "-rf": "rf",
}


@pytest.mark.parametrize(("name", "id_"), HOSTILE.items())
def test_a_hostile_name_is_a_harmless_file(tmp_path, name, id_):
    (learner,) = load_cohort(cohorts.write(tmp_path, [name])).cohort.learners
    assert learner.id == id_
    assert is_id(id_) or id_.endswith("-2")


def test_two_of_one_name_are_told_apart(tmp_path):
    same = [{"id": "a", "name": "Ada  Lovelace"}, {"id": "b", "name": "ADA LOVELACE"}, {"id": "c", "name": "Cy"}]
    found = load_cohort(cohorts.write(tmp_path, same)).cohort.learners
    assert [one.name for one in found] == ["Ada Lovelace (a)", "ADA LOVELACE (b)", "Cy"]


ROSTERS = {
    "BOM and semicolons": (b"\xef\xbb\xbfName;E-Mail\r\nAda;ada@example.org\r\n", [("Ada", "ada@example.org")]),
    "Excel's first line": (b"sep=;\nName;E-Mail\nAda;a@x.org\n", [("Ada", "a@x.org")]),
    "Excel's quotes": (b'"Name","Email"\n"Lovelace, ""Ada""","a@x.org"\n', [('Lovelace, "Ada"', "a@x.org")]),
    "UTF-16": ("Name\tMail\nJos\u00e9\tj@x.org\n".encode("utf-16"), [("José", "j@x.org")]),
    "Windows-1252": ("Name;Mail\nJos\u00e9;j@x.org\nRen\u00e9e;r@x.org\n".encode("cp1252"), [("José", "j@x.org"), ("Renée", "r@x.org")]),
    "two names": (b"First Name,Last Name\nAda,Lovelace\n", [("Ada Lovelace", "")]),
    "Spanish": ("Nombre,Apellidos,Correo electr\u00f3nico\nAda,Lovelace,a@x.org\n".encode(), [("Ada Lovelace", "a@x.org")]),
    "Japanese": ("\u6c0f\u540d,\u30e1\u30fc\u30eb\n\u82b1\u5b50,h@x.org\n".encode(), [("花子", "h@x.org")]),
    "Arabic": ("\u0627\u0644\u0627\u0633\u0645,\u0627\u0644\u0628\u0631\u064a\u062f\n\u0639\u0645\u0631,o@x.org\n".encode(), [("عمر", "o@x.org")]),
    "a title above": (b"Class of 2027,\n,\nStudent,Email\nAda,a@x.org\n", [("Ada", "a@x.org")]),
    "empty rows": (b"name\n\nAda\n , \nBo\n", [("Ada", ""), ("Bo", "")]),
    "a formula": (b'name\n"=HYPERLINK(""http://x"")"\n', [('=HYPERLINK("http://x")', "")]),
}  # fmt: skip


@pytest.mark.parametrize("kind", ROSTERS)
def test_a_roster_is_read(kind):
    data, people = ROSTERS[kind]
    found = [{key: text for key, (text, _) in entry.values.items()} for entry in roster_entries(data)]
    assert [(one["name"], one.get("email", "")) for one in found] == people


def test_a_roster_has_all_that_a_learner_has(tmp_path):
    path = cohorts.write(tmp_path, [])
    path.write_text(path.read_text().replace("learners:", "learners: roster.csv"))
    Path("roster.csv").write_text(
        "Matrikelnummer;Name;Beginn;Wochenstunden;Sprache;Befreit\nK_12;Ada;11.01.2027;3,5;de;math, basics\n;Bo;;;;\n"
    )
    ada, bo = load_cohort(path).cohort.learners
    assert ada == ("k-12", "Ada", "", date(2027, 1, 11), Pace(3.5), "de", ("math", "basics"), "")
    assert (bo.id, bo.start) == ("bo", None)


def test_problems_of_a_roster_have_its_lines(tmp_path, capsys):
    path = cohorts.write(tmp_path, [])
    path.write_text(path.read_text().replace("learners:", "learners: roster.csv"))
    Path("roster.csv").write_text("name,email,pace,skip\nAda,x,fast,nix\nBo,,,\nBo,,,\n")
    assert [line.split(": ", 1)[0] for line in told(capsys)] == [
        "roster.csv:2:2", "roster.csv:2:3", "roster.csv:2:4", "roster.csv:4:1",
    ]  # fmt: skip
    Path("roster.csv").write_text("foo,bar\n1,2\n")
    assert "no column of names" in told(capsys)[0]


def test_a_cohort_of_a_class_list(tmp_path, capsys):
    cohorts.write(tmp_path, [])
    Path("cohort.yaml").unlink()
    Path("Class 3.csv").write_bytes(b'Name;E-Mail\nAda;a@x.org\nAda;b@x.org\n"=1+1";\n# no comment;\n')
    assert main(["cohort", "new", "Class 3.csv"]) == 0
    found = load_cohort(Path("cohort.yaml")).cohort
    assert found.title == "Class 3"
    assert [(one.id, one.name, one.email) for one in found.learners] == [
        ("ada", "Ada (ada)", "a@x.org"), ("ada-2", "Ada (ada-2)", "b@x.org"), ("1-1", "=1+1", ""),
        ("no-comment", "# no comment", ""),
    ]  # fmt: skip
    assert main(["cohort", "new", "Class 3.csv"]) == 5
    assert main(["cohort", "new", "roadmap.yaml", "-o", "other.yaml"]) == 2
    assert "no column of names" in capsys.readouterr().err


def test_ids_are_numbered_where_names_are_equal():
    assert ids_like(["Ada", "ada", "", "Nul"]) == ["ada", "ada-2", "learner", "nul-2"]
