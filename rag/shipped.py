"""Make sure that a model's files are the tested ones.

In: a folder with a SHA256SUMS file. Out: the same folder, or an error that says what to do.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from rag.errors import ModelError


def checked(folder: Path, model: str) -> Path:
    """Return ``folder`` once every file named in its SHA256SUMS has been found to be the tested one.

    Raises:
        ModelError: a file is missing or differs; ``model`` says of what.
    """
    try:
        for line in (folder / "SHA256SUMS").read_text("utf-8").splitlines():
            expected, name = line.split()
            with (folder / name).open("rb") as file:
                if hashlib.file_digest(file, "sha256").hexdigest() != expected:
                    raise ModelError(f"{folder / name}: not {model} that was tested; install onrecord again")
    except (OSError, ValueError) as problem:
        raise ModelError(f"{folder}: {model}'s files can't be read; install onrecord again") from problem
    return folder
