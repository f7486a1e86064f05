"""Whether two names are one person's: without titles and accents, with initials, short forms and nicknames.

In: names as people type them and as transcripts label them. Out: whether one can stand for the other, and which of
several people a name can stand for.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz import fuzz

from rag.parsing.names import courtesy_title, of_two
from rag.patterns import lazy
from rag.quotation.words import plain_letters, words

NAME_LIKENESS = 88.0
"""From this likeness (0 to 100) on, two parts of a name are one name misspelled."""
SHORT_FORM = 3
"""So many letters at least are a short form of a first name: "Raj" for "Rajiv"."""

TITLE = lazy(r"mrs?|ms|miss|dr|prof(?:essor)?|sir|dame|president|secretary|minister|senator|general|deputy")
_TRANSLITERATED = str.maketrans(
    {"š": "sh", "ş": "sh", "č": "ch", "ć": "ch", "ç": "ch", "ž": "zh", "đ": "dj"}
    | {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"}
)
_NICKNAMES = tuple(
    frozenset(group.split())
    for group in (
        "abigail abby gail",
        "alexander alexandra alex sandy sasha",
        "andrew andy drew",
        "anthony tony",
        "barbara barb babs",
        "benjamin ben benny",
        "catherine katherine kathryn kate katie kathy cathy kat",
        "charles charlie chuck",
        "christopher chris kit",
        "christina christine chris tina",
        "daniel dan danny",
        "david dave davey",
        "deborah debbie deb",
        "dorothy dot dottie",
        "douglas doug",
        "edward ed eddie ted ned",
        "elizabeth beth betty eliza liz lizzie bess",
        "eugene gene",
        "frances fran fanny",
        "francis frank",
        "frederick fred freddie",
        "gerald gerard gerry jerry",
        "gregory greg",
        "harold harry hal",
        "henry harry hank",
        "isabella isabel bella izzy",
        "jacob jake",
        "james jim jimmy jamie",
        "jennifer jen jenny",
        "john jack johnny jon",
        "jonathan jon jonny",
        "joseph joe joey",
        "joshua josh",
        "kenneth ken kenny",
        "lawrence laurence larry",
        "leonard leo len lenny",
        "margaret maggie meg peggy marge",
        "martin marty",
        "mary molly polly",
        "matthew matt",
        "michael mike mick mickey",
        "nathaniel nathan nate nat",
        "nicholas nick nicky",
        "pamela pam",
        "patricia pat patty tricia trish",
        "patrick pat paddy",
        "peter pete",
        "philip phillip phil",
        "rebecca becky becca",
        "richard dick rick rich ricky",
        "robert bob bobby rob robbie bert",
        "ronald ron ronnie",
        "samuel samantha sam sammy",
        "sarah sally",
        "stephen steven steve",
        "susan sue susie",
        "theodore ted teddy theo",
        "theresa teresa terry tess",
        "thomas tom tommy",
        "timothy tim",
        "valerie val",
        "victoria vicky tori",
        "vincent vince",
        "walter walt",
        "william bill billy will liam",
        "zachary zach zack",
    )
)
_ARTICLES = frozenset(("the", "a", "an"))
_NO_SHORT_FORM = lazy(
    r"she|hers?|his|him|the|they|them|yours?|you|whom?|and|for|any|all|one|not|its|our|was|were|did|does|has|had|can|may|"
    r"now|how|why|what|that|this|these|those|there|then|host|guest|man"
)
"""What is no short form of a name, though names begin with it: "she" of Sheila."""


def same_person(name: str, other: str) -> bool:
    """Tell whether one name can stand for the other: "Ms. Shekerinska", "R. Šekerinska", "radmila shekerinska".

    Beside the same surname a first name may be an initial, a short form or a nickname.
    """
    parts, others = _name_parts(name), _name_parts(other)
    if not parts or not others or of_two(name, other):
        return False
    fewer, more = sorted((parts, others), key=len)
    if all(any(_same_part(p, o) for o in more) for p in fewer):
        return True
    if len(fewer) < 2 or not _same_part(fewer[-1], more[-1]):
        return False
    return all(any(_same_part(p, o) or _short_for(p, o) for o in more[:-1]) for p in fewer[:-1])


def same_name(name: str, other: str) -> bool:
    """Tell whether two names have the same words, articles aside: "Gazette" is "The Gazette", and nobody in it."""
    parts, others = ([p for p in _name_parts(each) if p not in _ARTICLES] for each in (name, other))
    return bool(parts) and parts == others


def people_named(name: str, people: Sequence[str]) -> list[str]:
    """Return the people whom a name can stand for; for a mere short form, the one whom it can, never one of two.

    Whoever is called just so is meant alone: "Mrs. Smith" beside Walter Smith, and Walter Smith beside her.
    """
    named = [person for person in people if same_person(name, person)]
    parts = _name_parts(name)
    titles = _courtesy_titles(name)
    titled = [person for person in named if titles & _courtesy_titles(person)]
    named = titled or [person for person in named if len(parts) > 1 and _name_parts(person) == parts] or named
    if named or len(parts) != 1 or len(parts[0]) < SHORT_FORM or _NO_SHORT_FORM.fullmatch(parts[0]):
        return named
    short = [person for person in people if _short_for(parts[0], _name_parts(person)[0])]
    return short if len(short) == 1 else []


def _same_part(part: str, other: str) -> bool:
    if part == other or not _spellings(part).isdisjoint(_spellings(other)):
        return True
    return min(len(part), len(other)) > SHORT_FORM and fuzz.ratio(part, other) >= NAME_LIKENESS


@lru_cache(maxsize=4096)
def _spellings(part: str) -> frozenset[str]:
    """Return a name without its accents, and as it is written where there are none."""
    return frozenset((plain_letters(part), plain_letters(part.translate(_TRANSLITERATED))))


def _short_for(part: str, other: str) -> bool:
    """Tell an initial, a beginning or a nickname of a first name, whichever of the two is the short one."""
    short, long = sorted((plain_letters(part), plain_letters(other)), key=len)
    if long.startswith(short) and (len(short) == 1 or len(short) >= SHORT_FORM):
        return True
    return any(short in group and long in group for group in _NICKNAMES)


def _courtesy_titles(name: str) -> set[str]:
    return {word.key for word in words(name) if courtesy_title(word.key)}


def _name_parts(name: str) -> list[str]:
    parts = [w.key.removesuffix("'s") for w in words(name)]
    return [p for p in parts if not TITLE.fullmatch(p)] or parts
