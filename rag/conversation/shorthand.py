"""Words of asking as people type them in a hurry: "wat did u say abt that".

In: a question. Out: the question with those words as the dictionary has them; no other word is touched.
"""

from __future__ import annotations

import re

from rag.patterns import lazy

_TYPED = """
what: wat wht waht whta hwat wath wut; what's: wats whts wahts wuts; which: wich whcih whihc wihch whitch;
when: wen whne wehn whn; where: wher wehre whre; why: wy; how much: howmuch; how many: howmany;
about: abot abuot abotu aobut baout abt abaut aboout; according: acording accordng; regarding: regading reguarding;
does: deos; doesn't: dosent doesent dosnt; didn't: did'nt dident; don't: do'nt; did: ddi; have: hav ahve; has: hsa;
would: wuld woud; could: coud; should: shoud shuld; she's: shes; he's: hes; they're: theyre;
that's: thats; there's: theres; you: u; your: ur; say: sya; said: siad sayd; think: thnk tihnk thikn; talk: tlak;
talked: talkd tlaked; mention: mentoin metion mension menton; mentioned: mentionned mentiond metioned mentoined;
opinion: opinon opinoin; question: quesiton questoin quesion; interview: interveiw intervew inteview;
the: teh hte; and: adn; that: taht tht; their: thier; they: tehy; with: wiht wth; from: frm; because: becuase cuz coz;
people: ppl poeple peopel; please: pls plz; anything: anythin anyting anyhting; something: somthing smth;
everything: evrything everthing; many: meny; through: thru; before: b4; happened: happend hapened happned;
happen: hapen; whether: wether; believe: beleive belive
"""
_MEANT = {
    slip: meant for entry in _TYPED.split(";") for meant, slips in [entry.strip().split(": ")] for slip in slips.split()
}
_WORD = lazy(r"(?<![\w'\u2019.-])[A-Za-z]\w*(?:'\w*)?(?![\w\u2019-])")


def written_out(question: str) -> str:
    """Return the question with its words of asking spelt; a word in capitals may be an acronym, and is left."""
    return _WORD.sub(_spelt, question)


def _spelt(match: re.Match[str]) -> str:
    typed = match.group()
    meant = _MEANT.get(typed.lower())
    if meant is None or typed[1:] != typed[1:].lower() or (match.start() and typed[0].isupper()):
        return typed
    return meant.capitalize() if typed[0].isupper() else meant
