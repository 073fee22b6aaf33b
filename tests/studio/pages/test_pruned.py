"""How a run that a search has ended early reads."""

from engine.runs import Summary
from studio.pages.train.facts import sentence
from studio.states import OVER, RESUMABLE
from studio.widgets.states import run_tone


def test_that_a_pruned_run_says_why_and_may_go_on() -> None:
    told = "Pruned after epoch 3: it was behind the others."
    assert sentence(Summary(state="pruned", message=told), "pruned") == told
    assert "go on" in sentence(Summary(state="pruned"), "pruned")
    assert "pruned" in RESUMABLE < OVER
    assert run_tone("pruned") != run_tone("failed")
