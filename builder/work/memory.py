"""How much memory a process may have, on systems that enforce it and on those that do not."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
from pathlib import Path


def enforced() -> bool:
    """Whether this system enforces a limit that a process sets for itself.

    Linux does. macOS accepts `RLIMIT_AS` and ignores it; Windows has none: there the parent
    process has to watch.
    """
    return sys.platform.startswith("linux")


def limit(memory: int) -> None:
    """Let this process have at most `memory` bytes of address space, where that is enforced."""
    if sys.platform.startswith("linux"):
        import resource  # does not exist on Windows

        _, most = resource.getrlimit(resource.RLIMIT_AS)
        soft = memory if most == resource.RLIM_INFINITY else min(memory, most)
        resource.setrlimit(resource.RLIMIT_AS, (soft, most))


def used(pid: int) -> int | None:
    """Bytes of memory that a process occupies, or `None` if it is gone or cannot be asked."""
    if sys.platform == "win32":  # pragma: no cover  # needs Windows
        return _used_on_windows(pid)
    status = Path(f"/proc/{pid}/statm")
    try:
        if status.parent.parent.is_dir() and Path("/proc/self/statm").exists():
            return int(status.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
        # POSIX gives no other way to ask about another process than its own tool.
        answer = subprocess.run(
            ["/bin/ps", "-o", "rss=", "-p", str(pid)],
            capture_output=True,
            text=True,
            check=True,
            timeout=5,
        )
        return int(answer.stdout) * 1024
    except (OSError, ValueError, subprocess.SubprocessError):
        return None


if sys.platform == "win32":  # pragma: no cover  # needs Windows

    def _used_on_windows(pid: int) -> int | None:
        """Private bytes, through `GetProcessMemoryInfo` (psapi.h)."""

        class Counters(ctypes.Structure):
            _fields_ = (
                ("size", ctypes.c_ulong),
                ("faults", ctypes.c_ulong),
                *((f"field{index}", ctypes.c_size_t) for index in range(7)),
                ("pagefile", ctypes.c_size_t),
                ("peak_pagefile", ctypes.c_size_t),
            )

        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.OpenProcess.restype = ctypes.c_void_p
        # PROCESS_QUERY_LIMITED_INFORMATION
        handle = kernel.OpenProcess(0x1000, False, pid)
        if not handle:
            return None
        try:
            counters = Counters()
            counters.size = ctypes.sizeof(counters)
            ask = kernel.K32GetProcessMemoryInfo
            ask.argtypes = [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_ulong]
            if not ask(handle, ctypes.byref(counters), counters.size):
                return None
            return int(counters.pagefile)
        finally:
            kernel.CloseHandle(ctypes.c_void_p(handle))
