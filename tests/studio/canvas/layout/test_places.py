"""Which things lie where."""

from hypothesis import given
from hypothesis import strategies as some
from PySide6.QtCore import QRectF

from studio.canvas.layout.places import Places

number = some.integers(-4000, 4000)
boxes = some.builds(QRectF, number, number, some.integers(1, 30000), some.integers(1, 3000))


@given(first=some.lists(boxes, max_size=8), then=some.lists(boxes, max_size=8), asked=boxes)
def test_that_what_touches_a_rectangle_is_found_wherever_it_was_before(
    first: list[QRectF], then: list[QRectF], asked: QRectF
) -> None:
    places = Places[int]()
    for key, box in [*enumerate(first), *enumerate(then)]:
        places.put(key, box)
    held = dict(enumerate(first)) | dict(enumerate(then))
    places.remove(0)
    held.pop(0, None)
    assert places.touching(asked) == {key: box for key, box in held.items() if box.intersects(asked)}
