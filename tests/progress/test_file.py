"""The progress file: what is written is read again, damage is named, nothing is overwritten."""

from datetime import date, datetime, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from outlines import outlines
from yaml_readers import read_by_all

from roadpress.core.errors import InvalidRoadmap, RoadpressError
from roadpress.core.identity.outline_text import outline_lines
from roadpress.core.progress import store
from roadpress.core.progress.model import State, Tick, progress_path
from roadpress.core.progress.store import ProgressFile, RecordedTick, parse, read, render, update

BOUNDS = datetime(1, 1, 2), datetime(9999, 12, 30)  # noqa: DTZ001 - Hypothesis wants them naive
MOMENTS = st.datetimes(*BOUNDS).map(lambda moment: moment.replace(microsecond=0, tzinfo=timezone.utc))
TEXTS = st.text(st.characters(codec="utf-8"), max_size=30)
IDS = st.one_of(
    st.from_regex(r"[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+)*", fullmatch=True),
    st.text(st.characters(codec="utf-8"), min_size=1),
    st.sampled_from(["yes", "null", "1.5", "2027-01-06", "a: b", "机器学习/概率", "x" * 3000, "-", "?", "#", "🎯"]),
)
TICKS = st.builds(
    Tick,
    st.sampled_from([State.DONE, State.SKIPPED, State.OPEN]),
    st.none() | st.dates(),
    TEXTS,
    TEXTS,
    st.none() | MOMENTS,
)
WAS = st.lists(IDS.filter(lambda name: name.split() == [name]), max_size=3).map(tuple)
ENTRIES = st.dictionaries(IDS, st.builds(RecordedTick, TICKS, TEXTS, was=WAS), max_size=5)
ORPHANS = st.dictionaries(IDS, st.builds(RecordedTick, TICKS, TEXTS, TEXTS, was=WAS), max_size=5)


@st.composite
def records(draw):
    ticks = draw(ENTRIES)
    orphans = {key: entry for key, entry in draw(ORPHANS).items() if key not in ticks}
    return ProgressFile(ticks, orphans, "\n".join(outline_lines(draw(outlines()))))


@given(records())
def test_what_is_written_is_read_again(record):
    data = render(record, name="any\nname")
    assert parse(data, "p") == record
    assert render(parse(data, "p"), name="any\nname") == data


@given(records())
def test_any_yaml_reader_reads_it(record):
    loaded = read_by_all(render(record).decode())
    assert set(map(str, loaded.get("ticks", {}))) == {str(key) for key in record.ticks}


def test_one_change_is_one_line_and_the_order_is_the_ids(tmp_path):
    path = tmp_path / "r.progress.yaml"
    tick = RecordedTick(Tick(State.DONE, date(2027, 1, 6)), "T")
    update(path, lambda record: ProgressFile({"b": tick, "a": tick}))
    before = path.read_text().splitlines()
    update(path, lambda record: ProgressFile({**record.ticks, "aa": tick}))
    after = path.read_text().splitlines()
    assert [line for line in after if line not in before] == ['  aa: {done: 2027-01-06, title: "T"}']
    assert [line.split(":")[0].strip() for line in after if line.startswith("  ")] == ["a", "aa", "b"]


def test_a_person_may_write_the_short_forms():
    record = parse(b"roadpress-progress: 1\nticks:\n  a: 2027-01-06\n  b: true\n  c: {skipped: true}\n", "p")
    assert {key: (entry.tick.state, entry.tick.on) for key, entry in record.ticks.items()} == {
        "a": (State.DONE, date(2027, 1, 6)),
        "b": (State.DONE, None),
        "c": (State.SKIPPED, None),
    }


HEAD = "roadpress-progress: 1\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "p:1:1: this progress file is empty; bring it back, or delete it"),
        ("\n\n", "this progress file is empty"),
        ("ticks: {a: true}\n", "p:1:1: this is not a progress file; its first key is `roadpress-progress: 2`"),
        ("roadpress: 1\ntitle: R\n", "this is not a progress file"),
        (
            "roadpress-progress: 3\nticks: {}\n",
            "p:1:21: this format is not known; this roadpress reads format 2; update it",
        ),
        ("- a\n- b\n", "`key: value` lines are expected here"),
        (HEAD + "ticks:\n  a: {done: tomorrow}\n", "p:3:13: `tomorrow` is not a date"),
        (HEAD + "ticks:\n  a: {done: true, at: noon}\n", "`noon` is not a moment"),
        (HEAD + "ticks:\n  a: {title: A}\n", "this entry is neither done nor skipped nor open"),
        (HEAD + "ticks:\n  a: {done: true, open: true}\n", "an entry has no `open` here"),
        (HEAD + "ticks:\n  a: {done: [true]}\n", "`done` is one text"),
        (HEAD + "ticks: {[a]: true}\n", "a text is expected for a key"),
        (HEAD + "outline: '???'\n", "the outline is damaged"),
        (HEAD + "tocks: {}\n", "a progress file has no `tocks`"),
        (HEAD + "ticks:\n  a: {done: 2027-01-06, fro", "a `{` mapping is not closed"),
        (
            HEAD + "ticks:\n<<<<<<< ours\n  a: true\n=======\n  b: true\n>>>>>>> theirs\n",
            "p:3:1: a merge in git left its conflict here: `<<<<<<<` in line 3, `=======` in line 5 and `>>>>>>>` in line 7",
        ),
        ("\x01\x02\x03", "the control character"),
    ],
)
def test_damage_is_named_with_its_place_and_nothing_is_written(text, said, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    path = Path("p")
    path.write_text(text)
    with pytest.raises(InvalidRoadmap) as caught:
        update(path, lambda record: ProgressFile({"x": RecordedTick(Tick())}))
    assert said in "\n".join(caught.value.lines())
    assert path.read_text() == text


def test_all_damage_at_once():
    with pytest.raises(InvalidRoadmap) as caught:
        parse((HEAD + "ticks:\n  a: {done: x}\n  b: {done: y}\nmore: 1\n").encode(), "p")
    assert len(caught.value.problems) == 3


def test_bytes_that_are_no_text():
    with pytest.raises(InvalidRoadmap, match="1 problem"):
        parse(b"roadpress-progress: 1\nticks:\n  a\xff: true\n", "p")


def test_no_file_is_an_empty_record_and_a_folder_is_an_error(tmp_path):
    assert read(tmp_path / "none") == ProgressFile()
    with pytest.raises(RoadpressError, match="cannot be read"):
        read(tmp_path)


def test_where_it_lies():
    assert progress_path("plans/ml.yaml") == Path("plans/ml.progress.yaml")
    assert progress_path("ml.v2.YML") == Path("ml.v2.progress.yaml")
    assert progress_path("roadmap") == Path("roadmap.progress.yaml")


SIGNS = st.text(
    st.sampled_from("a b-Z9ü\u2028\u0085\u00a0\ufeff\t\\\"'#:,{}|👍") | st.characters(), min_size=1, max_size=9
)
DAYS = st.none() | st.dates()
WRITTEN = st.builds(
    lambda state, on, at, source, title, note: RecordedTick(Tick(state, on, source, note, at), title),
    st.sampled_from((State.DONE, State.DONE, State.SKIPPED, State.OPEN)),
    DAYS,
    st.none() | st.datetimes(timezones=st.just(timezone.utc)).map(lambda at: at.replace(microsecond=0)),
    st.sampled_from(("", "pdf", "checklist", "true", "Wörd")),
    st.just("") | SIGNS,
    st.sampled_from(("", "", "", "so")),
)
FILES = st.builds(
    lambda ticks, lines, learner: render(ProgressFile(ticks, {}, "\n".join(lines), learner=learner)).decode(),
    st.dictionaries(st.sampled_from(("a", "a/b-2", "null", "on", "2", "ü", "x" * 600)), WRITTEN, max_size=4),
    st.lists(SIGNS.map(lambda text: "".join(text.split())) | st.sampled_from(("A", "  B", "")), min_size=1, max_size=3),
    st.just("") | SIGNS,
)


@given(FILES, st.data())
def test_what_is_written_as_usual_says_what_yaml_says(text: str, data) -> None:
    at = data.draw(st.integers(0, len(text)))
    cut, put = data.draw(
        st.sampled_from(((0, ""), (0, ""), (1, ""), (0, " "), (0, "\n"), (0, "2"), (1, "#"), (0, '"')))
    )
    text = text[:at] + put + text[at + cut :]

    def said() -> object:
        try:
            return parse(text.encode("utf-8", "backslashreplace"), "x")
        except InvalidRoadmap as error:
            return error.lines()

    usual = said()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(store, "_as_written", lambda _: None)
        assert said() == usual


def test_most_files_are_written_as_usual(monkeypatch: pytest.MonkeyPatch) -> None:
    tick = RecordedTick(Tick(State.DONE, date(2027, 1, 6), "pdf"), "Tests: why?")
    data = render(ProgressFile({"a": tick}, {}, 'A\n  "Tests"', learner="Ada"), name="Ünı")
    monkeypatch.setattr("roadpress.core.roadmap_file.yaml_tree.parse", None)
    assert parse(data, "x") == ProgressFile({"a": tick}, {}, 'A\n  "Tests"', learner="Ada")
