"""Make training questions out of real ones: unanswerable, about a topic, in a hurry, in other words.

In: ``Example`` objects and texts. Out: more of them. Each kind stands for a way in which people
ask, or for a way in which a text comes near to an answer and has none. Wrong paragraphs and swapped
details are made as the writers of SQuAD 2.0 made theirs (arXiv 1806.03822).
"""

from __future__ import annotations

import heapq
import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache

from models.reader_data import Example, Place

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


_NUMBER_WORDS = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|hundred|thousand|million|billion|"
    r"half|third|quarter|double|twice|once|several|many|few|couple)s?\b",
    re.IGNORECASE,
)
_TIME_WORDS = re.compile(
    r"\d|\b(?:years?|months?|weeks?|days?|today|yesterday|tomorrow|ago|later|now|century|decades?|since|until|morning|"
    r"evening|spring|summer|autumn|winter|january|february|march|april|may|june|july|august|september|october|november|"
    r"december|monday|tuesday|wednesday|thursday|friday|saturday|sunday|when|while|before|after|recent(?:ly)?|soon)\b",
    re.IGNORECASE,
)
_DETAILS: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = (
    (
        _NUMBER_WORDS,
        (
            "How much does {x} cost?", "How much money was spent on {x}?", "How many people work on {x}?",
            "What is the budget of {x}?", "How many {x} are there?", "What percentage of {x} is that?",
            "How old is {x}?", "How large is {x}?",
        ),
    ),
    (
        _TIME_WORDS,
        (
            "When did {x} start?", "In what year was {x} founded?", "When will {x} end?", "When was {x} announced?",
            "How long did {x} take?", "When did {who} first hear of {x}?",
        ),
    ),
)  # fmt: skip


def missing_details(examples: list[Example], share: float, rng: random.Random) -> Iterator[Example]:
    """Yield questions for a detail that a context lacks about a thing it does name: no answer.

    A price or a count is asked for where the context has no number of any kind, a date where it has
    no word for a time, so that the label holds whatever the thing is.
    """
    for example in examples:
        if rng.random() > share:
            continue
        phrases = [p for p in _PHRASE.findall(example.context) if p.lower().split()[0] not in _FUNCTION_WORDS]
        forms = [f for lacking, fs in _DETAILS if not lacking.search(example.context) for f in fs]
        if phrases and forms:
            yield Example(rng.choice(forms).format(x=rng.choice(phrases), who=rng.choice(_WHO)), example.context, ())


def asked_elsewhere(examples: list[Example], texts: Sequence[str], count: int, rng: random.Random) -> Iterator[Example]:
    """Yield ``count`` questions put to one of ``texts``, which have nothing to do with them: no answer."""
    for _ in range(count if texts else 0):
        example, text = rng.choice(examples), rng.choice(texts)
        names = {n.lower() for n in _NAME.findall(example.question)}
        if not any(n in text.lower() for n in names):
            yield Example(example.question, text, ())


@cache
def _words_of(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.lower()))


def asked_of_others(
    examples: Sequence[Example], others: Sequence[Sequence[Place]], rng: random.Random
) -> Iterator[Example]:
    """Yield each answerable question twice more, put to other passages: no answer.

    One is drawn from the three that share most words with the question, as a search would find them, the
    other from all.
    """
    for example, passages in zip(examples, others, strict=True):
        if not example.answers or len(passages) < 4:
            continue
        asked = set(_WORD.findall(example.question.lower())) - _FUNCTION_WORDS
        nearest = heapq.nsmallest(3, passages, key=lambda p: -len(asked & _words_of(p[0])))
        for passage, before in (rng.choice(nearest), rng.choice(passages)):
            yield Example(example.question, passage, (), asked=before)


def reworded(
    examples: list[Example], share: float, synonym: Callable[[str, random.Random], str | None], rng: random.Random
) -> Iterator[Example]:
    """Yield ``share`` of the examples with up to three of the question's words replaced by synonyms.

    Answerable or not, so that a synonym tells nothing. Words that the context has go first: what is
    left to find the answer by is what the question means.
    """
    for example in examples:
        if rng.random() > share:
            continue
        words = re.split(r"(\W+)", example.question)
        context = set(_WORD.findall(example.context.lower()))
        places = [i for i, w in enumerate(words) if len(w) > 3 and w.islower() and w not in _FUNCTION_WORDS]
        rng.shuffle(places)
        places.sort(key=lambda i: words[i] not in context)
        changed = 0
        for i in places:
            other = synonym(words[i], rng)
            if other and changed < 3:
                words[i] = other
                changed += 1
        if changed:
            yield replace(example, question="".join(words))


def with_asked(examples: list[Example], share: float, rng: random.Random) -> list[Example]:
    """Put another question on the same context before ``share`` of the examples that stand after none.

    One with rivals is left alone: they stand after none either, and the question would tell them from it.
    """
    by_context: dict[str, list[str]] = {}
    for example in examples:
        by_context.setdefault(example.context, []).append(example.question)
    out = []
    for example in examples:
        others = [q for q in by_context[example.context] if q != example.question]
        if others and not example.asked and not example.rivals and rng.random() < share:
            example = replace(example, asked=rng.choice(others))
        out.append(example)
    return out
