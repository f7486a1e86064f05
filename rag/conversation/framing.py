"""What somebody types, less what only frames it: greetings, politeness, requests to search, what it is for.

In: a text as typed. Out: the question in it, and the sentences before it, which it may refer to. "Hello! I am
writing on defence. Could you find the part where she talks about drones?" asks "What does she say about drones?".
"""

from __future__ import annotations

import re

from rag.conversation.grammar import ADVERB, AUXILIARY, PREPOSITION, TELLING, WH
from rag.conversation.shorthand import written_out
from rag.patterns import lazy

_SENTENCE = lazy(r"(?<=[.!?])(?<!\b[A-Z]\.)(?<!\b(?:Mr|Ms|Dr)\.)(?<!\bMrs\.)\s+(?=\W*[A-Z\u00c0-\u00deiaw])")
_GREETING = lazy(
    r"^(?:(?:(?:hi|hello|hey|hiya|greetings|please|good\s+(?:morning|afternoon|evening|day))(?:\s+(?:there|again|everyone|all))?"
    r"(?:\s*[,.!:;\u2013]+\s*|\s+)|(?:dear\s+\w+|excuse\s+me|sorry|thanks|thank\s+you|ok(?:ay)?|hm+|alright|so|well|right|now|"
    r"(?:just\s+)?(?:a\s+|one\s+)?(?:quick\s+|more\s+|last\s+)?question|just\s+wondering)(?:\s+(?:very\s+much|a\s+lot|again))?"
    rf"(?:\s*[,.!:;\u2013]+\s*|\s+(?={WH}\b|{AUXILIARY}\b|and\b|so\b)))(?=\w))+",
    re.I,
)
_GOODBYE = lazy(
    r"[\s,.!]+(?:please|pls|plz|thanks|thank\s+you|thx|cheers|if\s+(?:possible|you\s+can)|in\s+(?:the|this)\s+interview)[.!]*(?=\s*\?*$)",
    re.I,
)
_YOU = r"(?:(?:can|could|would|will|might)\s+you\s+(?:please\s+|kindly\s+|perhaps\s+|maybe\s+)?)?(?:please\s+)?"
_WISH = lazy(
    rf"^(?:{_YOU}(?:tell|show|remind|inform|let)\s+(?:me|us)\s+(?:know\s+)?|{_YOU}(?:explain|check|find\s+out|look\s+up|say)\s+|"
    r"(?:do|does|would)\s+(?:you|anyone|anybody)\s+(?:happen\s+to\s+)?know\s+|(?:i|we)(?:['\u2019]d|\s+would)?\s+(?:really\s+)?"
    r"(?:like|love|want|need|have|try|am\s+trying|wish)\s+to\s+(?:know|find\s+out|understand|learn|see|ask|check)\s*,?\s+|"
    r"(?:i|we)(?:['\u2019]m|\s+am|\s+was|\s+were)?\s+(?:just\s+)?(?:wonder(?:ing)?|curious(?:\s+to\s+know)?|asking\s+myself|"
    r"interested\s+to\s+know|trying\s+to\s+find\s+out)\s*,?\s+|(?:is\s+it\s+possible|can\s+i\s+ask|may\s+i\s+ask)\s+(?:to\s+know\s+)?)"
    rf"(?={WH}\b|if\b|whether\b)",
    re.I,
)
_WHETHER = lazy(r"^(?:if|whether)\s+(?:or\s+not\s+)?(?P<who>(?:\w+\s+){1,2}?)(?P<verb>\w+)\b(?P<rest>.*)$", re.I)
_SHE_SAYS = lazy(
    rf"^(?P<wh>what|how|why|when|where|who)\s+(?P<who>(?:(?!{AUXILIARY}\b|{PREPOSITION}\b)[\w.'\u2019-]+\s+){{1,3}}?)"
    r"(?P<verb>says?|said|thinks?|thought|means?|meant|feels?|felt|talks?|talked|mentions?|mentioned|describes?|described)\b",
    re.I,
)
_WHERE_SAID = lazy(
    rf"^{_YOU}(?:(?:find|show|give|get|quote|locate|highlight|point\s+(?:me\s+)?to|take\s+me\s+to|where\s+(?:can|do)\s+i\s+find)\s+"
    r"(?:me\s+|us\s+)?)?(?:the\s+|a\s+|any\s+|all\s+(?:the\s+)?|that\s+)?(?:(?:part|passage|bit|place|section|moment|point|"
    r"sentence|paragraph|answer|spot)s?\s+)?(?:where|in\s+which|when|what|everything|all|anything)\s+(?:that\s+)?"
    rf"(?P<who>(?:(?!(?:{AUXILIARY}|ma[kd]es?)\b)[\w.'\u2019-]+\s+){{1,3}}?)(?:ha[sd]\s+)?(?:really\s+)?(?P<verb>talk(?:s|ed)?|sp(?:eaks?|oke)|mention(?:s|ed)?|"
    r"discuss(?:es|ed)?|says?|said|comment(?:s|ed)?|address(?:es|ed)?|tells?|told)\s+(?:(?:something\s+|anything\s+)?"
    r"(?:about|on|of|to|regarding)\s+)?(?P<topic>\S.*)$",
    re.I,
)
_WHERE_DOES = lazy(
    r"^(?:where|in\s+(?:which|what)\s+(?:part|passage|section|answer))\s+(?:do|does|did|has)\s+(?P<who>(?:[\w.'\u2019-]+\s+){1,3}?)"
    r"(?:talk(?:ed)?|speak|mention(?:ed)?|discuss(?:ed)?|comment(?:ed)?)\s+(?:(?:about|on|of)\s+)?(?P<topic>\S.*)$",
    re.I,
)
_QUOTE = lazy(
    rf"^(?:{_YOU}(?:i\s+(?:just\s+)?(?:need|want|would\s+like)|i['\u2019]d\s+like|i['\u2019]?\s?a?m\s+looking\s+for|looking\s+for|"
    r"(?:is|are)\s+there|find|show|give|get|have\s+you(?:\s+got)?|do\s+you\s+have|where\s+(?:can|do)\s+i\s+find)\s+(?:me\s+|us\s+)?)?"
    r"(?:the\s+|a\s+|any\s+|some\s+|all\s+(?:the\s+)?)*(?:good\s+|nice\s+|direct\s+|strong\s+|short\s+|best\s+|exact\s+|key\s+)*"
    r"(?:quot(?:e|ation)s?|(?P<whose>(?:his|her|their|[\w\u2019']+['\u2019]s)\s+)(?:exact\s+|own\s+)?(?:words?|quot(?:e|ation)s?|"
    r"statements?|remarks?)|statements?|remarks?|passages?|parts?|sections?|lines?)\s+"
    r"(?:(?:from|by|of)\s+(?P<who>[\w.'\u2019-]+(?:\s+[\w.'\u2019-]+){0,2}?)\s+)?(?:about|on|regarding|concerning|re:?)\s+(?P<topic>\S.*)$",
    re.I,
)
_QUOTE_HER = lazy(
    rf"^{_YOU}quote\s+(?P<who>[\w.'\u2019-]+(?:\s+[\w.'\u2019-]+){{0,2}}?)\s+(?:about|on|regarding)\s+(?P<topic>\S.*)$",
    re.I,
)
_IT_WAS = lazy(
    rf"^(?P<wh>what|who|when|where|why|how)\s+(?P<who>(?!{AUXILIARY}\b).+?)\s+(?P<verb>is|are|was|were)[?.!]*$", re.I
)
_EXPLAIN = lazy(
    rf"^{_YOU}(?:explain|define|describe)\s+(?:to\s+me\s+|for\s+me\s+)?(?P<what>(?!{WH}\b|if\b|whether\b|that\b)(?:\S+\s*){{1,5}})$",
    re.I,
)
_LIST = lazy(
    rf"^{_YOU}(?:list|show|give|tell)\s+(?:me\s+|us\s+)?(?:all\s+)?(?:of\s+)?(?:the|his|her|their)\s+questions"
    r"(?:\s+(?:that\s+were\s+)?asked)?[?.!]*$",
    re.I,
)
_ECHO = lazy(
    rf"^(?P<who>(?!(?:{WH}|{AUXILIARY})\b)[\w.'\u2019-]+(?:\s+[\w'\u2019-]+)?)\s+(?P<verb>said|says|thought|thinks)\s+what"
    r"(?P<rest>(?:\s+(?:about|of|on)\s.+)?[?!.]*)$",
    re.I,
)
"""She said what about Russia?"""
_RE = lazy(r"(?<=\s)re:?\s+(?=\w)", re.I)
_RUN_ON = lazy(r"\b(?P<word>what|who|where|when|how|why)(?P<short>s|d)\b(?=\s)", re.I)
_NEGATED = lazy(r"\b(?P<word>do|does|did|is|are|was|were|has|have|had|ca|wo|could|would|should)nt\b", re.I)
_ASKING = lazy(rf"^(?:{PREPOSITION}\s+)?(?:{WH}(?:['\u2019]\w+)?|{AUXILIARY})\b", re.I)
_OBJECT = {"her": "she", "him": "he", "them": "they", "his": "he", "their": "they"}
_NOBODY = lazy(r"^(?:the|a|an|that|this|in|on|of|it|about)\b", re.I)


def question_in(typed: str) -> tuple[tuple[str, ...], str]:
    """Return the sentences before the one question in what somebody typed, and that question, plainly put.

    A text of several questions, or of none, is left whole.
    """
    sentences = [s for s in _SENTENCE.split(" ".join(written_out(typed).split())) if s]
    plain = [plainly(s) for s in sentences]
    asking = [n for n, s in enumerate(plain) if _asks(s, sentences[n])]
    if len(sentences) > 1 and len(asking) == 1:
        return tuple(sentences[: asking[0]]), plain[asking[0]]
    return (), plainly(" ".join(sentences))


def _asks(plain: str, sentence: str) -> bool:
    """Tell a question or a request from a statement."""
    bare = _GREETING.sub("", sentence).strip()
    return sentence.rstrip().endswith("?") or bool(_ASKING.match(plain)) or bool(_WISH.match(bare) or _straight(bare))


def plainly(question: str) -> str:
    """Return a question without greeting and politeness, and what is asked for indirectly asked straight."""
    text = _NEGATED.sub(r"\g<word>n't", _RUN_ON.sub(r"\g<word>'\g<short>", question))
    text = re.sub(r"\b(what|who|where|when|how|why)['\u2019]d\s+(?=\w+\s+\w)", r"\1 did ", text, flags=re.I)
    text = _GOODBYE.sub("", _GREETING.sub("", text).strip()) or question
    text = _RE.sub("about ", text)
    explained = _EXPLAIN.match(text)
    if explained:
        return f"What is {explained.group('what').rstrip('?!. ')}?"
    if _LIST.match(text):
        return "What questions were asked?"
    echoed = _ECHO.match(text)
    if echoed:
        said = echoed.group("verb").lower()
        helper = "did" if said in ("said", "thought") else "does"
        return f"What {helper} {echoed.group('who')} {_base(said)}{echoed.group('rest')}"
    wished = _WISH.sub("", text)
    if wished == text:
        return _straight(text) or text
    return _straight(wished) or f"{_direct(wished).rstrip('.!? ')}?"


def _straight(text: str) -> str:
    """Return "What does she say about X?" for the many ways to ask for a passage on X; nothing for other questions."""
    for pattern in (_QUOTE_HER, _QUOTE, _WHERE_DOES, _WHERE_SAID):
        match = pattern.match(text)
        if not match:
            continue
        found = match.groupdict()
        who = (found.get("who") or re.sub(r"['\u2019]s?\s*$", "", found.get("whose") or "")).strip()
        who, about = _OBJECT.get(who.lower(), who), match.group("topic").rstrip("?!. ")
        if not who or _NOBODY.match(who):
            return "" if who else f"What was said about {about}?"
        several = re.fullmatch(r"they|.+\sand\s.+", who, re.I)
        return f"What {'do' if several else 'does'} {who} say about {about}?"
    return ""


def _direct(wished: str) -> str:
    """Return an indirect question as a direct one: "whether she mentions X", "what she thinks about X"."""
    whether = _WHETHER.match(wished)
    if whether:
        who, verb, rest = (whether.group(g).strip() for g in ("who", "verb", "rest"))
        if re.fullmatch(AUXILIARY, verb, re.I):
            return f"{verb.capitalize()} {who} {rest}"
        helper = "Did" if re.fullmatch(r"said|told|\w+ed", verb, re.I) else "Does" if verb.endswith("s") else "Do"
        return f"{helper} {who} {_base(verb)} {rest}".strip()
    told = _SHE_SAYS.match(wished)
    if told and not re.fullmatch(ADVERB, told.group("who").strip(), re.I):
        verb = told.group("verb").lower()
        helper = (
            "did" if re.search(r"(?:said|thought|meant|felt|ed)$", verb) else "does" if verb.endswith("s") else "do"
        )
        return f"{told.group('wh')} {helper} {told.group('who').strip()} {_base(verb)}{wished[told.end() :]}"
    state = _IT_WAS.match(wished)
    return f"{state.group('wh')} {state.group('verb')} {state.group('who')}" if state else wished


def _base(verb: str) -> str:
    irregular = {"said": "say", "told": "tell", "thought": "think", "meant": "mean", "felt": "feel", "spoke": "speak"}
    low = verb.lower()
    if low in irregular:
        return irregular[low]
    if re.search(r"(?:ss|sh|ch|x)(?:es|ed)$", low):
        return low[:-2]
    return re.sub(r"(?:ed|s)$", "", low) if re.fullmatch(rf"{TELLING}|\w+", low) else low
