"""Search: Optuna over whatever a project marks. Import this late: it loads Optuna (but no PyTorch)."""

from engine.calling import call_as_api
from engine.search.errors import StudyError
from engine.search.handle import Handle, StudyState
from engine.search.joining import join
from engine.search.storage import StorageGoneError, is_trouble, reason_of
from engine.search.study import open_study
from engine.search.supervisor import Crew, supervise

__all__ = [
    "Crew",
    "Handle",
    "StorageGoneError",
    "StudyError",
    "StudyState",
    "is_trouble",
    "join",
    "open_study",
    "reason_of",
    "supervise",
]

call_as_api(__name__)
