"""What stands on a plot: curves and groups of them, kept smooth and in their colors."""

from __future__ import annotations

from collections.abc import Iterable
from time import perf_counter

from PySide6.QtGui import QColor

from studio.theme import Colors
from studio.widgets.chart.bundle import Bundle, Group
from studio.widgets.chart.look import Look
from studio.widgets.chart.picture import MANY
from studio.widgets.chart.trace import Curve, Trace

SLICE = 20_000
"""Points smoothed at a time, until a frame's share of time is used up."""
HAZES = ((3, 0.34), (MANY, 0.17), (10**9, 0.1))
"""How much of its color a curve keeps behind its smoothed self, where there are at most so many."""
FAINT = 0.45
"""How much a member of a group keeps behind the group's band."""
DIMMED = 0.22
"""How much the others keep while one is lit."""


class Cast:
    """Curves by their keys, and the groups that they make."""

    def __init__(self) -> None:
        self.traces: dict[str, Trace] = {}
        self.bundles: dict[str, Bundle] = {}

    def put(self, curve: Curve, look: Look) -> None:
        """Have another curve."""
        trace = self.traces[curve.key] = Trace(curve)
        trace.smooth(look.span, look.kind)

    def set(self, curves: Iterable[Curve], groups: Iterable[Group], look: Look) -> None:
        """Have exactly these, in this order; what was there already stays as it is."""
        old = dict(self.traces)
        self.traces.clear()
        for curve in curves:
            known = old.get(curve.key)
            same = known is not None and known.curve.series is curve.series and known.curve.placed is curve.placed
            trace = self.traces[curve.key] = known if known is not None and same else Trace(curve)
            trace.curve = curve
        self.smooth(look)
        self._bundle(groups)

    def smooth(self, look: Look) -> None:
        """Make all curves as smooth as that, by and by: `catch_up` does the work."""
        for trace in self.traces.values():
            trace.smooth(look.span, look.kind)

    def shown(self) -> list[Curve]:
        """The curves that are seen and have points."""
        return [trace.curve for trace in self.traces.values() if trace.shown and len(trace.curve.series)]

    def take_in(self, end: float) -> bool:
        """Have the points of all curves ready, as far as that goes until a moment; whether they are."""
        for trace in self.traces.values():
            if trace.shown and trace.curve.series.take_in() and perf_counter() > end:
                return False
        return True

    def catch_up(self, end: float) -> bool:
        """Smooth what is new until a moment; whether more is left to do."""
        smoothed = [trace.smoothed for trace in self.traces.values() if trace.smoothed and trace.shown]
        for one in smoothed:
            while perf_counter() < end and one.catch_up(SLICE):
                pass
        return any(one.behind for one in smoothed)

    def color(self, colors: Colors, *, lit: str) -> None:
        """Give everything its color; the curve of that key stands out."""
        paint(self.traces, self.bundles, colors, lit=lit)

    def _bundle(self, groups: Iterable[Group]) -> None:
        old = dict(self.bundles)
        self.bundles.clear()
        for group in groups:
            members = tuple(self.traces[key] for key in group.members if key in self.traces)
            known = old.get(group.key)
            same = known is not None and known.group == group and known.traces == members
            self.bundles[group.key] = known if known is not None and same else Bundle(group, members)


def paint(traces: dict[str, Trace], bundles: dict[str, Bundle], colors: Colors, *, lit: str = "") -> None:
    """Give curves and groups their colors: strong ones for what is lit and for groups, weak ones for what is behind."""
    members = {key: bundle.group.color for bundle in bundles.values() for key in bundle.group.members}
    shown = len(traces)
    haze = next(share for most, share in HAZES if shown <= most)
    for key, trace in traces.items():
        color = colors.series[members.get(key, trace.curve.color) % len(colors.series)]
        back = bool(lit) and key != lit
        trace.faint = key in members and key != lit
        trace.ink = mixed(color, colors.raised, DIMMED) if back else color
        trace.haze = mixed(color, colors.raised, FAINT if trace.faint else haze * (DIMMED if back else 1))
    for bundle in bundles.values():
        bundle.ink = colors.series[bundle.group.color % len(colors.series)]


def mixed(front: str, back: str, share: float) -> str:
    """So much of one color before another, without transparency, which paints several times slower."""
    one, other = QColor(front), QColor(back)
    pairs = ((one.red(), other.red()), (one.green(), other.green()), (one.blue(), other.blue()))
    return QColor(*(round(share * a + (1 - share) * b) for a, b in pairs)).name()
