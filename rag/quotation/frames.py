"""What stands around quotation marks, where no pattern knows it: whoever is named in it is said to have said it.

In: a text as pasted, where its quotations stand, and the names of the people who speak in the interviews. Out: the one
speaker who is named in the frame, else the stranger; and whether the frame is no attribution at all.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag.patterns import lazy
from rag.quotation.names import TITLE, people_named
from rag.quotation.words import plain_letters

REACH = 240
"""So many characters beside a quotation, or at either end of a text, may tell who said it."""

SAYING = (
    r"(?:said|says|say|saying|told|tells|tell|added|adds|explained|explains|stated|states|noted|notes|claimed|claims|claim|"
    r"argued|argues|replied|replies|answered|answers|recalled|recalls|insisted|insists|stressed|stresses|warned|"
    r"warns|declared|declares|admitted|admits|remarked|remarks|concluded|concludes|continued|continues|asked|asks|"
    r"wrote|writes|write|confirmed|confirms|emphasi[sz]e[sd]|observe[sd]|joke[sd]|quip(?:s|ped)|tweet(?:s|ed)|post(?:s|ed)|"
    r"vow(?:s|ed)|suggest(?:s|ed)|point(?:s|ed)\s+out|acknowledge[sd]|concede[sd]|reveal(?:s|ed)|announce[sd])"
)
ADVERBS = (
    r"(?:(?:has|had|have|also|once|often|later|then|recently|again|even|ever|just|always|still|now|first|already|soon|"
    r"[a-z]+ly)\s+)*"
)
PARTICLE = r"(?:de|van|von|zu|bin|ibn|al|el|da|das|di|del|della|der|den|des|dos|du|la|le|ten|ter)"
_CALLING = (
    r"(?:prof(?:essor)?|dr|doctor|president|secretary|minister|senator|general|deputy|chief|former|ex|prime|foreign|"
    r"vice|chair(?:man|woman)?|head|director|founder|co-?founder|host|co-?host|guest|editor|author|writer|blogger|"
    r"journalist|reporter|activist|artist|scientist|researcher|engineer|developer|programmer|designer|manager|"
    r"executive|officer|ambassador|commissioner|chancellor|king|queen|pope|judge|captain|coach|singer|actor|actress|"
    r"poet|economist|historian|philosopher|lawyer|entrepreneur|investor|speaker|spokes(?:man|woman|person)|"
    r"critic|computer|science|podcaster|presenter|interviewer|comedian|musician|lead|senior|principal)"
)
NO_NAME = lazy(
    rf"(?:{TITLE.pattern}|{_CALLING})|(?:mis)?quot(?:e[sd]?|ations?|ing)|note|statement|claim|fact|answer|interview(?:ee)?|guest|source|"
    r"text|caption|headline|check|verify|article|transcript|title|heading|question|number|page|post|link|exact(?:ly)?|verbatim|wording|context|example|"
    r"true|right|correct|really|please|thanks?|yes|no|ok|hi|hello|dear"
)
"""What is no name beside a quotation, though it has a capital letter."""
_OPENING = lazy(
    r"did|does|do|has|have|had|is|was|are|were|can|could|would|will|as|when|while|where|if|asked|after|and|but|then|so|in|on|"
    r"at|by|for|from|to|of|speaking|the|a|an|this|that|these|those|he|she|they|who|you|i|we|it|its|his|her|their|my|our|what|"
    r"why|how|which|whose|according|both|quoting|citing|paraphrasing|answering|replying|writing|everyone|everybody|someone|"
    r"somebody|anyone|anybody|nobody|people|critics|others|some|many|most|or|not|never|here|there|today|yesterday|"
    r"later|earlier|elsewhere|i['\u2019](?:m|ve|d|ll)|(?:he|she|it|that|who|what)['\u2019]s"
    + "".join(rf"|{name.lower()}" for name in [*calendar.day_name, *calendar.month_name[1:]])
)
_PART = r"[^\W\d_a-z][\w'\u2019.-]*"
_NAME = lazy(rf"@\w+|(?<!\w)(?:{PARTICLE}\s+){{0,3}}{_PART}(?:\s+(?:{PARTICLE}\s+){{0,3}}{_PART}){{0,9}}")
_CLAUSE_END = lazy(
    r"(?<!\b[A-Z])(?<!\b(?:Mr|Ms|Dr|St))(?<!\b(?:Mrs|Sen|Gov|Rep))(?<!\bProf)(?<!\bNo)[.!?](?=[\s\"\u201c\u201d]|$)|;"
)
_WORDS_OF = (
    r"(?:words?|quot(?:e|es|ation|ations)|remarks?|claims?|views?|opinions?|statements?|comments?|repl(?:y|ies)|answers?|"
    r"lines?|tweets?|posts?|phrases?|argument|point|response|speech|warning|promise)"
)
_OF_THEIRS = lazy(rf"\s*(?:own\s+|famous\s+|very\s+|exact\s+)*{_WORDS_OF}\b", re.I)
_NAMED_BY = lazy(
    rf"\b(?:{_WORDS_OF}\s+(?:of|from)|(?:come|comes|came|is|this|that)\s+from|(?:attributed|credited|ascribed)\s+to|by)\s+$"
    r"|^\W*for\s+$",
    re.I,
)
"""What stands before the one whose words they are: "in the words of", "attributed to"."""
_NOT_BY = lazy(
    r"\b(?:in|at|on|near|of|about|with|to|against|from|for|between|before|after|like|than|over|into|across|beside|alongside|"
    r"told|tells?|telling|asked|asks?|met|meets?|joined|the|an?|this|its|their|our|(?!quoting|citing|paraphrasing)[a-z]{2,}ing)\s+$",
    re.I,
)
"""What stands before somebody or something else: a place, an outlet, those who are spoken to or of."""
_OWNER = lazy(r"['\u2019]s?$")
_OBJECT = lazy(rf"\w\s+(?!(?:is|was|has|does|as|{SAYING})\b)[a-z]+(?:ed|[^\Ws]s)\s+$")
"""What stands before whom somebody else does something to: "the mayor backs Ada"."""
_SAYS = lazy(
    rf"\s*(?:\([^()]*\)|,[^,]*,)?\s*{ADVERBS}(?:{SAYING}|(?:is|was|gets?)\s+quoted\s+as\s+saying|\w{{2,}}(?:ed|es|s))(?:\s+(?:that|out|it|me|us|him|her|them|back|(?:in|on)\s+(?:an?\s+)?\w+))?\W*$"
)
_PRONOUN_BEFORE = lazy(
    r"\b(?:(?:he|she|they)(?:\s+[a-z\u2019']+){0,4}|(?:her|him|them)\s+(?:as\s+)?[a-z]+ing(?:\s+that)?)\W*$", re.I
)
_PRONOUN_AFTER = lazy(r"\W*(?:as\s+|is\s+|was\s+|that\s+|what\s+)*(?:\w+\s+)?(?:he|she|they)\b", re.I)
_REGARDS = lazy(r"(?:thank|cheers|please|(?:best|kind|with)\s+(?:regards|wishes)|regards)", re.I)
_DID = lazy(
    rf"^\W*(?:and\s+|but\s+|so\s+)?(?:did|does|has)\s+(?P<who>[a-z][\w'\u2019-]+(?:\s+[a-z][\w'\u2019-]+)??)\s+{ADVERBS}{SAYING}\b",
    re.I,
)
_MINE = lazy(
    r"\b(?:i|we|my(?:\s+[\w'\u2019-]+){1,6}?)\s+(?:(?:also|just|then|never|always|have|had|has|not|would|could|did|once|[a-z]+ly)\s+)*"
    r"(?:said|told|asked|replied|answered|thought|goes|went|gone|was\s+like)\b(?:\s+[a-z]+){0,3}\W*$"
    r"|\b(?:i|we)(?:['\u2019]m|\s+am|['\u2019]re|\s+was|\s+were)\s+like\W*$",
    re.I,
)
_DENIED = lazy(
    r"(?:\w\s+(?:not(?!\s+only)|\w+n['\u2019]t(?!\s+(?:he|she|they)\b))|(?:\w\s+|^\W*)(?:no|nobody|none|few|never))\s+"
    r"(?:[\w'\u2019-]+\s+){0,4}[\w'\u2019-]+\W*$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class _Clause:
    """The words beside a quotation, up to where another sentence begins or ends."""

    text: str
    before: bool
    """Whether the quotation follows."""


def named_in_frame(pasted: str, spans: Sequence[tuple[int, int]], speakers: Sequence[str]) -> str | None:
    """Return whom the words around quotations name: the one speaker, else the one stranger nearest to them."""
    clauses = list(_clauses(pasted, spans))
    if any(map(_by_pronoun, clauses)):
        return None
    candidates = [name for clause in clauses for name in _names(clause)]
    known = {who for name, _ in candidates if (who := speaker_in(name, speakers))}
    known |= {who for c in clauses for who in _in_small_letters(c.text, speakers)}
    people = {person for who in known for person in people_named(who, speakers)}
    if known:
        return min(known, key=len) if len(people) == 1 else None
    strangers = [name for name, sure in candidates if sure]
    asked = next((m["who"] for c in clauses if c.before and (m := _DID.search(c.text))), None)
    if not strangers and asked and not any(_no_name(p) for p in asked.split()):
        return asked
    return strangers[-1] if strangers else None


def told_by_the_speaker(pasted: str, spans: Sequence[tuple[int, int]]) -> bool:
    """Tell a frame that attributes nothing: it is in the first person, or says that it was never said."""
    before = [c.text for c in _clauses(pasted, spans) if c.before]
    return any(_MINE.search(text) or _DENIED.search(text.rsplit(",", 1)[-1]) for text in before)


def speaker_in(name: str, speakers: Sequence[str]) -> str | None:
    """Return the part of a name that is the one speaker's: "Lemire" of "Blogger Lemire", "@daniellemire"."""
    if name.startswith("@"):
        handle = plain_letters(name[1:])
        owners = [s for s in speakers if len(last := plain_letters(s.split()[-1])) > 3 and last in handle]
        return owners[0] if len(owners) == 1 else None
    parts = name.split()
    for start in range(len(parts)):
        rest = " ".join(parts[start:])
        whole = any(len(s.split()) > 1 and rest.casefold() == s.casefold() for s in speakers)
        if people_named(rest, speakers) and (whole or all(_calling(p) for p in parts[:start])):
            return rest
    return None


def _clauses(pasted: str, spans: Sequence[tuple[int, int]]) -> Iterator[_Clause]:
    """Yield what stands before, between and after the quotations, as far as it belongs to them."""
    edges = [0, *(at for span in spans for at in span), len(pasted)]
    for n, (start, end) in enumerate(zip(edges[::2], edges[1::2], strict=True)):
        text = pasted[start:end]
        if len(text) > 2 * REACH:
            text = f"{text[:REACH]}. {text[-REACH:]}"
        if n:
            after = re.sub(r"^[\s\W]*?(?=[\w@\[(]|$)", "", text)
            if not _REGARDS.match(after):
                yield _Clause(_CLAUSE_END.split(after, 1)[0], before=False)
        if n < len(spans):
            before = re.sub(r"[\s:,\"'\u2018\u201c\u201d\u201e«(]+$", "", text)
            yield _Clause(_CLAUSE_END.split(before)[-1], before=True)


def _by_pronoun(clause: _Clause) -> bool:
    """Tell a clause whose subject is a pronoun, which names nobody: "After talks with Ada, she joked"."""
    if not clause.before:
        return bool(_PRONOUN_AFTER.match(clause.text))
    nearest = _Clause(clause.text.rsplit(",", 1)[-1], before=True)
    return bool(_PRONOUN_BEFORE.search(nearest.text)) and not any(_names(nearest))


def _names(clause: _Clause) -> Iterator[tuple[str, bool]]:
    """Yield the names of whoever may have said it, and whether each is one even if nobody knows it."""
    for match in _NAME.finditer(clause.text):
        parts = list(re.finditer(r"\S+", match.group()))
        parts = parts[max((n for n, p in enumerate(parts[:-1], 1) if _OWNER.search(p.group())), default=0) :]
        while parts and (_OPENING.fullmatch(parts[0].group().rstrip(".").lower()) or _acronym(parts[0].group())):
            parts = parts[1:]
        if not parts:
            continue
        lead, rest = clause.text[: match.start() + parts[0].start()], clause.text[match.end() :]
        written = " ".join(p.group() for p in parts)
        owner = _OWNER.search(written)
        if owner and not _OF_THEIRS.match(rest):
            continue
        if not owner and (_NOT_BY.search(lead) or _OBJECT.search(lead)) and not _NAMED_BY.search(lead):
            continue
        name = re.sub(r"['\u2019]s?$|[.,]+$", "", written)
        first = clause.before and len(parts) == 1 and not lead.strip("[(*> \t\n") and not name.startswith("@")
        said = not first or owner or _SAYS.match(rest)
        yield name, bool(said) and not all(_no_name(p) for p in name.split())


def _in_small_letters(clause: str, speakers: Sequence[str]) -> Iterator[str]:
    """Yield the speakers who are named, whole or by surname, by somebody who types without capital letters."""
    if re.search(r"\w.*\b(?!I\b)[A-Z]", clause):
        return
    for speaker in speakers:
        for name in dict.fromkeys((speaker, speaker.split()[-1])):
            if len(name) > 3 and re.search(
                rf"(?<!\ba )(?<!\ban )(?<!\bthe )(?<!\bthis )(?<!\bis )\b{re.escape(name)}\b", clause, re.I
            ):
                yield name
                break


def _acronym(part: str) -> bool:
    return part.isupper() and len(part.rstrip(".")) > 1 and "." not in part.rstrip(".")


def _calling(part: str) -> bool:
    return bool(re.fullmatch(_CALLING, part.rstrip(".,").lower())) or part.isupper()


def _no_name(part: str) -> bool:
    word = part.rstrip(".,?!").lower()
    return bool(NO_NAME.fullmatch(word) or _OPENING.fullmatch(word)) or _acronym(part)
