"""Fit the weights that combine retrieval and reading: what to read first, which sentence answers, whether any does.

    python -m models.fit_scoring --squad FILE --title TITLE ... --questions FILE.jsonl
        --written FILE.jsonl --interviews FOLDER --out models/scoring.json

In: articles in SQuAD 2.0 format that the reader was not trained on, each taken as one interview; judged
questions about the shipped interview; and questions that the reader was not trained on, for interviews that
they name by their file below the folder or beside them. Out: ``models/scoring.json``. Passage weights
maximise the softmax probability of the right passages among those found, rank weights that of the right
sentences among those read (listwise logistic regressions); confidence is a logistic regression of "the first
sentence is right", also over questions that have no answer: the adversarial ones, those whose paragraph was
taken out, those of another text.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression

from models import written
from models.squad import Article, article, articles
from rag.datatypes import Interview, Role, Scope, Span, Status
from rag.evaluation import read_questions
from rag.library import Library
from rag.retriever import Hit
from rag.scoring import WEIGHED, Absence, Candidate, confidence_features, passage_features
from rag.seeds import seed_interviews

PASSAGES = ("cosine", "sentence", "second", "lexical", "asked", "overlap", "words", "context", "fit")
RANK = ("cosine", "passage", "overlap", "context", "fit", "asks", "evidence", "span")
CONFIDENCE = ("evidence", "span", "passage", "cosine", "fit", "asks", "absent_names")
SEED_WEIGHT = 1.5
WRITTEN_WEIGHT = 1.0
ELSEWHERE_WEIGHT = 0.5
"""Of a question about one interview that is put to another."""
ARTICLE_WEIGHT = 0.1
"""There are many more questions about articles, and articles are not what people ask here."""
ADVERSARIAL_WEIGHT = 0.4
"""People put fewer questions that are built to mislead than the articles' files do: this much of their weight."""
ELSEWHERE_SHARE = 0.35
"""So many of the written questions are put to another interview too."""


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """One question's passages and sentences: features (passages, PASSAGES), (sentences, RANK), which are right."""

    passages: NDArray[np.float64]
    holding: NDArray[np.bool_]
    """Which passages hold a right sentence."""
    candidates: list[Candidate]
    features: NDArray[np.float64]
    right: NDArray[np.bool_]
    absence: Absence
    weight: float


def case(
    library: Library, question: str, scope: Scope, gold: Sequence[Span], weight: float, more: Sequence[Span] = ()
) -> Case | None:
    """Ask, and return what is known of the passages found and the sentences read, but those that answer in part."""
    inquiry = library.inquire(question, (), scope)
    known = [c for c in inquiry.candidates if _tells(c.span, gold, more)]
    if not known:
        return None
    features = np.array([[getattr(c.features, n) for n in RANK] for c in known])
    right = np.array([_within(c.span, gold) for c in known])
    hits = [hit for hit in inquiry.hits if hit.role is not Role.INTERVIEWER][:WEIGHED]
    hits = [hit for hit in hits if _tells(_span(hit), gold, more)]
    meant, rarity = inquiry.answer.meant, inquiry.rarity
    figures = [passage_features(meant, rarity, h, library.interview(h.passage.interview)) for h in hits]
    passages = np.array([[each[name] for name in PASSAGES] for each in figures])
    holding = np.array([_within(_span(hit), gold) for hit in hits])
    return Case(passages, holding, known, features, right, inquiry.absence, weight)


def _span(hit: Hit) -> Span:
    return hit.passage.start, hit.passage.end


def _tells(span: Span, gold: Sequence[Span], more: Sequence[Span]) -> bool:
    """Tell whether a span is surely right or wrong: it holds an answer, or no part of one."""
    return _within(span, gold) or not _within(span, more)


def _within(span: Span, gold: Sequence[Span]) -> bool:
    return any(span[0] < b and a < span[1] for a, b in gold)


def squad_cases(path: Path, titles: Sequence[str], rng: random.Random) -> list[Case]:
    """Ask the articles' questions: to their article, to it without the paragraph, and to another article."""
    found = [a for a in articles(path) if a.title in titles]
    whole = {a.title: article(a.title, a.paragraphs) for a in found}
    out = {a.title: set(rng.sample(range(len(a.paragraphs)), len(a.paragraphs) // 3)) for a in found}
    less = {a.title: article(a.title, [p for i, p in enumerate(a.paragraphs) if i not in out[a.title]]) for a in found}
    full, partial = Library.of(whole.values()), Library.of(less.values())
    cases = []
    for a in found:
        title = a.title
        other = rng.choice([t for t in whole if t != title] or [title])
        for i, paragraph in enumerate(a.paragraphs):
            for asked in paragraph.questions:
                gold = paragraph.within(whole[title].turns[i], asked.words)
                weight = ARTICLE_WEIGHT * (1.0 if asked.answered else ADVERSARIAL_WEIGHT)
                cases.append(case(full, asked.text, Scope((title,)), gold, weight))
                if gold and i in out[title]:
                    cases.append(case(partial, asked.text, Scope((title,)), (), ARTICLE_WEIGHT))
                elif gold and rng.random() < 0.3 and other != title:
                    cases.append(case(full, asked.text, Scope((other,)), (), ARTICLE_WEIGHT))
        cases += topic_cases(full, whole[title], whole[other], a, rng)
    return [c for c in cases if c]


def topic_cases(
    library: Library, interview: Interview, other: Interview, about: Article, rng: random.Random
) -> list[Case | None]:
    """Ask about names of an article: of it, where every sentence that holds the name is right, and of another."""
    questions = [q.text for p in about.paragraphs for q in p.questions if q.answered]
    names = {n for q in questions for n in re.findall(r"(?<=[a-z] )[A-Z][\w-]+(?: [A-Z][\w-]+)*", q)}
    cases: list[Case | None] = []
    for name in rng.sample(sorted(names), min(40, len(names))):
        question = rng.choice(["What did she say about {}?", "what does he think of {}", "{}", "Did they mention {}?"])
        gold = [m.span() for m in re.finditer(rf"\b{re.escape(name)}\b", interview.text)]
        if gold:
            cases.append(case(library, question.format(name), Scope((interview.id,)), gold, ARTICLE_WEIGHT))
        if not re.search(rf"\b{re.escape(name)}\b", other.text, re.I):
            cases.append(case(library, question.format(name), Scope((other.id,)), (), ARTICLE_WEIGHT))
    return cases


def seed_cases(paths: Sequence[Path]) -> list[Case]:
    """Ask the judged questions of the shipped interview."""
    cases = []
    with Library.of(seed_interviews()) as library:
        for judged in (j for p in paths for j in read_questions(p)):
            gold = judged.gold if judged.status is Status.ANSWERED else ()
            cases.append(case(library, judged.question, Scope(), gold, SEED_WEIGHT))
    return [c for c in cases if c]


def written_cases(paths: Sequence[Path], interviews: Path, rng: random.Random) -> list[Case]:
    """Ask the written questions: of their interview, and some of another, of the shipped one too."""
    found = [each for path in paths for each in written.read_questions(path, interviews)]
    by_origin = {each.interview.origin: each.interview for each in found}
    ids = {origin: f"i{n}" for n, origin in enumerate(by_origin)}  # titles, and so the ids of reading, may be alike
    shipped = seed_interviews()
    cases = []
    numbered = [replace(interview, id=ids[origin]) for origin, interview in by_origin.items()]
    with Library.of([*numbered, *shipped]) as library:
        for each in found:
            own = ids[each.interview.origin]
            cases.append(case(library, each.question, Scope((own,)), each.gold, WRITTEN_WEIGHT, each.more))
            if each.gold and rng.random() < ELSEWHERE_SHARE:
                other = rng.choice([id for id in [*ids.values(), *(i.id for i in shipped)] if id != own])
                cases.append(case(library, each.question, Scope((other,)), (), ELSEWHERE_WEIGHT))
    return [c for c in cases if c]


def fit_listwise(lists: Sequence[tuple[NDArray[np.float64], NDArray[np.bool_], float]]) -> NDArray[np.float64]:
    """Return the weights that make what is right likeliest under a softmax over each question's rows.

    A list is features (rows, features), which rows are right, and the question's weight; lists without a right row
    tell nothing.
    """
    useful = [(rows, right, weight) for rows, right, weight in lists if right.any()]
    total = sum(weight for _, _, weight in useful)

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        value, gradient = 0.0, np.zeros_like(weights)
        for rows, right, weight in useful:
            scores = rows @ weights
            p = np.exp(scores - scores.max())
            p /= p.sum()
            mass = p[right].sum()
            value -= weight * np.log(mass)
            gradient -= weight * ((p[right] / mass) @ rows[right] - p @ rows)
        return float(value / total + 1e-3 * weights @ weights), gradient / total + 2e-3 * weights

    return np.asarray(minimize(loss, np.zeros(useful[0][0].shape[1]), jac=True, method="L-BFGS-B").x)


def fit_confidence(cases: Sequence[Case], rank: NDArray[np.float64]) -> dict[str, float]:
    """Return the weights of the probability that the first sentence is right."""
    rows, right, weights = [], [], []
    for c in cases:
        first = int((c.features @ rank).argmax())
        known = confidence_features(c.candidates[first], c.absence)
        rows.append([known[name] for name in CONFIDENCE])
        right.append(bool(c.right[first]))
        weights.append(c.weight)
    model = LogisticRegression(C=1.0, max_iter=5000).fit(np.array(rows), np.array(right), sample_weight=weights)
    return {"bias": float(model.intercept_[0])} | dict(zip(CONFIDENCE, map(float, model.coef_[0]), strict=True))


def main() -> None:
    """Parse the command line, fit and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--squad", type=Path, required=True)
    parser.add_argument("--title", action="append", default=[], help="an article the reader was not trained on")
    parser.add_argument("--questions", type=Path, action="append", default=[], help="judged questions about the seed")
    parser.add_argument("--written", type=Path, action="append", default=[], help="questions written for interviews")
    parser.add_argument("--interviews", type=Path, default=Path("."), help="the folder of those interviews")
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    rng = random.Random(7)
    cases = [*squad_cases(arguments.squad, arguments.title, rng), *seed_cases(arguments.questions)]
    cases += written_cases(arguments.written, arguments.interviews, rng)
    passages = fit_listwise([(c.passages, c.holding, c.weight) for c in cases])
    rank = fit_listwise([(c.features, c.right, c.weight) for c in cases])
    weights = {
        "passages": dict(zip(PASSAGES, map(float, passages), strict=True)),
        "rank": dict(zip(RANK, map(float, rank), strict=True)),
        "confidence": fit_confidence(cases, rank),
    }
    rounded = {model: {name: round(v, 4) for name, v in values.items()} for model, values in weights.items()}
    arguments.out.write_text(json.dumps(rounded, indent=2) + "\n")
    print(json.dumps(rounded, indent=2))


if __name__ == "__main__":
    main()
