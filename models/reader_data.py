"""Read question-answering data and turn it into training examples for the reader.

In: files in SQuAD 1.1 or 2.0 format (``*.json``) and pairs of a question and the sentence that
answers it (``*.tsv``, with a header). Out: ``Example`` objects, some of them made here: questions
put to a similar but wrong paragraph, and questions with one detail swapped, as the writers of
SQuAD 2.0 made theirs (arXiv 1806.03822). Both have no answer.
"""

from __future__ import annotations

import csv
import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Example:
    """A question, a context, and where in the context the answer stands.

    ``answers`` are character spans of ``context``; without any, the context doesn't answer.
    ``span_known`` is false where only the answering sentence is known: the span outputs then
    learn nothing from the example. ``asked`` is a question that precedes the context, as an
    interviewer's question precedes an answer; it is never evidence.
    """

    question: str
    context: str
    answers: tuple[Span, ...]
    span_known: bool = True
    asked: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """How much of one data file to take: at most ``limit`` questions, each ``repeat`` times."""

    limit: int | None = None
    repeat: int = 1


# By file stem. The limits keep many questions on few or alike texts from outweighing everything else.
SOURCES = {
    "qamr_wiki": Source(limit=5_000),
    "subjqa_train": Source(limit=6_000),
    "squad2_dev_articles": Source(repeat=2),
}


def read_squad(path: Path, held_out: frozenset[str] = frozenset()) -> tuple[list[Example], list[Example]]:
    """Read a SQuAD file into (training examples, examples of the articles in ``held_out``)."""
    kept: list[Example] = []
    out: list[Example] = []
    for article in json.loads(path.read_text(encoding="utf-8"))["data"]:
        bucket = out if article.get("title") in held_out else kept
        for paragraph in article["paragraphs"]:
            context = paragraph["context"]
            for qa in paragraph["qas"]:
                spans = {(a["answer_start"], a["answer_start"] + len(a["text"])): None for a in qa["answers"]}
                answers = () if qa.get("is_impossible") else tuple(spans)
                bucket.append(Example(qa["question"].strip(), context, answers))
    return kept, out


def read_sentence_pairs(path: Path, group: int = 5) -> list[Example]:
    """Read question-sentence pairs, putting runs of ``group`` consecutive sentences together as contexts."""
    with path.open(encoding="utf-8", newline="") as file:
        pairs = [(r["question"], r["sentence"]) for r in csv.DictReader(file, delimiter="\t")]
    sentences = list(dict.fromkeys(s for _, s in pairs))
    place: dict[str, tuple[int, int]] = {}
    contexts: list[str] = []
    for i in range(0, len(sentences), group):
        context = ""
        for sentence in sentences[i : i + group]:
            place[sentence] = (len(contexts), len(context))
            context += sentence + " "
        contexts.append(context.rstrip())
    examples = []
    for question, sentence in pairs:
        which, start = place[sentence]
        span = (start, start + len(sentence))
        examples.append(Example(question, contexts[which], (span,), span_known=False))
    return examples


def among_others(examples: list[Example], rng: random.Random) -> list[Example]:
    """Put each one-sentence context between two others, so that there is something to choose from."""
    contexts = list({e.context for e in examples})
    mixed = []
    for example in examples:
        before, after = rng.choice(contexts), rng.choice(contexts)
        shift = len(before) + 1
        answers = tuple((s + shift, e + shift) for s, e in example.answers)
        mixed.append(replace(example, context=f"{before} {example.context} {after}", answers=answers))
    return mixed


_WORD = re.compile(r"[a-z0-9]+")


def wrong_paragraphs(examples: list[Example], share: float, rng: random.Random) -> Iterator[Example]:
    """Yield ``share`` of the answerable examples with the most similar context that lacks the answer.

    Similar: most words in common with the question among 60 contexts that stand near in the file,
    which mostly means in the same article.
    """
    contexts = list(dict.fromkeys(e.context for e in examples))
    order = {context: i for i, context in enumerate(contexts)}
    words = [set(_WORD.findall(c.lower())) for c in contexts]
    for example in examples:
        if not example.answers or rng.random() > share:
            continue
        start, end = example.answers[0]
        answer = example.context[start:end].lower()
        asked = set(_WORD.findall(example.question.lower()))
        here = order[example.context]
        near = [i for i in range(max(0, here - 30), min(len(contexts), here + 30)) if i != here]
        near = [i for i in near if answer not in contexts[i].lower()]
        if near:
            best = max(near, key=lambda i: (len(asked & words[i]), -abs(i - here)))
            yield Example(example.question, contexts[best], ())


_NAME = re.compile(r"(?<![.?!] )(?<!^)\b[A-Z][\w'’-]+(?: (?:of |the )?[A-Z][\w'’-]+)*")
_NUMBER = re.compile(r"\b\d[\d,.]*\b")
_OPPOSITES = [
    "first last", "largest smallest", "most least", "before after", "more less", "highest lowest", "oldest newest",
    "early late", "north south", "east west", "northern southern", "eastern western", "increase decrease", "win lose",
    "begin end", "began ended", "start stop", "started stopped", "best worst", "long short", "major minor", "old new",
    "male female", "men women", "positive negative", "above below", "good bad", "high low", "strong weak",
    "like dislike", "always never", "public private", "allow forbid", "same different", "founded abolished",
    "support oppose", "common rare", "easy hard", "cause prevent", "import export", "buy sell", "friend enemy",
    "can cannot", "does doesn't", "did didn't", "is isn't", "was wasn't", "are aren't", "were weren't", "has hasn't",
]  # fmt: skip
_OPPOSITE = {a: b for pair in _OPPOSITES for a, b in (pair.split(), pair.split()[::-1])}


def swap_detail(question: str, context: str, elsewhere: str, rng: random.Random) -> str | None:
    """Swap a name, a number or a word with an opposite in ``question`` so that ``context`` no longer answers.

    The new name or number comes from the context, else from another text (``elsewhere``).
    Returns None where there is nothing to swap.
    """
    options: list[tuple[int, int, str]] = []
    for pattern in (_NAME, _NUMBER):
        for found in pattern.finditer(question):
            near = [m.group() for m in pattern.finditer(context)]
            far = [m.group() for m in pattern.finditer(elsewhere)]
            for pool in (near, far):
                others = [o for o in pool if o.lower() not in question.lower() and found.group() not in o]
                if others and rng.random() < 0.7:
                    options.append((*found.span(), rng.choice(others)))
                    break
    for found in re.finditer(r"\b[a-z']+\b", question):
        if found.group() in _OPPOSITE:
            options.append((*found.span(), _OPPOSITE[found.group()]))
    if not options:
        return None
    start, end, new = rng.choice(options)
    return question[:start] + new + question[end:]


def swapped_questions(examples: list[Example], share: float, rng: random.Random) -> Iterator[Example]:
    """Yield ``share`` of the answerable examples with one detail of the question swapped: no answer."""
    for example in examples:
        if example.answers and example.span_known and rng.random() < share:
            question = swap_detail(example.question, example.context, rng.choice(examples).context, rng)
            if question:
                yield Example(question, example.context, ())


_PHRASE = re.compile(
    r"[A-Z0-9][\w'’-]*(?: (?:of |the |and |for )?[A-Z0-9][\w'’-]*)*|\b[a-z]{4,} [a-z]{4,}\b|\b[a-z]{6,}\b"
)
_TOPIC_FORMS = [
    "What did {who} say about {x}?", "what does {who} say about {x}", "What did {who} think about {x}?",
    "Did {who} mention {x}?", "what is said about {x}?", "Tell me about {x}.", "What about {x}?", "{x}", "{x}?",
    "What did {who} say on {x}?", "What were {who}'s views on {x}?", "Does {who} talk about {x}?",
]  # fmt: skip
_WHO = ["she", "he", "they", "the author", "the interviewee", "the guest"]
_FUNCTION_WORDS = frozenset(
    (  # noqa: SIM905  # a list of words reads best as words
        "a about an and are as at be by did do does for from had has have how if in is it of on or that the their "
        "there this to was were what when where which who whom whose why will with would you your"
    ).split()
)


def topic_questions(examples: list[Example], share: float, rng: random.Random) -> Iterator[Example]:
    """Yield topic questions ("What did she say about X?") for ``share`` of the answerable examples.

    X is a phrase that the question and its context share; every sentence that holds it is evidence.
    A third ask about a phrase of another text that this one lacks, which has no answer.
    """
    for example in examples:
        if not example.answers or rng.random() > share:
            continue
        lacking = rng.random() < 0.33
        source = rng.choice(examples) if lacking else example
        low = example.context.lower()
        phrases = [p for p in _PHRASE.findall(source.question) if p.lower().split()[0] not in _FUNCTION_WORDS]
        phrases = [p for p in phrases if len(p) > 2 and (p.lower() in low) is not lacking]
        if lacking:
            phrases = [p for p in phrases if not set(_WORD.findall(p.lower())) & set(_WORD.findall(low))]
        if not phrases:
            continue
        phrase = rng.choice(phrases)
        question = rng.choice(_TOPIC_FORMS).format(who=rng.choice(_WHO), x=phrase)
        found = [m.span() for m in re.finditer(rf"(?<!\w){re.escape(phrase.lower())}(?!\w)", low)]
        if lacking or found:
            yield Example(question, example.context, () if lacking else tuple(found), span_known=lacking)


def terse_questions(examples: list[Example], share: float, rng: random.Random) -> Iterator[Example]:
    """Yield ``share`` of the answerable examples asked as people type in a hurry: key words only, or misspelt."""
    for example in examples:
        if not example.answers or rng.random() > share:
            continue
        words = example.question.rstrip(" ?").split()
        if rng.random() < 0.5:
            words = [w for w in words if w.lower() not in _FUNCTION_WORDS]
        else:
            long = [i for i, w in enumerate(words) if len(w) > 4]
            for i in rng.sample(long, min(len(long), rng.choice([1, 1, 2]))):
                words[i] = _misspelt(words[i], rng)
        if len(words) > 1:
            yield replace(example, question=" ".join(words))


def _misspelt(word: str, rng: random.Random) -> str:
    at = rng.randrange(1, len(word) - 1)
    kind = rng.randrange(3)
    if kind == 0:
        return word[:at] + word[at + 1 :]
    if kind == 1:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return word[:at] + word[at] + word[at:]


def with_asked(examples: list[Example], share: float, rng: random.Random) -> list[Example]:
    """Put another question on the same context before ``share`` of the examples, answerable or not."""
    by_context: dict[str, list[str]] = {}
    for example in examples:
        by_context.setdefault(example.context, []).append(example.question)
    out = []
    for example in examples:
        others = [q for q in by_context[example.context] if q != example.question]
        if others and rng.random() < share:
            example = replace(example, asked=rng.choice(others))
        out.append(example)
    return out


def load(paths: list[Path], held_out: frozenset[str], seed: int) -> tuple[list[Example], list[Example]]:
    """Read data files into (training examples, held-out examples); the same seed gives the same lists.

    Raises:
        SystemExit: a path does not exist or has another ending than .json or .tsv.
    """
    rng = random.Random(seed)
    train: list[Example] = []
    dev: list[Example] = []
    files = [f for p in paths for f in (sorted(p.iterdir()) if p.is_dir() else [p])]
    for path in files:
        if path.suffix not in {".json", ".tsv"} or not path.exists():
            raise SystemExit(f"{path}: no such .json (SQuAD format) or .tsv (question, sentence) file")
        read, out = (read_sentence_pairs(path), []) if path.suffix == ".tsv" else read_squad(path, held_out)
        dev += out
        source = SOURCES.get(path.stem, Source())
        if source.limit and len(read) > source.limit:
            read = rng.sample(read, source.limit)
        if path.stem == "qamr_wiki":
            read = among_others(read, rng)
        made = [
            *wrong_paragraphs(read, 0.15, rng),
            *swapped_questions(read, 0.12, rng),
            *topic_questions(read, 0.16, rng),
            *terse_questions(read, 0.08, rng),
        ]
        train += with_asked(read * source.repeat + made, 0.25, rng)
    return train, dev
