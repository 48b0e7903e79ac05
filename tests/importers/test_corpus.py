"""Public documents as they are: each imports, loads, is not garbled, and every word of it is accounted for."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from accounting import unaccounted

from roadpress import cli
from roadpress.core.roadmap_file.loading import load, load_bytes
from roadpress.core.snapshot import Snapshot
from roadpress.exporters.registry import BUILT_IN, load_exporter
from roadpress.importers.common.decoding import repair
from roadpress.importers.common.yaml_writer import yaml_text
from roadpress.importers.registry import read

NAMES = (
    "EbookFoundation__free-programming-books__courses-ar",
    "Lissy93__personal-security-checklist__checklist",
    "P1xt__p1xt-guides__v4",
    "PKUFlyingPig__cs-self-learning__cs-plan-zh",
    "aryasoni1__100-days-code__AI-AI",
    "aryasoni1__100-days-code__BACKEND-API",
    "aryasoni1__100-days-code__DEVOPS-AWS",
    "aryasoni1__100-days-code__FRONTEND-JS",
    "aryasoni1__100-days-code__ML-ML",
    "aryasoni1__100-days-code__SDE-DSA-DATASTRUCTURE",
    "aryasoni1__100-days-code__SDE-INTERVIEW-50-BEHAVIOURAL",
    "brett-me__open-door__roadmap",
    "datastacktv__data-engineer-roadmap__roadmap",
    "floodsung__Deep-Learning-Papers-Reading-Roadmap__readme",
    "guoqinggu__learning-plan-skill__learning-plan",
    "jwasham__coding-interview-university__readme",
    "llSourcell__Learn_Machine_Learning_in_3_Months__readme",
    "mdn__curriculum__js-fundamentals",
    "mlabonne__llm-course__readme",
    "nathanaeldv__tetrust__intro",
    "ossu__computer-science__readme",
    "shieldfy__API-Security-Checklist__readme-fa",
    "thedaviddias__Front-End-Checklist__readme",
    "unknown__indexid-67142973565__lightning-roadmap-excerpt",
    "vlang__v__roadmap",
    "yadavraganu__Data-Engineering__rds-stray-headings",
)
GARBLED = re.compile(r"‚Ä|‚úÖ|Ã[©¨¶¼]|â€|ðŸ|\ufffd|[\x00-\x08\x0e-\x1f\x7f-\x9f]")


def document(corpus: Path, name: str) -> Path:
    path = corpus / f"{name}.md"
    if not path.exists():
        pytest.skip(f"the corpus has no {path.name}")
    return path


@pytest.mark.parametrize("name", NAMES)
def test_it_imports_and_loads_and_is_not_garbled(name: str, corpus: Path, tmp_path: Path, monkeypatch, capsys) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli.main(["import", str(document(corpus, name))]) == 0, capsys.readouterr().err
    assert not GARBLED.search(Path("roadmap.yaml").read_text("utf-8"))
    assert sum(1 for _ in load("roadmap.yaml").leaves()) >= 7


@pytest.mark.parametrize("name", NAMES)
def test_the_result_builds(name: str, corpus: Path) -> None:
    data = read(document(corpus, name).read_bytes(), f"{name}.md")
    snapshot = Snapshot.of(load_bytes(yaml_text(data.roadmap).encode(), "roadmap.yaml"), today=date(2027, 1, 4))
    built = [entry for entry in BUILT_IN if BUILT_IN[entry].in_build]
    assert built
    for entry in built:
        exporter = load_exporter(entry)
        result = exporter.export(snapshot, exporter.Options())
        assert all(len(file.data) > 1000 for file in result.files), entry


@pytest.mark.parametrize("name", NAMES)
def test_every_word_is_in_the_roadmap_or_on_the_list(name: str, corpus: Path) -> None:
    data = document(corpus, name).read_bytes()
    assert not unaccounted(repair(data).text, read(data, f"{name}.md")), name


@pytest.mark.parametrize("name", NAMES)
def test_the_same_bytes_each_time(name: str, corpus: Path) -> None:
    data = document(corpus, name).read_bytes()
    first, second = (yaml_text(read(data, name).roadmap) for _ in range(2))
    assert first == second


def test_hours_and_needs_of_a_curriculum_table(corpus: Path) -> None:
    data = document(corpus, "ossu__computer-science__readme").read_bytes()
    roadmap = load_bytes(yaml_text(read(data, "README.md").roadmap).encode(), "roadmap.yaml")
    by_title = {node.title: node for node in roadmap.walk()}
    spd = by_title["Systematic Program Design"]
    assert spd.hours == (104, 130)
    assert by_title["Class-based Program Design"].needs == (spd.id,)
    assert sum(1 for node in roadmap.leaves() if node.hours) >= 59


def test_the_shape_of_chat_answers(corpus: Path) -> None:
    titles = Counter()
    for name in NAMES:
        if name.startswith(
            ("aryasoni1__100-days-code__AI", "aryasoni1__100-days-code__ML", "aryasoni1__100-days-code__FR")
        ):
            roadmap = read(document(corpus, name).read_bytes(), name).roadmap
            titles[roadmap.title] += 1
            assert [section.title for section in roadmap.sections][-1] == "Projects to Build"
            assert all(section.icon for section in roadmap.sections)
            assert {draft.kind for draft in roadmap.walk()} >= {"question", "project"}
            assert [tag["title"] for tag in roadmap.tags.values()][:2] == ["Frontend", "Backend"]
    assert set(titles) == {
        "Artificial Intelligence Roadmap",
        "Machine Learning Roadmap",
        "JavaScript Roadmap",
    }
