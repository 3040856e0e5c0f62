"""Work spread over processes: results in the order of the tasks, a bounded number of them under way.

The same work is done in this process where one job is asked for or the tasks are few, so that the bytes never depend on how many
processes there are.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from multiprocessing.context import BaseContext

Task = TypeVar("Task")
Result = TypeVar("Result")


class PoolFailed(Exception):
    """A process of the pool ended before its work did. The message says what may help."""


def spread(
    work: Callable[[Task], Result],
    tasks: Sequence[Task],
    jobs: int,
    begin: Callable[..., None] | None = None,
    given: tuple[Any, ...] = (),
    ahead: int = 3,
) -> Iterator[Result]:
    """`work` of every task, in their order.

    `begin(*given)` is called once in each process before its first task; what it prepares, `work` finds in its module. With `jobs` of
    1, or a single task, everything happens in this process. `ahead` is how many tasks a process may be ahead of the one whose result
    is waited for: enough to keep it busy, few enough for results to stay small in memory. Raises whatever `work` raises, and PoolFailed
    where a process is killed.
    """
    if jobs <= 1 or len(tasks) <= 1:
        if begin is not None:
            begin(*given)
        yield from map(work, tasks)
        return
    from concurrent.futures import Future, ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    executor = ProcessPoolExecutor(min(jobs, len(tasks)), context(), _begin, (os.getpid(), begin, given))
    waiting: deque[Future[Result]] = deque()
    remaining = iter(tasks)
    try:
        for task in itertools.islice(remaining, jobs * ahead):
            waiting.append(executor.submit(work, task))
        while waiting:
            result = waiting.popleft().result()
            for task in itertools.islice(remaining, 1):
                waiting.append(executor.submit(work, task))
            yield result
    except BrokenProcessPool as error:
        raise PoolFailed(
            "A process of this build was ended from outside, perhaps because memory ran out. Try again with --jobs 1."
        ) from error
    finally:
        executor.shutdown(wait=True, cancel_futures=True)


def _begin(parent: int, begin: Callable[..., None] | None, given: tuple[Any, ...]) -> None:
    """Prepares a process of the pool. It ends with its parent: one that outlived a killed build would hold the lock on the site."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C ends the parent, and that ends this
    end_with(parent)
    threading.Thread(target=_watch, args=(parent,), daemon=True).start()
    if begin is not None:
        begin(*given)


def end_with(parent: int) -> None:
    """Asks the system to end this process together with its parent, where the system can (prctl(2), PR_SET_PDEATHSIG)."""
    if sys.platform != "linux":
        return
    import ctypes

    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)


def process() -> int:
    """The number of this process: the same for all that it gives back, and no other's."""
    return os.getpid()


def context() -> BaseContext:
    """How processes are begun: by fork on Linux, where they share what has been read; elsewhere by spawn, which sends it to them."""
    import multiprocessing

    return multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")


def chunks(tasks: Iterable[Task], size: int) -> list[list[Task]]:
    """Tasks in lists of `size`, the last one shorter."""
    remaining = iter(tasks)
    return list(iter(lambda: list(itertools.islice(remaining, size)), []))
