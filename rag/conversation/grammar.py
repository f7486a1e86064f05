"""The words that questions are built with: the little ones of grammar, those of telling.

In: nothing. Out: patterns, to be put together into the larger ones of the modules above. The verbs' forms are in
the module beside.
"""

from __future__ import annotations

import re

from rag.conversation.verbs import is_verb
from rag.patterns import lazy

AUXILIARY = (
    r"(?:do|does|did|is|are|was|were|am|has|have|had|will|would|can|could|should|shall|may|might|must|"
    r"(?:do|does|did|is|are|was|were|has|have|had|wo|would|ca|could|should)n['\u2019]t)"
)
OF_MANY = {"is": "are", "was": "were", "has": "have", "does": "do"}
"""An auxiliary with one subject, and with several."""
WH = r"(?:what|when|where|who|whom|whose|which|why|how(?:\s+(?:much|many|long|often|far|old|big|large|soon|come))?)"
ASKERS = ("interviewer", "host", "journalist", "reporter", "presenter", "moderator", "audience")
"""What those are called who ask."""
PREPOSITION = (
    r"(?:in|on|at|to|for|from|with|without|by|of|about|since|until|during|after|before|under|over|between|among|"
    r"against|into|through|within|near|outside|inside|towards?|via|as|than|like|besides|regarding|across)"
)
DETERMINER = r"(?:the|a|an|his|her|their|its|my|your|our|this|that|these|those|any|some|another|other|each|every)"
ADVERB = (
    r"(?:really|actually|ever|also|still|already|now|currently|today|yet|so|too|very|just|only|even|again|mostly|"
    r"usually|originally|initially|exactly|recently|always|never|often|most|more|mainly|instead|there|not|all|much|"
    r"many|long|old|big|large|far|soon|else|same|first|better|worse|good|wrong|able|off|out|up|down|back|away|together|be|been|being|next)"
)
OWNER_MARK = lazy(r"['\u2019]s?$")
NUMBER = lazy(
    r"\b(?:(?:January|February|March|April|May|June|July|August|September|October|November|December)(?:\s+\d{4})?|"
    r"\d[\d.,]*%?)(?!\w)"
)
TELLING = (
    r"(?:say|says|said|saying|think|thinks|thought|feel|feels|talk|talks|talked|talking|speak|speaks|spoke|tell|tells|"
    r"told|mention|mentions|mentioned|discuss|discussed|discusses|comment|comments|commented|opinions?|views?|"
    r"thoughts?|remarks?|asked|asks?|hear)"
)
ABOUT = lazy(
    r"\b(?:about|regarding|concerning|mention(?:s|ed)?|discuss(?:es|ed)?|(?:think|thinks|thought) (?:of|about)|"
    r"(?:opinions?|views?|thoughts?|comments?|remarks?|take|stance|position|says?|said|talks?|talked|speaks?|spoke) "
    r"(?:of|on|about))\s+(?P<topic>.+)$",
    re.I,
)
PRONOUN = (
    r"(?:i|you|he|she|it|we|they|him|them|us|me|anyone|anybody|someone|somebody|everyone|people|ones?|"
    r"(?:him|her|it|my|your)self|(?:them|our)selves)"
)
CONJUNCTION = r"(?:and|or|but|because|that|if|whether|while|although|nor|then|&)"
EXPLETIVE = lazy(
    r"\bit\s+(?:is\s+|be\s+|was\s+)?(?:(?:true|possible|important|necessary|likely|clear|hard|easy|difficult|okay|right|fair|"
    r"safe|make\s+sense)\s+(?:to|that|for|if|whether|when)|worth|time|like\s+to|feel\s+like|take\s+to)\b"
    r"|\bit\s+(?:an?\s+)?(?:good|bad|better|best|wise)\s+(?:\w+\s+)?to\b|\b(?:is|was)\s+it\s+(?:\w+\s+){1,3}(?:that|who)\s",
    re.I,
)
"""An "it" that stands for nothing: "is it true that", "is it a good idea to", "was it Ann who"."""
GENERIC = lazy(
    r"\b(?P<det>the|this|that|these|those|such)\s+(?P<head>project|programme|program|plan|company|initiative|"
    r"organi[sz]ation|book|tool|thing|event|country|countries|place|deal|agreement|treaty|centre|center|command|mission|"
    r"operation|summit|process|idea|approach|decision|device|machine|software|language|library|framework|game|podcast|"
    r"service|product|app|platform|meeting|visit|exercise|threat|problem|issue|topic|system|movie|film|"
    r"fund|team|group|community|models?|tablet|phone|laptop|keyboard|telescope|data|database|area|region|"
    r"conflict|war|changes?|challenge|experience|situation|statement|feature|method|technique|technology|experiment|"
    r"study|course|school|degree|thesis|person|man|woman|declaration|document)\b"
    r"(?!\s+(?:of|for|that|which|in|between|from|behind|on|she|he|they|to)\b)",
    re.I,
)
"""Something spoken of by its kind, which the conversation tells: "the project", "this device"."""


_WH_IS = lazy(r"\b(?P<wh>what|who|where|when|how|why)['\u2019]s(?=\s)", re.I)
_DONE = lazy(
    r"\s+(?:(?:he|she|it|they|[A-Z]\w+)\s+)?(?:been|got|had|done|said|told|gone|become|made|seen|written|happened|changed)\b"
)


def definite(noun: str) -> str:
    """Return a noun with "the" before it, where nothing stands there."""
    return noun if re.match(rf"{DETERMINER}\b", noun, re.I) else f"the {noun}"


def is_plural(noun: str) -> bool:
    """Tell a noun that speaks of several."""
    if re.search(
        r"[A-Z]S$|(?:[sx]is|[^e]us|\b(?:news|lens|gas|series|(?:phys|polit|econom|mathemat|eth|electron)ics))$", noun
    ):
        return False  # the US, a thesis
    return bool(re.search(r"(?:[^s'\u2019]s|\b(?:people|children|(?:wo)?men|sheep|police|others))$", noun, re.I))


def opened(question: str) -> str:
    """Return a question without the mark at its end."""
    return question.rstrip("?!. ")


def closed(text: str) -> str:
    """Return a text as a question: a capital letter first, a question mark last."""
    text = opened(" ".join(text.split()))
    return f"{text[:1].upper()}{text[1:]}?"


def uncontracted(question: str) -> str:
    """Return "who is her boss" for "who's her boss"."""

    def whole(short: re.Match[str]) -> str:
        return f"{short.group('wh')} {'has' if _DONE.match(question, short.end()) else 'is'}"

    return _WH_IS.sub(whole, question)


def is_had(before: str) -> bool:
    """Tell the "one" of "does she have one?", a thing of the kind spoken of, by the verb before it."""
    last = re.search(r"[\w-]+(?=\s+$)", before)
    return bool(last and (is_verb(last.group()) or re.fullmatch("ha(?:d|s|ve|ving)", last.group(), re.I)))


def stands_for_something(word: str, before: str, after: str) -> bool:
    """Tell a pronoun that stands for a thing from "she said that", "this tablet", "one of them"."""
    following = re.match(r"\s+([\w'\u2019-]+)", after)
    next_word = following.group(1) if following else ""
    if word in ("this", "that", "these", "those"):
        compared = bool(re.search(r"(?:er|est)$", next_word))
        grammar = re.fullmatch(f"{AUXILIARY}|{PREPOSITION}|{ADVERB}|and|or|first|because", next_word, re.I)
        judged = re.search(r"^(?:why\s+)?(?:is|was|are|were)\s+$", before, re.I) and len(after.split()) == 1
        if judged:
            return True
        if next_word and not (grammar or compared or is_verb(next_word)):
            return False
        opens = re.search(rf"(?:\b(?:{AUXILIARY}|{PREPOSITION}|{WH}|and|or|{ADVERB})\s+|^)$", before, re.I)
        if not next_word and re.search(rf"\b{TELLING}\s+$", before, re.I):
            return False
        return word != "that" or bool(opens or compared or not next_word)
    if word == "one" and is_had(before):
        return not re.match(r"\s+(?:of|or|and|[a-z]+s)\b", after)
    if word in ("one", "ones"):
        return bool(re.search(r"\b(?:(?:which|that|this)\s+|(?:the|an?|another)\s+(?:[\w-]+\s+){0,2})$", before, re.I))
    return not (word == "both" and next_word)
