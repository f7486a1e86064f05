"""Regular expressions that are compiled when they are first used.

The rules of parsing and of conversation have hundreds, which take a third of a second to compile; one command or one
question uses few of them.
"""

from __future__ import annotations

import re
from typing import AnyStr, cast


class _Waiting:
    """Stands for a compiled pattern; keeps what is asked of it once, so that it is as fast from then on."""

    def __init__(self, text: str | bytes, flags: int) -> None:
        self._text, self._flags = text, flags

    def __getattr__(self, name: str) -> object:
        compiled = re.compile(self.__dict__["_text"], self.__dict__["_flags"])
        value = self.__dict__[name] = getattr(compiled, name)
        return value


def lazy(text: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Return a pattern as ``re.compile`` does; a mistake in it shows at its first use."""
    return cast(re.Pattern[AnyStr], _Waiting(text, flags))
