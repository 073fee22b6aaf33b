"""How a plot is looked at, as a value."""

from __future__ import annotations

from dataclasses import dataclass

from studio.curves import Along, Kind, Spread


@dataclass(frozen=True, kw_only=True)
class Look:
    """What curves are laid along, and what is done to them.

    Args:
        along: the axis below.
        log: whether values are logarithmic.
        log_across: whether the axis below is; the time of day never is.
        span: steps that a smooth line averages over; 1 draws the curve as it is.
        kind: how it is made smooth.
        robust: whether the range leaves out what lies far out.
        spread: what the bands of groups show.
    """

    along: Along = "step"
    log: bool = False
    log_across: bool = False
    span: int = 1
    kind: Kind = "average"
    robust: bool = False
    spread: Spread = "interval"

    @property
    def across(self) -> bool:
        """Whether the axis below is logarithmic now."""
        return self.log_across and self.along != "clock"
