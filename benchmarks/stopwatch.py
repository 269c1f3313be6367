"""What a whole process takes: `python benchmarks/stopwatch.py SECONDS COMMAND …`.

The last line of the standard error is a list in JSON: the exit code, or 124 of a command that was stopped after so many
seconds with all that it had started; its processor seconds; the peak of its largest process in MiB; and the elapsed
seconds. It waits without looking again and again, as a wait with a time limit does each 50 ms, so that these are exact.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import time

STOPPED = 124


def main() -> None:
    code, elapsed = watched(sys.argv[2:], float(sys.argv[1]))
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(json.dumps([code, used.ru_utime + used.ru_stime, used.ru_maxrss // 1024, elapsed]), file=sys.stderr)


def watched(command: list[str], limit: float) -> tuple[int, float]:
    """Return the exit code and the elapsed seconds of a command; call it from the main thread, which hears signals.

    Raises:
        SystemExit: somebody wanted the watching to end; the command has ended too.
    """
    groups: list[int] = []
    heard: list[int] = []

    def stop(number: int, _: object = None) -> None:
        heard.append(number)
        for group in groups:
            os.killpg(group, signal.SIGKILL)

    for number in (signal.SIGALRM, signal.SIGINT, signal.SIGTERM):  # the command hears none of them in its session
        signal.signal(number, stop)
    signal.setitimer(signal.ITIMER_REAL, limit)
    start = time.perf_counter()
    child = subprocess.Popen(command, start_new_session=True)
    groups.append(child.pid)
    if heard:  # while it started
        stop(heard[0])
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)  # it keeps its number until nothing can stop it any more
    elapsed = time.perf_counter() - start
    signal.setitimer(signal.ITIMER_REAL, 0)
    groups.clear()
    return _told(child.wait(), heard), elapsed


def _told(code: int, heard: list[int]) -> int:
    if not heard:
        return code
    if heard[0] == signal.SIGALRM:
        return STOPPED
    sys.exit(128 + heard[0])


if __name__ == "__main__":
    main()
