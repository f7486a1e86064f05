"""Measure on FriendsQA: questions about many-speaker dialogue, each put to its dialogue.

``python -m tests.benchmarks.friendsqa FILE.json [--json] [--peers]``. A sentence is right when it stands in
an utterance that annotators marked (utterance match, as the data's authors measure it).
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks.data import friendsqa
from tests.benchmarks.running import arguments, run
from tests.benchmarks.selqa import measure


def main(argv: Sequence[str] | None = None) -> int:
    """Run from the command line."""
    given = arguments(__doc__, data="a FriendsQA file (JSON)").parse_args(argv)
    return run(
        lambda: measure(friendsqa(Path(given.data)).sample(given.limit).asked(), peers=given.peers), as_json=given.json
    )


if __name__ == "__main__":
    sys.exit(main())
