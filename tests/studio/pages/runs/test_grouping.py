"""By what runs on charts can be grouped: pure functions of their settings."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from studio.pages.runs.curves.grouping import differing

VALUES = st.one_of(st.integers(0, 2), st.booleans(), st.sampled_from(["a", "b", None]), st.just([1, 2]))


@settings(max_examples=40)
@given(st.lists(st.dictionaries(st.sampled_from("xyz"), VALUES), max_size=5))
def test_that_a_setting_differs_where_not_all_runs_have_the_same(runs: list[dict[str, Any]]) -> None:
    paths = {path for run in runs for path in run}

    found = differing(runs)

    assert len(set(found)) == len(found)
    assert set(found) == {path for path in paths if len({repr(run.get(path, "missing")) for run in runs}) > 1}
