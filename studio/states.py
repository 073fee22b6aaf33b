"""The states of runs that more than one part of the window asks about."""

from __future__ import annotations

LIVELY = frozenset({"queued", "starting", "running", "paused"})
"""Something may happen to the run soon."""
RESUMABLE = frozenset({"interrupted", "pruned", "stopped", "failed"})
"""The run may go on from its last checkpoint."""
OVER = RESUMABLE | {"finished"}
"""Nothing more happens to the run by itself."""
