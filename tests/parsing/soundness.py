"""What holds of every document, whatever it was read from."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import HealthCheck, settings

from rag.errors import ParseError
from rag.parsing.document import Document

FUZZ = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""A busy machine is no failure."""


def assert_sound(document: Document) -> None:
    """Hold the invariants that turns, passages and quotes stand on."""
    text = document.text
    text.encode()  # no lone surrogates
    assert document.blocks
    end = 0
    for block in document.blocks:
        assert end <= block.start < block.end <= len(text)
        words = text[block.start : block.end]
        assert words == words.strip()
        inside = block.start
        for start, stop in block.bold:
            assert inside <= start < stop <= block.end
            assert text[start:stop] == text[start:stop].strip()
            inside = stop
        end = block.end
    for marks in (document.times, document.pages):
        offsets = [mark.offset for mark in marks]
        assert offsets == sorted(set(offsets))
        assert all(0 <= offset < len(text) for offset in offsets)


def assert_sound_or_refused(read: Callable[[bytes, str], Document], data: bytes, name: str = "x") -> None:
    """Read any bytes: a sound document, or the one error with a message of one line."""
    try:
        document = read(data, name)
    except ParseError as error:
        complaint = str(error)
    else:
        assert_sound(document)
        return
    assert complaint
    assert "\n" not in complaint


def block_texts(document: Document) -> list[str]:
    """Cut out the text of each block."""
    return [document.text[block.start : block.end] for block in document.blocks]
