"""CSV and its like: columns are known by their names, in many languages; the tree by several signs."""

from __future__ import annotations

import time
from datetime import date

import pytest

from roadpress.core.errors import RoadpressError
from roadpress.core.model import Hours, Roadmap
from roadpress.core.roadmap_file.loading import load_bytes
from roadpress.importers.common.yaml_writer import yaml_text
from roadpress.importers.registry import read


def roadmap_of(text: str, name: str = "plan.csv") -> Roadmap:
    return load_bytes(yaml_text(read(text.encode(), name).roadmap).encode(), "roadmap.yaml")


def tree(roadmap: Roadmap) -> list[str]:
    return ["  " * (node.depth - 1) + node.title for node in roadmap.walk()]


def test_columns_by_name() -> None:
    text = """Week,Topic,Hours,Deadline,Done,Link,Notes,Tags,Teacher
Week 1,Joins,2.5,2027-02-01,x,https://example.org,"Two
lines","sql; basics",Ann
,Indexes,90 min,"February 8, 2027",no,,,sql,
Week 2,Plans,1:30,15/02/2027,,see https://example.org/b,,,
"""
    roadmap = roadmap_of(text)
    assert tree(roadmap) == ["Week 1", "  Joins", "  Indexes", "Week 2", "  Plans"]
    joins, indexes = roadmap.sections[0].children
    assert (joins.hours, joins.due, joins.done, joins.tags) == (
        Hours(2.5, 2.5),
        date(2027, 2, 1),
        True,
        ("sql", "basics"),
    )
    assert (joins.links[0].url, joins.notes) == ("https://example.org", "Two\nlines\n\n- Teacher: Ann\n")
    assert (indexes.hours, indexes.due, indexes.done) == (Hours(1.5, 1.5), date(2027, 2, 8), False)
    plans = roadmap.sections[1].children[0]
    assert (plans.hours, plans.due, plans.links[0].url, plans.notes) == (
        Hours(1.5, 1.5), date(2027, 2, 15), "https://example.org/b", "see",
    )  # fmt: skip


@pytest.mark.parametrize(
    "head",
    [
        "Woche;Thema;Stunden;Fällig;Erledigt",
        "Semaine;Sujet;Durée (heures);Date limite;Terminé",
        "Semana;Tema;Duración;Fecha límite;Hecho",
        "Semana;Tarefa;Duração;Prazo;Concluído",
        "Settimana;Argomento;Ore;Scadenza;Fatto",
        "Неделя;Тема;Часы;Срок;Готово",
        "Tydzień;Temat;Godziny;Termin;Zrobione",
        "Hafta;Konu;Süre;Son tarih;Durum",
        "周;主题;小时;截止日期;完成",
        "週;タイトル;時間;期日;完了",
        "주차;주제;시간;마감일;완료",
        "الأسبوع;الموضوع;ساعات;التاريخ;تم",
        "שבוע;נושא;שעות;תאריך;בוצע",
        "सप्ताह;विषय;घंटे;तिथि;पूर्ण",
        "Minggu;Topik;Durasi;Tenggat;Selesai",
        "Tuần;Chủ đề;Thời gian;Hạn;Xong",
    ],
)
def test_columns_in_many_languages(head: str) -> None:
    roadmap = roadmap_of(f"{head}\n1;SQL;2,5;01.02.2027;x\n1;Joins;4;02.02.2027;\n2;Views;1;03.02.2027;\n")
    assert tree(roadmap) == ["1", "  SQL", "  Joins", "2", "  Views"]
    sql = roadmap.sections[0].children[0]
    assert (sql.hours, sql.due, sql.done) == (Hours(2.5, 2.5), date(2027, 2, 1), True)


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_separators(separator: str) -> None:
    rows = [["Task", "Notes"], ["a, b", "x"], ["c", "y; z"]]
    text = "\n".join(separator.join(f'"{cell}"' for cell in row) for row in rows)
    assert tree(roadmap_of(text, "x.tsv" if separator == "\t" else "x.csv")) == ["X", "  a, b", "  c"]
    assert tree(roadmap_of(f"sep={separator}\n{text}")) == ["Plan", "  a, b", "  c"]


def test_parents_by_name() -> None:
    text = "Name,Parent item,Status\nA,,Done\nb,A,Not started\nc,b,In progress\nd,Other,\nx,y,\ny,x,\n"
    imported = read(text.encode(), "plan.csv")
    assert tree(roadmap_of(text)) == ["Other", "  d", "A", "  b", "    c", "y", "  x"] or tree(roadmap_of(text)) == [
        "Other", "  d", "A", "  b", "    c", "x", "  y",
    ]  # fmt: skip
    assert [left.text for left in imported.account.left_out] == ["Status: In progress"]


def test_outline_numbers() -> None:
    text = "No,Title,Hours\n1,Basics,\n1.1,SQL,2\n1.1.1,Select,1\n2,Later,\n2.1,Views,1\n"
    assert tree(roadmap_of(text)) == ["Basics", "  SQL", "    Select", "Later", "  Views"]


def test_lines_across_the_table_are_sections() -> None:
    text = (
        "Topic,Hours,Link\nPart one,,\nSQL,2,https://example.org\nJoins,1,\nPart two,,\nViews,1,\nTables,1,\nKeys,2,\n"
    )
    assert tree(roadmap_of(text)) == ["Part one", "  SQL", "  Joins", "Part two", "  Views", "  Tables", "  Keys"]


def test_without_a_head_and_above_it() -> None:
    assert tree(roadmap_of("Learn joins,2\nLearn views,3\n")) == ["Plan", "  Learn joins", "  Learn views"]
    text = "My plan,,\n,,\nTask,Hours,Done\na,1,\nb,2,\n"
    assert tree(roadmap_of(text)) == ["Plan", "  a", "  b"]
    assert [left.text for left in read(text.encode(), "x.csv").account.left_out] == ["My plan"]


def test_a_repeating_title_column_groups() -> None:
    text = "Course,Lesson\nRust,Ownership\nRust,Traits\nGo,Channels\nGo,Maps\n"
    assert tree(roadmap_of(text)) == ["Rust", "  Ownership", "  Traits", "Go", "  Channels", "  Maps"]


def test_cells_are_text() -> None:
    roadmap = roadmap_of("Task,Notes\n*args and <b>,=HYPERLINK(x)\n__init__,'=1+1\n")
    one, two = roadmap.sections[0].children
    assert (one.title, two.title) == ("*args and <b>", "\\_\\_init\\_\\_")
    assert (one.notes, two.notes) == ("=HYPERLINK(x)", "=1+1")


def test_a_day_that_may_be_two_stays_text() -> None:
    roadmap = roadmap_of("Task,Due\na,03/04/2027\nb,05/06/2027\n")
    assert [(node.due, node.notes) for node in roadmap.leaves()] == [
        (None, "- Due: 03/04/2027"),
        (None, "- Due: 05/06/2027"),
    ]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ("Task,Hours\n", "It has no rows"),
        ('Task,Hours\n"' + "x" * 200_000 + '",1\n', "It is no table that can be read"),
        ("Task" + "," * 600 + "\na\n", "more than 200,000 rows or 500 columns"),
        ("Task,a\n" + "x,y\n" * 210_000, "more than 200,000 rows"),
    ],
)
def test_what_is_no_plan(data: str, words: str) -> None:
    start = time.process_time()
    with pytest.raises(RoadpressError, match=words):
        read(data.encode(), "x.csv")
    assert time.process_time() - start < 5


@pytest.mark.parametrize(
    "data",
    [
        "Name,Parent\n" + "".join(f"n{i},n{i + 1}\n" for i in range(20_000)),
        "Name,Parent\n" + "".join(f"n{i + 1},n{i}\n" for i in range(20_000)),
        "Task,Hours\n" + '"' * 100_001,
        "No,Title\n" + "".join("1" + ".1" * i + f",t{i}\n" for i in range(400)),
        "Name,Number,Section,Topic\n" + "a,1.1.1,x,y\n" * 10_000,
    ],
)
def test_hostile_tables_end_within_seconds(data: str) -> None:
    start = time.process_time()
    try:
        roadmap_of(data)
    except RoadpressError as error:
        assert error.message.endswith(".")  # noqa: PT017 - an import is as good
    assert time.process_time() - start < 10
