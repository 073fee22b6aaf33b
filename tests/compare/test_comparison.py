from __future__ import annotations

from pathlib import Path

from engine.compare import Comparison, Line, Subject, read_subject, subject_of
from engine.events import Ended, Metrics, Started
from engine.runs import Workspace
from engine.spec import Component, Project
from tests.compare.drawn import BASE, CATALOGUE, project


def compared(*projects: Project) -> Comparison:
    return Comparison([subject_of(one, f"p{place}") for place, one in enumerate(projects)], CATALOGUE)


def names(lines: tuple[Line, ...]) -> list[str]:
    return [line.place.name for line in lines]


def test_that_only_what_is_not_the_same_differs() -> None:
    before = project(BASE)
    found = compared(before, before.set("training.optimizer.lr", 0.01).set("training.seed", 4))
    assert names(found.differences) == ["seed", "optimizer.lr"]
    assert [line.text(1) for line in found.differences] == ["4", "0.01"]
    assert [line.relation(1, 0) for line in found.differences] == ["", "×10"]


def test_that_a_setting_of_one_alone_stands_behind_what_it_follows_there() -> None:
    before = project(BASE).set("training.optimizer", "Adam")
    found = names(compared(before, before.set("training.optimizer", "SGD")).lines)
    assert found.index("optimizer.momentum") < found.index("schedule")


def test_that_a_renamed_node_has_the_line_of_its_old_name() -> None:
    before = project(BASE)
    found = compared(before, before.with_network("model", BASE.rename("conv2d_1", "stem")))
    assert names(found.differences) == ["conv2d_1 is called"]
    assert "conv2d_1 is called" not in names(compared(before, before).lines)


def test_that_a_new_node_with_an_old_name_has_a_line_of_its_own() -> None:
    swapped = BASE.rename("conv2d_1", "other").rename("relu_2", "conv2d_1")
    found = compared(project(BASE), project(BASE).with_network("model", swapped))
    assert {"conv2d_1 is called", "relu_2 is called"} <= set(names(found.differences))


def test_that_a_node_that_reads_from_another_is_a_difference() -> None:
    graph = BASE.disconnect(*BASE.incoming["relu_2"]).connect(BASE.incoming["relu_2"][0].having(source="relu_1"))
    assert names(compared(project(BASE), project(graph)).differences) == ["relu_2 reads"]


def test_that_a_run_is_read_with_its_outcome_data_and_environment(tmp_path: Path) -> None:
    run = Workspace(tmp_path).prepare().new_run(project(BASE))
    run.write_json("statistics.json", {"fingerprint": "abc", "sizes": {"train": 70}, "columns": {"image": 3}})
    journal = run.journal()
    started = Started(
        device="cpu",
        pid=1,
        host="here",
        epochs=2,
        steps_per_epoch=5,
        commit="c" * 40,
        threads=2,
        versions={"torch": "2"},
    )
    journal.write(started, Metrics(epoch=1, step=5, values={"validation/loss": 0.5}))
    journal.write(Ended(outcome="finished", metrics={"test/loss": 0.7}))
    journal.close()
    lines = {line.place.name: line.text(0) for line in Comparison([read_subject(run)], CATALOGUE).lines}
    expected = {"state": "finished", "test/loss": "0.7", "validation/loss, best": "0.5", "fingerprint": "abc"}
    expected |= {"samples, train": "70", "commit": "c" * 40, "threads": "2", "torch": "2", "host": "here"}
    assert expected.items() <= lines.items()


def test_that_a_run_whose_project_cannot_be_read_is_compared_by_its_results(tmp_path: Path) -> None:
    run = Workspace(tmp_path).prepare().new_run(project(BASE))
    (run.path / "project.json").write_text('{"format": "netloom", "version": 99}')
    found = Comparison([subject_of(project(BASE), "open"), read_subject(run)], CATALOGUE)
    assert "newer Netloom" in found.remarks[0]
    assert "state" in names(found.differences)
    assert found.networks(0, 1) == ()
    assert not {"epochs", "conv2d_1.out_channels"} & set(names(found.differences))
    unknown = next(line for line in found.lines if line.place.name == "epochs")
    assert (unknown.text(1), unknown.departs(1, 0)) == ("?", False)


def test_that_runs_of_other_programs_are_compared_by_what_they_logged() -> None:
    one, other = (Subject(id=f"run-{lr}", name="script", settings={"lr": lr}) for lr in (0.1, 0.2))
    found = Comparison([one, other], CATALOGUE)
    assert [(line.place, line.relation(1, 0)) for line in found.differences] == [(("Parameters", "lr"), "×2")]
    assert len(found.remarks) == 2


def test_that_other_tasks_and_other_data_are_remarked_upon() -> None:
    tasks = [project(BASE).having(task=Component(kind=kind)) for kind in ("Classify", "Regress")]
    subjects = [
        Subject(id=name, name=name, project=one, data={"fingerprint": name})
        for name, one in zip("ab", tasks, strict=True)
    ]
    first, second = Comparison(subjects, CATALOGUE).remarks
    assert "different tasks (Classify and Regress)" in first
    assert "data is not the same" in second
