"""What keeps a search from beginning is known in the window without asking anybody."""

from engine.spec import Catalogue, Objective, Project, Search
from studio.searching.settings import metrics_of, refusal, troubles

CATALOGUE = Catalogue.load(["plugins.core", "plugins.tasks", "plugins.search"])
MARKED = Project().set("training.batch_size", Search(choices=(16, 32)))


def test_that_a_search_is_refused_for_a_mark_that_cannot_be_tried() -> None:
    assert refusal(MARKED, CATALOGUE) == ""
    assert "batch_size" in refusal(MARKED.set("training.batch_size", Search(low=0, high=64)), CATALOGUE)


def test_that_a_search_is_refused_for_a_metric_that_the_task_does_not_give() -> None:
    wrong = MARKED.set("study.objectives", (Objective(metric="validation/beauty"),))
    assert "'validation/beauty'" in refusal(wrong, CATALOGUE)
    assert list(troubles(wrong, CATALOGUE).errors) == ["objectives"]


def test_that_a_search_without_an_end_is_noted_at_its_trials() -> None:
    found = troubles(MARKED.set("study.trials", 0), CATALOGUE)
    assert (list(found.errors), list(found.notes)) == ([], ["study.trials"])


def test_that_metrics_of_the_task_are_offered_besides_the_watched_one() -> None:
    offered = metrics_of(MARKED, CATALOGUE)
    assert "validation/macro_f1" in offered
    assert "parameters" in offered
    assert "validation/accuracy" not in offered
