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
