"""The words that questions are built with: the little ones of grammar, those of telling, the verbs.

In: nothing. Out: patterns, to be put together into the larger ones of the modules above.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

AUXILIARY = (
    r"(?:do|does|did|is|are|was|were|am|has|have|had|will|would|can|could|should|shall|may|might|must|"
    r"(?:do|does|did|is|are|was|were|has|have|had|wo|would|ca|could|should)n['\u2019]t)"
)
WH = r"(?:what|when|where|who|whom|whose|which|why|how(?:\s+(?:much|many|long|often|far|old|big|large|soon|come))?)"
PREPOSITION = (
    r"(?:in|on|at|to|for|from|with|without|by|of|about|since|until|during|after|before|under|over|between|among|"
    r"against|into|through|within|near|outside|inside|towards?|via|as|than|like|besides|regarding|across)"
)
DETERMINER = r"(?:the|a|an|his|her|their|its|my|your|our|this|that|these|those|any|some|another|other|each|every)"
ADVERB = (
    r"(?:really|actually|ever|also|still|already|now|currently|today|yet|so|too|very|just|only|even|again|mostly|"
    r"usually|originally|initially|exactly|recently|always|never|often|most|more|mainly|instead|there|not|all|much|"
    r"many|long|old|big|large|far|soon|else|same|first|better|worse|good|able|off|out|up|down|back|away|together|be|been|being|next)"
)
OWNER_MARK = re.compile(r"['\u2019]s?$")
NUMBER = re.compile(
    r"\b(?:(?:January|February|March|April|May|June|July|August|September|October|November|December)(?:\s+\d{4})?|"
    r"\d[\d.,]*%?)(?!\w)"
)
TELLING = (
    r"(?:say|says|said|saying|think|thinks|thought|feel|feels|talk|talks|talked|talking|speak|speaks|spoke|tell|tells|"
    r"told|mention|mentions|mentioned|discuss|discussed|discusses|comment|comments|commented|opinions?|views?|"
    r"thoughts?|remarks?|asked|asks?|hear)"
)
ABOUT = re.compile(
    r"\b(?:about|regarding|concerning|mention(?:s|ed)?|discuss(?:es|ed)?|(?:think|thinks|thought) (?:of|about)|"
    r"(?:opinions?|views?|thoughts?|comments?|remarks?|take|stance|position|says?|said|talks?|talked|speaks?|spoke) "
    r"(?:of|on|about))\s+(?P<topic>.+)$",
    re.I,
)
PRONOUN = r"(?:i|you|he|she|it|we|they|him|them|us|me|anyone|anybody|someone|somebody|everyone|people|ones?)"
CONJUNCTION = r"(?:and|or|but|because|that|if|whether|while|although|nor|then|&)"
EXPLETIVE = re.compile(
    r"\bit\s+(?:is\s+|be\s+|was\s+)?(?:true|possible|important|necessary|likely|clear|hard|easy|difficult|okay|right|fair|"
    r"safe|worth|time|like\s+to|feel\s+like|make\s+sense|take\s+to)\b"
    r"|\bit\s+(?:an?\s+)?(?:good|bad|better|best|wise)\s+(?:\w+\s+)?to\b|\b(?:is|was)\s+it\s+(?:\w+\s+){1,3}(?:that|who)\s",
    re.I,
)
"""An "it" that stands for nothing: "is it true that", "is it a good idea to", "was it Ann who"."""
GENERIC = re.compile(
    r"\b(?P<det>the|this|that|these|those|such)\s+(?P<head>project|programme|program|plan|company|initiative|"
    r"organi[sz]ation|book|tool|thing|event|country|countries|place|deal|agreement|treaty|centre|center|command|mission|"
    r"operation|summit|process|idea|approach|decision|device|machine|software|language|library|framework|game|podcast|"
    r"service|product|app|platform|job|role|position|meeting|visit|exercise|threat|problem|issue|topic|system|movie|film|"
    r"fund|team|group|community|models?|tablet|phone|laptop|keyboard|telescope|data|database|area|region|"
    r"conflict|war|changes?|challenge|experience|situation|statement|feature|method|technique|technology|experiment|"
    r"study|course|school|degree|thesis|person|man|woman|declaration|document)\b"
    r"(?!\s+(?:of|for|that|which|in|between|from|behind|on|she|he|they|to)\b)",
    re.I,
)
"""Something spoken of by its kind, which the conversation tells: "the project", "this device"."""
_VERBS = (
    "accept accuse acquire add admit adopt advise affect agree announce appear apply appoint approve arrest "
    "arrive ask assist attend bake base became become begin believe belong benefit blame born borrow bought break "
    "bring broke broken brought build built burn burnt buy calculate call came care carry celebrate change choose "
    "chose climb close coincide collaborate collapse collect come comment commit compare compile compose confirm "
    "connect consider contain contribute convict cook cooperate coordinate cost count cover crash create "
    "criticise criticize cut deal debug decide defend deliver demolish denied deny depend deploy describe design "
    "destroy deter develop diagnose die differ direct discover discuss divorce done download draw drawn drew "
    "drink drive driven drop drove drown earn eat eaten edit elect emigrate end enhance enjoy escape establish "
    "evolve exist expand expect explain explore face fail fallen fed feed feel fell film find finish fire fix "
    "follow found fund gave get give go gone got graduate grew grow grown hack halve handle happen hate hear "
    "heard help hid hide hire hold hope host immigrate imply improve inaugurate include increase influence injure "
    "insist inspire install invade invent invest investigate involve join keep kept kill know known lack last "
    "launch lead leak learn leave led left lend lent let like live look lose lost love made maintain make manage "
    "married marry matter mean measure meet mention merge met migrate miss move need negotiate offer open operate "
    "oppose organise organize own pay perform plan play port predict prefer process promote protect prove provide "
    "publish pull push put quit raise ran reach react read receive recommend record recover reduce refer refuse "
    "regret reject relate release remain remove reopen replace represent require rescue resemble resign respond "
    "restore retire retrain rewrite ride rode run said sang sank sat save saw say see seem seen sell send sent "
    "serve set ship shot show shown shrink sign sing sink sleep slept sold solve speak spend spent spoken spread "
    "stand start steal stole stolen stood stop store strengthen struggle study succeed suffer suggest sung sunk "
    "support survive switch take taken talk taught teach tell test thank think threaten told took train translate "
    "travel treat try turn understood upload urge use violate visit walk want warn wear weigh went win won wore "
    "work worry write written wrote "
)


def _forms(verb: str) -> Iterator[str]:
    """Yield a verb's regular forms, and some that are no words at all."""
    yield from (verb, f"{verb}s", f"{verb}es", f"{verb}d", f"{verb}ed", f"{verb}ing")
    yield from (f"{verb}{verb[-1]}ed", f"{verb}{verb[-1]}ing")
    if verb.endswith("e"):
        yield f"{verb[:-1]}ing"
    if verb.endswith("y"):
        yield from (f"{verb[:-1]}ies", f"{verb[:-1]}ied")


_VERB_FORMS = frozenset(form for verb in _VERBS.split() for form in _forms(verb))


def is_verb(word: str) -> bool:
    """Tell whether a word is one of the verbs that questions are asked with."""
    return word.lower() in _VERB_FORMS


def definite(noun: str) -> str:
    """Return a noun with "the" before it, where nothing stands there."""
    return noun if re.match(rf"{DETERMINER}\b", noun, re.I) else f"the {noun}"


def opened(question: str) -> str:
    """Return a question without the mark at its end."""
    return question.rstrip("?!. ")


def closed(text: str) -> str:
    """Return a text as a question: a capital letter first, a question mark last."""
    text = opened(" ".join(text.split()))
    return f"{text[:1].upper()}{text[1:]}?"


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
        judged = re.search(r"^(?:is|was|are|were)\s+$", before, re.I) and len(after.split()) == 1
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
