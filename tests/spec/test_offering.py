"""The range that is offered around a value."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.spec import Catalogue, Parameter, Search, offered, parameters_of, searchable
from engine.spec.project import Training

RATE = Parameter(name="lr", type="float", default=1e-3, above=0, log=True)
MAPS = Parameter(name="out_channels", type="int", default=32, min=1)
SIDE = Parameter(name="kernel_size", type="int", default=3, min=1, several=True)
SHARE = Parameter(name="p", type="float", default=0.5, min=0, max=1, step=0.05)
FREE = Parameter(name="factor", type="float", default=1.0)


@pytest.mark.parametrize(
    ("parameter", "value", "search"),
    [
        (RATE, 1e-3, Search(low=1e-4, high=1e-2, log=True, value=1e-3)),
        (MAPS, 32, Search(low=16, high=64, step=16, value=32)),
        (MAPS, 1, Search(low=1, high=3, value=1)),
        (SIDE, 3, Search(low=1, high=5, step=2, value=3)),
        (SIDE, (3, 5), Search(choices=((3, 5),), value=(3, 5))),
        (SHARE, 0.5, Search(low=0.1, high=0.7, step=0.05, value=0.5)),
        (SHARE.having(step=None), 0.9, Search(low=0.5, high=0.99, value=0.9)),
        (FREE, -2.0, Search(low=-4.0, high=-1.0, value=-2.0)),
        (Parameter(name="bias", type="bool"), False, Search(choices=(True, False), value=False)),
        (Parameter(name="act", type="choice", choices=("a", "b")), "b", Search(choices=("a", "b"), value="b")),
        (Parameter(name="one", type="int", min=1, max=1), 1, Search(choices=(1,), value=1)),
    ],
)
def test_that_a_value_is_offered_a_range_by_its_declaration(
    parameter: Parameter, value: object, search: Search
) -> None:
    assert offered(parameter, value) == search


@settings(max_examples=60)
@given(
    st.sampled_from([RATE, MAPS, SIDE, SHARE, FREE, Parameter(name="n", type="int", min=2, max=9, log=True)]),
    st.floats(-1e4, 1e4).filter(lambda value: value == 0 or abs(value) > 1e-4),
)
def test_that_an_offered_range_keeps_to_what_the_parameter_allows(parameter: Parameter, number: float) -> None:
    value = int(number) if parameter.type == "int" else number
    if (parameter.min is not None and value < parameter.min) or (parameter.max is not None and value > parameter.max):
        return
    if parameter.above is not None and value <= parameter.above:
        return
    search = offered(parameter, value)
    assert search.first() == value
    ends = [one for one in (search.low, search.high) if one is not None]
    assert all(parameter.min is None or end >= parameter.min for end in ends)
    assert all(parameter.max is None or end <= parameter.max for end in ends)
    assert all(parameter.above is None or end > parameter.above for end in ends)


def test_that_every_shipped_parameter_can_be_marked_at_its_default() -> None:
    catalogue = Catalogue.load()
    families = (catalogue.layers, catalogue.optimizers, catalogue.schedules, catalogue.tasks)
    declared = [one for family in families for kind in family.values() for one in kind.parameters()]
    for parameter in (*declared, *parameters_of(Training)):
        if searchable(parameter):
            assert offered(parameter, parameter.default).first() == parameter.default
