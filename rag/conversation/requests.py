"""What is no question about what was said: a greeting, a wish for a summary, a question about the interview itself.

In: a text as typed, and the interviews it is put to. Out: what to tell whoever typed it, in the product's words and
never as a quote; nothing where it is a question to answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from rag.datatypes import Interview
from rag.patterns import lazy
from rag.quotation import same_person

_PLEASE = r"(?:(?:please|kindly)\s+)?(?:(?:can|could|would|will)\s+you\s+)?(?:(?:please|kindly)\s+)?"
_THIS = (
    r"(?:(?:(?:this|the|whole|entire|full)\s+)+"
    r"(?:interview|conversation|episode|podcast|discussion|article|transcript|text))"
)
_WHOLE = rf"(?:{_THIS}|it|this|all|everything)"
_COURTESY = lazy(
    r"^(?:(?:hi|hello|hey|hiya|thanks|thank\s+you|thx|cheers|ok(?:ay)?|great|good|fine|perfect|cool|nice|super|wow|bye|"
    r"goodbye|good\s+(?:morning|afternoon|evening|day|night)|how\s+are\s+you|who\s+are\s+you|what\s+are\s+you|help|test(?:ing)?|"
    r"are\s+you\s+(?:an?\s+)?(?:ai|bot|robot|human|chatbot|machine)|there|again|very\s+much|so\s+much|a\s+lot)\b[\s,.!?]*)+$",
    re.I,
)
_SUMMARY = lazy(
    rf"^{_PLEASE}(?:summari[sz]e|translate|paraphrase|rewrite|explain|recap|shorten)(?:\s+{_WHOLE})?(?:\s+(?:for\s+me|in(?:to)?\s+[\w\s]+))?\W*$"
    rf"|^{_PLEASE}(?:(?:give|show|write|tell|make)\s+(?:me\s+|us\s+)?)?(?:a\s+|the\s+|some\s+)?(?:short\s+|brief\s+|quick\s+)?"
    r"(?:summary|overview|gist|recap|tl;?dr|abstract|(?:key|main)\s+(?:points?|takeaways?|ideas?|topics?|themes?|messages?))"
    rf"(?:\s+(?:of|from|in)\s+{_WHOLE})?\W*$"
    r"|^what\s+(?:is|are|was|were)\s+(?:(?:the|his|her|their)\s+)?(?:main|key|most\s+important)\s+(?:points?|takeaways?|ideas?|topics?|themes?|messages?)"
    rf"(?:\s+(?:of|from|in)\s+{_WHOLE})?\W*$"
    rf"|^what(?:['’]s|\s+is|\s+was)\s+{_THIS}\s+(?:all\s+)?about\W*$"
    r"|^(?:what|which)\s+(?:topics?|subjects?|themes?|things)\s+(?:is|are|was|were|do|does|did)\s+(?:he\s+|she\s+|they\s+|being\s+)?"
    rf"(?:talked\s+about|talk\s+about|discuss(?:ed)?|cover(?:ed)?|mentioned|addressed)(?:\s+(?:here|in\s+{_WHOLE}))?\W*$",
    re.I,
)
_PERSON = (
    r"(?:interviewers?|interviewees?|hosts?|guests?|speakers?|panell?ists?|journalists?|moderators?|participants?)"
)
_ITSELF = lazy(
    rf"^(?:when|where|in\s+(?:what|which)\s+year)\s+(?:is|was)\s+{_THIS}(?:\s+(?:held|made|conducted|published|recorded|done|given|"
    r"taken|posted|released|from|broadcast|aired))?\W*$"
    rf"|^(?:what|which)(?:['’]s|\s+is|\s+was)\s+the\s+(?:date|title|name|outlet|source|length)\s+of\s+{_THIS}\W*$"
    rf"|^how\s+(?:long|old)\s+(?:is|was)\s+{_THIS}\W*$"
    rf"|^who(?:['’]s|\s+is|\s+are|\s+was|\s+were)\s+(?:being\s+)?(?:interviewed|speaking|talking|asking|answering|(?:the\s+)?{_PERSON})"
    rf"(?:\s+(?:the\s+questions|here|(?:in|of|on)\s+{_THIS}))?\W*$"
    r"|^who\s+(?:interview(?:s|ed)|asked|did|conduct(?:s|ed)|made|record(?:s|ed)|publishe[sd]|wrote|host(?:s|ed)|moderate[sd]|present(?:s|ed))\s+"
    rf"(?:him|her|them|the\s+questions|{_THIS})\W*$"
    rf"|^who\s+(?:speaks|talks|answers|asks)(?:\s+(?:the\s+questions|here|in\s+{_THIS}))?\W*$"
    rf"|^(?:who|what)(?:['’]s|\s+is|\s+was)\s+{_THIS}\s+(?:with|from)\W*$",
    re.I,
)
_TOPICLESS = lazy(
    r"^(?:so\s+)?what\s+(?:did|does|do|has|have)\s+(?P<who>[\w.'\u2019-]+(?:\s+[\w.'\u2019-]+){0,2})\s+(?:all\s+)?"
    r"(?:say|said|think|tell\s+(?:us|you|them)|told\s+(?:us|you|them)|(?:talk|talked|speak|spoken)\s+about|discuss(?:ed)?)"
    r"(?:\s+(?:here|in\s+(?:this|the)\s+\w+))?\W*$",
    re.I,
)
"""Whoever asks for all that somebody says has named nothing that it could be found by."""
_CONTENTS = "“What was asked?” lists the interviewer's questions."
_ASK = "Ask what was said about something: who, when, why, how many, or just a word or a name."


def reply_to(
    typed: str,
    ids_of: Callable[[], Sequence[str]],
    interview_of: Callable[[str], Interview],
    answering: Callable[[], Iterable[str]] | None = None,
) -> str | None:
    """Return what to tell somebody who asks nothing that was said; None for a question to answer.

    ``ids_of`` gives the interviews it is put to, ``answering`` the names of who answers in them, or is None where
    questions before this one lend it a topic. Both are called only where that matters.
    """
    plain = " ".join(typed.split())
    if _COURTESY.match(plain):
        return _ASK
    if _SUMMARY.match(plain) or (answering and _wants_everything(plain, answering)):
        return f"Everything here is quoted, nothing is summed up or translated. {_ASK} {_CONTENTS}"
    if not _ITSELF.match(plain):
        return None
    ids = ids_of()
    if len(ids) != 1:
        return f"These are {len(ids)} interviews; ask one of them to see when it was held and who speaks."
    return _about(interview_of(ids[0]))


def _wants_everything(plain: str, answering: Callable[[], Iterable[str]]) -> bool:
    """Tell "what did she say?" of whoever answers; what is said by, or of, anybody else may be found by the name."""
    asked = _TOPICLESS.match(plain)
    if asked is None:
        return False
    return asked["who"].lower() in ("he", "she", "they") or any(same_person(asked["who"], name) for name in answering())


def _about(interview: Interview) -> str:
    known = [
        f"“{interview.title}”",
        ", ".join(part for part in (interview.outlet, interview.date or "no date is given") if part),
        _people("asks", interview.interviewers),
        _people("answers", interview.interviewees),
    ]
    return "What is known of this interview: " + "; ".join(part for part in known if part) + "."


def _people(verb: str, names: Sequence[str]) -> str:
    return f"{', '.join(names)} {verb}" if names else ""
