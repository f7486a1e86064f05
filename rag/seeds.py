"""The interviews that come with the project.

In: ``seeds/*.txt`` as given, each with a ``.toml`` of its provenance beside it. Out: ``Interview``s.
"""

from __future__ import annotations

import tomllib
from importlib.resources import files
from importlib.resources.abc import Traversable

from rag.datatypes import Interview
from rag.parsing import ParseOptions, parse


def seed_interviews() -> tuple[Interview, ...]:
    """Parse the shipped interviews, in the order of their file names."""
    folder = sorted(files("seeds").iterdir(), key=lambda entry: entry.name)
    texts = [entry for entry in folder if entry.name.endswith(".txt")]
    return tuple(_seed(text, files("seeds") / f"{text.name.removesuffix('.txt')}.toml") for text in texts)


def _seed(text: Traversable, provenance: Traversable) -> Interview:
    told = tomllib.loads(provenance.read_text(encoding="utf-8"))
    options = ParseOptions(
        id=text.name.removesuffix(".txt"),
        title=told["title"],
        outlet=told["outlet"],
        date=told.get("date"),
        url=told.get("url"),
        origin=f"seeds/{text.name}",
        interviewers=tuple(told["interviewers"]),
        interviewees=tuple(told["interviewees"]),
        descriptions=tuple(told["descriptions"].items()),
    )
    return parse(text.read_bytes(), text.name, options)
