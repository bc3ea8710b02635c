"""How work is done safely: isolated workers with limits, a cache, atomic outputs, progress.

Nothing here knows what a paper is. Every function works on Linux, macOS and Windows; where a
system offers no limit of its own, the parent process watches instead.
"""

from builder.work.cache import Cache
from builder.work.digests import Digests
from builder.work.jobs import Failure, Job, Limits, Outcome, run
from builder.work.lock import Locked, lock
from builder.work.names import file_names
from builder.work.outputs import Busy, Outputs, recover, settle
from builder.work.progress import Progress, Silent
from builder.work.writing import share, write_if_changed

__all__ = [
    "Busy",
    "Cache",
    "Digests",
    "Failure",
    "Job",
    "Limits",
    "Locked",
    "Outcome",
    "Outputs",
    "Progress",
    "Silent",
    "file_names",
    "lock",
    "recover",
    "run",
    "settle",
    "share",
    "write_if_changed",
]
