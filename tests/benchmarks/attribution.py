"""Turns, speakers and roles of real interviews, held against a plain reading of their labels.

    python -m tests.benchmarks.attribution FOLDER... [--wrong]

In: folders of Markdown as podcasts and written interviews publish it. Two kinds are read: ``**Name:** words``
with unlabelled paragraphs below, and ``### question`` with the interviewee as the title of the front matter.
Out: a table. The reading is line by line and knows nothing of the parser's: it shares no code with it.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from html import unescape
from pathlib import Path
from typing import Final

from rag.datatypes import Interview, Role
from rag.errors import ParseError
from rag.parsing import read

HOSTS: Final = (
    *("Adam Stacoviak", "Jerod Santo", "Tim Smith", "Nadia Eghbal", "Mikeal Rogers", "Chris Benson"),
    *("Daniel Whitenack", "Gerhard Lazu", "Mireille Reece", "Mat Ryer", "Johnny Boursiquot", "Jon Calhoun"),
    *("Natalie Pistunovich", "Carlisia", "Brian Ketelsen", "Erik St. Martin", "Kris Brandow", "Angelica Hill"),
    *("Ian Lopshire", "Jaana Dogan", "Mark Bates", "Carmen Andoh", "Ashley McNamara", "Matt Toback", "Suz Hinton"),
    *("Kevin Ball", "Nick Nisi", "Amal Hussein", "Feross Aboukhadijeh", "Divya", "Amelia Wattenberger"),
    *("Rachel White", "Alex Sexton", "Christopher Hiller", "Emma Bostian", "Emma Wedekind", "Ali Spittel"),
    *("Justin Garrison", "Autumn Nash", "Danielle Morrill"),
)
"""Who hosts the podcasts of the labelled kind, as their own pages say; some are guests on another's show."""
NOBODY: Final = frozenset({"break", "jingle", "outro", "intro", "clip", "music", "sponsor", "ad break"})
ALIKE: Final = 6
"""Words by which a turn is known again."""

_LABEL: Final = re.compile(
    r"\*\*(?:\\?\[[^\]*]*\\?\]\s*)?(?P<name>[^*:]{1,60}?)\s*:\s*\*\*:?|\*\*(?P<bare>[^*:]{1,60}?)\*\*\s*:"
)
_STAMP: Final = re.compile(r"\\?\[\d{1,3}(?:\\?:\d\d){1,2}(?:\.\d+)?\\?\]")


@dataclass(frozen=True, slots=True)
class Said:
    """A turn as the labels have it."""

    speaker: str
    words: tuple[str, ...]


def labelled(source: str) -> Iterator[Said]:
    """Read ``**Name:** words`` line by line."""
    for line in source.split("\n"):
        label = _LABEL.match(line.strip())
        name = (label["name"] or label["bare"]).strip() if label else ""
        if label and name.casefold() not in NOBODY and (words := plain(line.strip()[label.end() :])):
            yield Said(name, words)


def headed(source: str) -> Iterator[Said]:
    """Read ``### question`` and the first line below it."""
    name = re.search(r"^title:\s*[\"']?(.*?)[\"']?\s*$", source, re.MULTILINE)
    waiting = False
    for line in source.split("\n"):
        if line.startswith("### "):
            yield Said("", plain(line[4:]))
            waiting = True
        elif waiting and plain(line):
            yield Said(name[1] if name else "", plain(line))
            waiting = False


def plain(markdown: str) -> tuple[str, ...]:
    """Return the first words without markup, links as what they show."""
    text = re.sub(r"!\[[^\]]*\]\([^)]*\)", "", _STAMP.sub("", markdown))
    text = re.sub(r"\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])?", r"\1", text)
    text = unescape(re.sub(r"<[^>]*>", " ", text.replace("\\", ""))).replace("_", " ")
    return tuple(re.findall(r"\w+", text.casefold()))[:ALIKE]


@dataclass(slots=True)
class Tally:
    """What was counted over the files of one kind."""

    files: int = 0
    refused: int = 0
    counted: int = 0
    """Files with as many turns as labels."""
    turns: int = 0
    spoken: int = 0
    """Turns with the right words and the right speaker."""
    roles: int = 0
    """Files in which a person could tell the roles from the lists above."""
    right: int = 0
    undecided: int = 0
    """Files without a wrong role in which somebody's isn't told."""


def compared(interview: Interview, expected: Sequence[Said]) -> tuple[int, list[str]]:
    """Return how many turns are said by whom the labels say, and a line for each that isn't."""
    found = [Said(t.speaker or "", plain(interview.text[t.start : t.end])) for t in interview.turns]
    same = SequenceMatcher(None, [s.words for s in expected], [s.words for s in found], autojunk=False)
    pairs = {a + n: b + n for a, b, size in same.get_matching_blocks() for n in range(size)}
    wrong = []
    for n, said in enumerate(expected):
        who = found[pairs[n]].speaker if n in pairs else "no such turn"
        if not alike(said.speaker, who):
            wrong.append(f"{said.speaker!r} -> {who!r}: {' '.join(said.words)}")
    return len(expected) - len(wrong), wrong


def alike(label: str, speaker: str) -> bool:
    """Tell whether a speaker is whom the label names: the same words, or the label's among them."""
    return label.casefold() == speaker.casefold() or set(label.casefold().split()) < set(speaker.casefold().split())


def roles_of(interview: Interview, expected: Sequence[Said]) -> str:
    """Return "right", "undecided" or "wrong" by the lists of hosts, "" where a person couldn't tell."""
    names = {said.speaker for said in expected if sum(s.speaker == said.speaker for s in expected) > 2}
    hosts = {n for n in names if any(_parts(host) <= _parts(n) for host in HOSTS)}
    if "" in {said.speaker for said in expected}:
        sides = [t.role is (Role.INTERVIEWEE if t.speaker else Role.INTERVIEWER) for t in interview.turns]
        return "right" if all(sides) and set(interview.interviewees) <= names else "wrong"
    if not hosts or hosts == names:
        return ""
    told = {t.speaker: t.role for t in interview.turns}
    wanted = {name: Role.INTERVIEWER if name in hosts else Role.INTERVIEWEE for name in names}
    given = {name: next((r for who, r in told.items() if alike(name, who or "")), Role.OTHER) for name in names}
    if given == wanted:
        return "right"
    return "wrong" if any(given[n] not in (wanted[n], Role.OTHER) for n in names) else "undecided"


def _parts(name: str) -> set[str]:
    return set(re.findall(r"\w+", name.casefold()))


def main() -> None:
    """Print the table."""
    arguments = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    arguments.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    arguments.add_argument("--wrong", action="store_true", help="print each turn that is not as the labels say")
    chosen = arguments.parse_args()
    print("folder                files refused turns-right speakers-right   of    roles-right undecided  of")
    for folder in chosen.folders:
        tally = Tally()
        for file in sorted(path for path in folder.rglob("*") if path.suffix in (".md", ".markdown")):
            for line in _counted(file, tally):
                if chosen.wrong:
                    print(f"  {file.name}: {line}")
        t = tally
        print(
            f"{folder.name:20} {t.files:6} {t.refused:7} {t.counted:11} {t.spoken:8} {t.spoken / max(t.turns, 1):6.2%}"
            f" {t.turns:6} {t.right:7} {t.undecided:9} {t.roles:6}"
        )


def _counted(file: Path, tally: Tally) -> list[str]:
    source = file.read_text("utf-8")
    expected = list(headed(source) if re.search(r"^### ", source, re.MULTILINE) else labelled(source))
    if len(expected) < 2:
        return []
    tally.files += 1
    tally.turns += len(expected)
    try:
        interview = read(file)
    except ParseError as refusal:
        tally.refused += 1
        return [f"refused: {refusal}"]
    spoken, wrong = compared(interview, expected)
    tally.spoken += spoken
    tally.counted += len(interview.turns) == len(expected)
    roles = roles_of(interview, expected)
    tally.roles += roles != ""
    tally.right += roles == "right"
    tally.undecided += roles == "undecided"
    return [*wrong, *([f"roles {roles}: asks {interview.interviewers}"] if roles not in ("", "right") else [])]


if __name__ == "__main__":
    main()
