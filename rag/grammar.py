"""The words that questions are built with: the little ones of grammar, those of telling, the verbs.

In: nothing. Out: patterns, to be put together into the larger ones of the modules above.
"""

from __future__ import annotations

import re

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
    r"many|long|old|big|large|far|soon|else|same|first|better|worse|good|able|off|out|up|down|back|away|together|be|been|being)"
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
_VERB = re.compile(
    r"(?:use|own|buy|bought|make|made|build|built|create|launch|start|begin|end|stop|finish|happen|mean|look|come|go|"
    r"take|took|help|cost|work|pay|run|change|get|got|give|gave|say|said|think|feel|like|love|hate|prefer|want|need|"
    r"plan|support|provide|invest|join|leave|left|know|see|saw|find|found|keep|kept|tell|told|call|mention|describe|"
    r"explain|believe|expect|hope|learn|teach|study|write|wrote|read|play|live|move|grow|grew|develop|design|sell|sold|"
    r"fund|lead|led|manage|maintain|contribute|release|publish|record|store|send|sent|bring|brought|show|try|meet|met|"
    r"become|became|choose|chose|decide|consider|compare|handle|solve|fix|deal|spend|spent|set|put|replace|reduce|"
    r"increase|improve|affect|influence|threaten|deter|train|coordinate|approve|agree|sign|visit|involve|include|cover|"
    r"contain|hold|host|matter|exist|last|remain|respond|react|switch|ship|deploy|test|recommend|suggest|enjoy|struggle|"
    r"talk|speak|discuss|comment|worry|care|stand|turn|let|add|offer|serve|count|discover|hear|heard|raise|earn|win|won|"
    r"lose|lost|travel|carry|wear|eat|drink|sleep|die|fail|succeed|quit|hire|enhance|strengthen|violate|appoint|"
    r"represent|ask|differ|evolve|measure|process|accept|base|bas|diagnos|connect|regret|film|direct|open|clos|close|drop|cut|pull|push|port|"
    r"rewrite|migrate|adopt|acquire|merge|announce|establish|appear|arrive|retire|graduate|treat|recover|lack|miss|own|"
    r"benefit|belong|depend|refer|face|follow|break|broke|fund|prove|receive|reach|warn|urge|call|demand|protect|defend)"
    r"(?:s|es|d|ed|ing)?$",
    re.I,
)


def is_verb(word: str) -> bool:
    """Tell whether a word is one of the verbs that questions are asked with."""
    return bool(_VERB.match(word))


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
