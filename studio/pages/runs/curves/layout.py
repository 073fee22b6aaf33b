"""What the Curves view shows and how, as a value that is kept in the workspace."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Literal, TypeAlias, get_args

from studio.curves import Along, Kind, Spread
from studio.widgets.chart import Look, span_of

Size: TypeAlias = Literal["small", "large"]
NOTCHES = 50
"""Positions of the slider: the last averages over a hundred thousand steps."""


@dataclass(frozen=True, kw_only=True)
class Panel:
    """One chart: what it shows, whether its values are logarithmic, how large it is, whether it stands first."""

    metric: str
    log: bool = False
    size: Size = "small"
    pinned: bool = False


@dataclass(frozen=True, kw_only=True)
class Layout:
    """The charts in their order, and how all of them are looked at.

    Args:
        panels: the charts; none lets the view choose what most want to see.
        along: what they are laid along.
        log_across: whether that axis is logarithmic.
        smoothing: a notch of the slider, 0 to `NOTCHES`.
        kind: how they are made smooth.
        robust: whether what lies far out is left out of the range.
        group_by: `group`, or the path of a setting whose values make groups; empty for none.
        spread: what a group's band shows.
        linked: whether a zoom into one chart is one into all.
    """

    panels: tuple[Panel, ...] = ()
    along: Along = "step"
    log_across: bool = False
    smoothing: int = 10
    kind: Kind = "average"
    robust: bool = False
    group_by: str = ""
    spread: Spread = "interval"
    linked: bool = True

    @classmethod
    def from_json(cls, data: object) -> Layout:
        """Read what `to_json` wrote; whatever is missing, broken or unknown is as it is at first."""
        kept = data if isinstance(data, Mapping) else {}
        panels = found if isinstance(found := kept.get("panels"), list) else []
        return cls(
            panels=tuple({one.metric: one for panel in panels if (one := _panel(panel)) is not None}.values()),
            along=_one_of(kept.get("along"), Along, "step"),
            log_across=kept.get("log_across") is True,
            smoothing=_notch(kept.get("smoothing")),
            kind=_one_of(kept.get("kind"), Kind, "average"),
            robust=kept.get("robust") is True,
            group_by=found if isinstance(found := kept.get("group_by"), str) else "",
            spread=_one_of(kept.get("spread"), Spread, "interval"),
            linked=kept.get("linked") is not False,
        )

    def to_json(self) -> dict[str, Any]:
        """As it is kept."""
        return asdict(self) | {"panels": [asdict(panel) for panel in self.panels]}

    def look(self, panel: Panel) -> Look:
        """How one of the charts is looked at."""
        return Look(
            along=self.along,
            log=panel.log,
            log_across=self.log_across,
            span=span_of(self.smoothing),
            kind=self.kind,
            robust=self.robust,
            spread=self.spread,
        )

    def with_panel(self, metric: str, **changes: Any) -> Layout:
        """The same with a chart changed; pinned ones stand first."""
        return self.having([replace(one, **changes) if one.metric == metric else one for one in self.panels])

    def without(self, metric: str) -> Layout:
        return self.having([one for one in self.panels if one.metric != metric])

    def moved(self, metric: str, place: int) -> Layout:
        """The same with a chart at another place."""
        others = [one for one in self.panels if one.metric != metric]
        moved = [one for one in self.panels if one.metric == metric]
        return self.having([*others[:place], *moved, *others[place:]])

    def having(self, panels: Sequence[Panel]) -> Layout:
        """The same with these charts, one of each metric."""
        each = {panel.metric: panel for panel in panels}
        return replace(self, panels=tuple(sorted(each.values(), key=lambda one: not one.pinned)))


@dataclass(frozen=True, kw_only=True)
class Named:
    """Layouts under their names, and the one that is looked at now."""

    current: Layout = field(default_factory=Layout)
    views: Mapping[str, Layout] = field(default_factory=dict)
    name: str = ""
    """The view that was opened last; what was changed since is not in it."""


Change: TypeAlias = Callable[[Layout], Layout]


def _panel(data: object) -> Panel | None:
    if not isinstance(data, Mapping) or not isinstance(metric := data.get("metric"), str) or not metric:
        return None
    size = _one_of(data.get("size"), Size, "small")
    return Panel(metric=metric, log=data.get("log") is True, size=size, pinned=data.get("pinned") is True)


def _one_of(value: object, kind: Any, otherwise: Any) -> Any:
    return value if value in get_args(kind) else otherwise


def _notch(value: object) -> int:
    return min(max(value, 0), NOTCHES) if isinstance(value, int) and not isinstance(value, bool) else 10
