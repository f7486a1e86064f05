"""``make`` sets the project up, also after a first attempt that failed."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PYTHON = """#!/bin/sh
# Makes a virtual environment as Debian does: without python3-venv it fails when all but pip is there.
test "$2" = venv || exit 0
mkdir -p .venv/bin
cp "$0" .venv/bin/python
test -e python3-venv || exit 1
cp "$0" .venv/bin/pip
cp "$0" .venv/bin/onrecord
"""


@pytest.mark.skipif(shutil.which("make") is None, reason="there is no make on this machine")
def test_a_first_attempt_that_failed_is_made_good_by_the_next(tmp_path: Path) -> None:
    for name in ("Makefile", "pyproject.toml", "constraints.txt"):
        shutil.copy(ROOT / name, tmp_path)
    python = tmp_path / "python"
    python.write_text(PYTHON)
    python.chmod(0o755)

    def make_chat() -> int:
        return subprocess.run(["make", "chat", f"PYTHON={python}"], cwd=tmp_path, capture_output=True).returncode

    assert make_chat() != 0
    assert (tmp_path / ".venv" / "bin" / "python").exists()
    (tmp_path / "python3-venv").touch()
    assert make_chat() == 0
    assert (tmp_path / ".venv" / "bin" / "pip").exists()
