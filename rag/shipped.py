"""Find the models that come with the installation, and make sure that their files are the tested ones.

In: a folder, and the SHA-256 of its files, which a SHA256SUMS file among them may tell. Out: the same folder, or an
error that says what to do.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

from rag.errors import ModelError


def shipped(name: str) -> Path:
    """Return the folder of a model that comes with the installation."""
    return Path(str(files("models") / name))


def checked(folder: Path, model: str) -> Path:
    """Return ``folder`` once every file named in its SHA256SUMS has been found to be the tested one.

    Raises:
        ModelError: a file is missing or differs; ``model`` says of what.
    """
    try:
        lines = (folder / "SHA256SUMS").read_text("utf-8").splitlines()
        expected = {name: digest for digest, name in (line.split() for line in lines)}
    except (OSError, ValueError) as problem:
        raise ModelError(f"{folder}: {model}'s files can't be read; install onrecord again") from problem
    return tested(folder, expected, model, "onrecord")


def seal(folder: Path, *names: str) -> None:
    """Write the SHA256SUMS by which ``checked`` knows the named files of ``folder`` again."""
    lines = (f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n" for name in names)
    (folder / "SHA256SUMS").write_text("".join(lines), "utf-8")


def tested(folder: Path, expected: Mapping[str, str], model: str, package: str) -> Path:
    """Return ``folder`` once its files have been found to have the ``expected`` SHA-256.

    Raises:
        ModelError: a file is missing or differs; ``model`` says of what, and ``package`` where it comes from.
    """
    for name, digest in expected.items():
        try:
            with (folder / name).open("rb") as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as problem:
            raise ModelError(f"{folder / name}: can't read {model}; install onrecord again") from problem
        if found != digest:
            raise ModelError(f"{folder / name}: not {model} that was tested; install {package} again")
    return folder
