"""The verbs that questions are asked with, and their forms.

In: a word. Out: whether it is a form of one of them, and which auxiliary and which form say the same: "built" is
"did build", as "Who built it?" is asked once more by "When did they build it?".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_VERBS = (
    "abandon accept accuse achieve acquire add admit adopt advise affect agree announce appear apply appoint "
    "approve argue arrest arrive ask assist attend avoid bake base become begin believe belong benefit blame "
    "borrow break bring build burn bury buy calculate call cancel care carry catch cause celebrate change choose "
    "climb close coincide collaborate collapse collect come comment commit compare compile compose confirm "
    "connect consider contain contribute convict convince cook cooperate coordinate cost count cover crash create "
    "criticise criticize cut deal debug decide defend deliver demolish denied deny depend deploy describe "
    "deserve design destroy deter develop diagnose die differ direct discourage discover discuss dislike divorce "
    "done download draw drink drive drop drown earn eat edit elect emigrate employ enable encourage end enhance "
    "enjoy ensure escape establish evolve exist expand expect explain explore expose face fail fall feed feel "
    "film find finish fire fix flee fly follow forbid forget forgive found freeze fund get give go graduate grow "
    "hack halve handle happen hate hear help hide hire hold hope host ignore immigrate imply improve inaugurate "
    "include increase influence inherit injure insist inspect inspire install introduce invade invent invest "
    "investigate invite involve join keep kill know lack last launch lead leak learn leave lend let like listen "
    "live look lose love maintain make manage manufacture married marry matter mean measure meet mention merge "
    "migrate miss move need negotiate offer open operate oppose organise organize own pay perform persuade plan "
    "play port predict prefer prevent process promote propose protect prove provide publish pull "
    "punish pursue push put quit raise reach react read receive recognise recognize recommend record recover "
    "recruit reduce refer refuse regret reject relate remain remove rename reopen replace "
    "represent require rescue resemble resign resist respond restore retain retire retrain reveal rewrite ride "
    "run save say see seek seem sell send serve set settle shake ship shoot show shrink sign sing sink sit sleep "
    "solve speak spend sponsor spread stand start steal stop store strengthen struggle study succeed suffer "
    "suggest support survive swear swim switch take talk teach tell test thank think threaten throw train "
    "translate travel treat try turn understand upload urge use violate visit walk want warn wear weigh win work "
    "worry write "
)
_IRREGULAR = (
    "become became / begin began begun / bear bore born / break broke broken / bring brought / build built / burn "
    "burnt / buy bought / catch caught / choose chose chosen / come came / cost / cut / deal dealt / draw drew "
    "drawn / drink drank drunk / drive drove driven / eat ate eaten / fall fell fallen / feed fed / feel felt / "
    "fight fought / find found / flee fled / fly flew flown / forbid forbade forbidden / forget forgot forgotten "
    "/ freeze froze frozen / get got gotten / give gave given / go went gone / grow grew grown / hang hung / hear "
    "heard / hide hid hidden / hit / hold held / keep kept / know knew known / lay laid / lead led / leave left / "
    "lend lent / let / lose lost / make made / mean meant / meet met / pay paid / put / quit / read / ride rode "
    "ridden / run ran / say said / see saw seen / seek sought / sell sold / send sent / set / shake shook shaken "
    "/ shoot shot / show shown / shrink shrank shrunk / sing sang sung / sink sank sunk / sit sat / sleep slept / "
    "speak spoke spoken / spend spent / stand stood / steal stole stolen / strike struck / swear swore sworn / "
    "swim swam swum / take took taken / teach taught / tell told / think thought / throw threw thrown / "
    "understand understood / wake woke woken / wear wore worn / win won / write wrote written "
)
"""Each verb with its past forms; alone where they are no other."""
_KEEPS = r"(?:[cnprsl]t|[lnr]d|ck|ch|sh|ss|ll|ff|sk|mp|rm|wn|oy|ay|ow|ew|ain|oin|eat|oat|ook|oom|ean|eal|eer|er)"
"""Verbs that end so have no "e" to lose: "inspected" is of "inspect"."""
_LOSES = r"(?:[^aeo]at|iz|[^aeiou]is|uc|iv|ov|[au]ng|us|ur|ag|eas|bl|dl|tl|gl|pl|dg|rg|rs|ns|nc|rc|rv|lv)"
"""Verbs that end so before "ed" had an "e": "created" is of "create"."""


def _forms(verb: str) -> Iterator[str]:
    """Yield a verb's regular forms, and some that are no words at all."""
    yield from (verb, f"{verb}s", f"{verb}es", f"{verb}d", f"{verb}ed", f"{verb}ing")
    yield from (f"{verb}{verb[-1]}ed", f"{verb}{verb[-1]}ing")
    if verb.endswith("e"):
        yield f"{verb[:-1]}ing"
    if verb.endswith("y"):
        yield from (f"{verb[:-1]}ies", f"{verb[:-1]}ied")


_BASES = frozenset(_VERBS.split())
_PAST = {past: base for base, *forms in map(str.split, _IRREGULAR.split("/")) for past in forms or [base]}
_VERB_FORMS = frozenset(form for verb in _BASES for form in _forms(verb)) | _PAST.keys()


def is_verb(word: str) -> bool:
    """Tell whether a word is one of the verbs that questions are asked with."""
    return word.lower() in _VERB_FORMS


def is_base(word: str) -> bool:
    """Tell a verb as it stands after "did"; most nouns that look like verbs look so."""
    return word.lower() in _BASES


def follows_be(verb: str) -> bool:
    """Tell a form of a verb that may stand after "is": "is found", but no "is find"."""
    low = verb.lower()
    return low in _PAST or low not in _BASES


def with_auxiliary(verb: str, *, many: bool) -> tuple[str, str] | None:
    """Return the auxiliary and the form after it: "did", "build" for "built"; nothing where they aren't certain.

    ``many`` tells whether the verb stands with a plural as it is: "How many people work there?".
    """
    low = verb.lower()
    if low in _PAST and not (many and low == _PAST[low]):
        return "did", _PAST[low]
    if low.endswith("ed"):
        base = _base(low, "ed")
        return ("did", base) if base else None
    if many:
        return ("do", low)
    base = _base(low, "s") if re.search(r"[^s]s$", low) else ""
    return ("does", base) if base else None


def _base(low: str, ending: str) -> str:
    """Return the verb that a regular form is of; nothing where it can't be told."""
    stem = low.removesuffix(ending)
    choices = [stem, f"{stem[:-1]}y" if stem.endswith("i" if ending == "ed" else "ie") else stem]
    if ending == "ed":
        choices += [f"{stem}e", stem[:-1] if stem[-2:-1] == stem[-1:] else stem]
    else:
        choices += [stem.removesuffix("e"), f"{stem[:-2]}y"]
    known = [c for c in choices if c in _BASES]
    if known:
        return known[0]
    if ending == "s":
        return f"{stem[:-2]}y" if stem.endswith("ie") else re.sub(r"(?<=ch|sh|ss)e$|(?<=x)e$", "", stem)
    if stem.endswith("i"):
        return f"{stem[:-1]}y"
    if re.search(rf"{_KEEPS}$", stem):
        return stem
    return f"{stem}e" if re.search(rf"{_LOSES}$", stem) else ""
