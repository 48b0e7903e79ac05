"""A Dask cluster on loopback: two workers, processes of their own."""

from __future__ import annotations

import os
import signal
import sys
import time
from datetime import date
from threading import Thread

import cohorts
import pytest
from programs import module

from roadpress.cohort.building import Settings, build
from roadpress.cohort.loading import load_cohort
from roadpress.cohort.manifest import Manifest
from roadpress.core.errors import RoadpressError, UsageError


@pytest.fixture(scope="module")
def cluster():
    module("distributed")
    from distributed import LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=2, dashboard_address=None, host="127.0.0.1") as found:
        yield found


def made(path, to, **settings):
    loaded = load_cohort(path)
    with Manifest(path.parent / f"{to}.sqlite", to) as manifest:
        chosen = Settings(str(path.parent / to), date(2027, 1, 6), **settings)
        return {one.learner: one.error for one in build(loaded, loaded.cohort.learners, chosen, manifest)}


def test_a_cluster_makes_the_same_bytes_and_stays_as_it_was(tmp_path, cluster):
    people = [{"name": f"Learner {n}", "pace": f"{n % 5 + 1}h/week", "language": "de"} for n in range(1, 71)]
    path = cohorts.write(tmp_path, people)
    url = cluster.scheduler_address.replace("tcp://", "dask://")
    formats = ("pdf", "checklist", "ics")
    assert not any(made(path, "dask", on=url, formats=formats).values())
    assert len(made(path, "here", jobs=1, formats=formats)) == 70
    assert cohorts.files(tmp_path / "dask") == cohorts.files(tmp_path / "here")
    assert made(path, "dask", on=url, formats=formats) == {}
    second = cohorts.write(tmp_path, people[:3], sections="\n- title: Other\n  topics: [a]\n")
    assert len(made(second, "dask", on=url, formats=("csv",))) == 3
    assert b"Other" in cohorts.files(tmp_path / "dask")["learner-1/learner-1.csv"]


def test_a_worker_with_another_roadpress_is_refused_by_name(tmp_path, cluster, monkeypatch):
    from roadpress.cohort.engines import dask_cluster

    monkeypatch.setattr(dask_cluster, "this_machine", lambda: (("roadpress", "99.0"), ("no-such-package", "none")))
    path = cohorts.write(tmp_path, ["Ada"])
    with pytest.raises(RoadpressError, match=r"The worker tcp://127.* has roadpress 0.*, and this machine has 99.0"):
        made(path, "dask", on=cluster.scheduler_address.replace("tcp://", "dask://"))


def test_a_worker_that_dies_costs_nothing_but_its_jobs(tmp_path, cluster):
    path = cohorts.write(tmp_path, [f"Learner {n}" for n in range(1, 200)])
    pid = next(iter(cluster.workers.values())).pid

    def kill():
        while not list(tmp_path.glob("dask/*/*.html")):
            time.sleep(0.005)
        os.kill(pid, signal.SIGKILL)

    killer = Thread(target=kill)
    killer.start()
    found = made(path, "dask", on=cluster.scheduler_address.replace("tcp://", "dask://"), formats=("checklist",))
    killer.join()
    assert len(found) == 199
    assert not any(found.values())
    assert len(cohorts.files(tmp_path / "dask")) == 199


def test_nobody_answers(tmp_path, monkeypatch):
    module("distributed")
    from roadpress.cohort.engines import dask_cluster

    monkeypatch.setattr(dask_cluster, "_TIMEOUT", "0.2s")
    with pytest.raises(RoadpressError, match=r"No Dask scheduler answers at tcp://127\.0\.0\.1:9"):
        made(cohorts.write(tmp_path, ["Ada"]), "x", on="dask://127.0.0.1:9")


def test_without_the_package_the_pip_line_is_told(tmp_path, monkeypatch):
    monkeypatch.delitem(sys.modules, "roadpress.cohort.engines.dask_cluster", raising=False)
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(UsageError) as error:
        made(cohorts.write(tmp_path, ["Ada"]), "x", on="dask://127.0.0.1:9")
    assert error.value.remedy == 'pip install "roadpress[dask]"'
