"""First names by which somebody is called "he" or "she" where an interview doesn't tell: Owen, Beth.

In: nothing. Out: ``HE``, ``SHE``, in small letters: common ones, without those that both have (Sam, Chris, Alex) and
those that are places or things (Georgia, Rose).
"""

from __future__ import annotations

_HE = (
    "aaron abraham adam adrian ahmed alan albert alexander andrew anthony antonio arthur barry ben benjamin "
    "bernard brad brendan brian bruce carl carlos colin craig dan daniel dave david dennis derek diego dmitri "
    "donald doug douglas duncan dylan ed edward edwin eric erik ethan felix fernando francesco frank fred "
    "frederick gareth gary geoff geoffrey george gerald giovanni graham greg gregory gustav hans harold harry "
    "hassan henry howard hugh hugo ian ibrahim igor ivan jack jacob jake james jason jeff jeffrey jeremy jim joe "
    "joel john jonathan jorge jose joseph joshua juan julian justin karl keith ken kenneth kevin kurt larry lars "
    "laurence leo leonard liam louis luca lucas luis luke magnus marco marcus mario mark martin matt matthew "
    "michael miguel mike mohamed mohammed muhammad nathan neil nicholas nick nigel noah oliver omar oscar otto "
    "owen pablo patrick paul pedro peter phil philip pierre rajiv ralph raymond ricardo richard rob robert roger "
    "roland ronald rupert russell ryan samuel scott sean sebastian sergei simon stanley stefan stephen steve "
    "steven stuart sven ted theodore thomas tim timothy toby todd tom tomas tony trevor victor vincent vladimir "
    "walter warren wayne william zachary"
)
_SHE = (
    "abigail agnes alice alicia alison amanda amelia amy ana angela anita ann anna anne annie astrid barbara "
    "beatrice becky beth bethany betty brenda bridget carmen caroline catherine cecilia charlotte chloe christina "
    "christine claire clara claudia cynthia deborah debra diana diane donna doris dorothy edith eileen elaine "
    "eleanor elena elizabeth ella ellen elsie emily emma esther eva evelyn fatima fiona gabriela gemma gloria "
    "grace greta hannah harriet heather heidi helen helena ines ingrid irene isabel isabella jane janet jennifer "
    "jenny jessica joanna josephine joyce judith judy julia julie karen kate katherine kathleen kathy katie "
    "kirsten laura leila lena linda lisa liz lois louise lucia lucy lydia maggie margaret maria marianne marie "
    "marion marta martha mary matilda maya megan melanie melissa mia michelle miriam molly monica nadia nancy "
    "naomi natalia natalie nicole nina nora olga olivia pamela patricia paula penelope polly priya rachel rebecca "
    "renee rita rosa rosemary ruth sally sandra sara sarah sharon sheila shirley silvia sonia sophia sophie "
    "stella stephanie susan susanna suzanne sylvia teresa theresa tina ursula valerie vanessa vera veronica wendy "
    "yvonne zoe"
)
HE, SHE = frozenset(_HE.split()), frozenset(_SHE.split())
