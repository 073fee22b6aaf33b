"""Counts and sizes as a person says them."""

import pytest

from engine.spec.quantities import bytes_text, count_text


@pytest.mark.parametrize(
    ("count", "said"),
    [(0, "0"), (320, "320"), (999, "999"), (1000, "1 K"), (18496, "18.5 K"), (999_600, "1 M"), (1.26e6, "1.26 M")],
)
def test_that_counts_are_said_to_three_digits(count: float, said: str) -> None:
    assert count_text(count) == said


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (0, "0 B"),
        (640, "640 B"),
        (1010, "1,010 B"),
        (1024, "1 KiB"),
        (84 << 10, "84 KiB"),
        (1010 << 20, "1,010 MiB"),
        (1200 << 20, "1.17 GiB"),
        (24 << 30, "24 GiB"),
    ],
)
def test_that_sizes_are_said_to_three_digits_and_never_as_powers_of_ten(count: float, said: str) -> None:
    assert bytes_text(count) == said
