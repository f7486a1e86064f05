"""How fast one visitor may ask: a visitor and the time in, whether to answer now out.

A token bucket per visitor. It stops an honest visitor's runaway script; a dishonest one who changes
names is stopped by the limit on waiting calls, which holds for all together.
"""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Callable

QUESTIONS_AT_ONCE = 10
QUESTIONS_A_MINUTE = 30
MOST_VISITORS = 10_000
"""Visitors remembered; beyond that, whoever was quiet longest is forgotten."""


class Pace:
    """Grants ``at_once`` questions in a burst and ``a_minute`` steadily to each visitor."""

    def __init__(
        self,
        at_once: int = QUESTIONS_AT_ONCE,
        a_minute: int = QUESTIONS_A_MINUTE,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        """Start with every visitor's full allowance; ``now`` gives seconds."""
        self._at_once = float(at_once)
        self._a_second = a_minute / 60
        self._now = now
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def seconds_to_wait(self, visitor: str) -> int:
        """Take one question from the visitor's allowance; return 0, or the seconds until there is one."""
        now = self._now()
        left, since = self._left.pop(visitor, (self._at_once, now))
        left = min(self._at_once, left + (now - since) * self._a_second)
        allowed = left >= 1
        self._left[visitor] = (left - 1 if allowed else left, now)
        while len(self._left) > MOST_VISITORS:
            self._left.popitem(last=False)
        return 0 if allowed else math.ceil((1 - left) / self._a_second)
