"""Synonyms of a word, inflected as the word is, from the WordNet 3.1 database files.

In: the folder with ``index.noun``, ``data.noun`` and so on. Out: a function from a word to a synonym.
Only for training the reader; nothing of WordNet ships.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path

from lemminflect import getAllInflections, getAllLemmas, getInflection

_PARTS = {"noun": "NOUN", "verb": "VERB", "adj": "ADJ", "adv": "ADV"}
COMMON_SENSES = 2
"""A word stands for another only where the meaning they share is among the first so many of both."""


@dataclass(frozen=True, slots=True)
class Synonyms:
    """``senses[part][lemma]`` are its commonest synsets, ``members[part][synset]`` the words of one."""

    senses: dict[str, dict[str, list[str]]]
    members: dict[str, dict[str, list[str]]]

    @classmethod
    def read(cls, folder: Path) -> Synonyms:
        """Read the database files (their format is described in WordNet's wndb(5WN)).

        Raises:
            FileNotFoundError: one of them is missing.
        """
        senses: dict[str, dict[str, list[str]]] = {}
        members: dict[str, dict[str, list[str]]] = {}
        for part, name in _PARTS.items():
            senses[name], members[name] = {}, {}
            for line in (folder / f"index.{part}").read_text(encoding="utf-8").splitlines():
                if not line.startswith(" "):
                    fields = line.split()
                    tagged, offsets = int(fields[-int(fields[2]) - 1]), fields[-int(fields[2]) :]
                    if tagged:  # seen in the tagged corpora, so its senses are in order of frequency
                        senses[name][fields[0]] = offsets[:COMMON_SENSES]
            for line in (folder / f"data.{part}").read_text(encoding="utf-8").splitlines():
                if not line.startswith(" "):
                    fields = line.split()
                    words = fields[4 : 4 + 2 * int(fields[3], 16) : 2]
                    members[name][fields[0]] = [w.split("(")[0] for w in words]
        return cls(senses, members)

    def of(self, word: str, rng: random.Random) -> str | None:
        """Return a synonym of ``word`` in the same inflection, None where WordNet has none in common use."""
        options: list[str] = []
        for part, lemmas in getAllLemmas(word).items():
            if part not in self.senses:
                continue
            lemma = lemmas[0]
            tags = [t for t, forms in getAllInflections(lemma, part).items() if word in forms]
            for synset in self.senses[part].get(lemma, ())[:1] if tags else ():
                for other in self.members[part].get(synset, ()):
                    known = synset in self.senses[part].get(other, ())
                    if known and other.isalpha() and other.islower() and other[:5] != lemma[:5]:
                        options += getInflection(other, tags[0])[:1]
        return rng.choice(options) if options else None
