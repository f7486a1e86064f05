"""The words by which parsing knows labels, names and headers; English, with the commonest of some others.

In: nothing. Out: sets of words and phrases in small letters.
"""

from __future__ import annotations

from typing import Final


def _words(*lines: str) -> frozenset[str]:
    """Split lines at white space."""
    return frozenset(" ".join(lines).split())


def _phrases(*lines: str) -> frozenset[str]:
    """Split lines at commas."""
    return frozenset(phrase.strip() for phrase in ",".join(lines).split(","))


INTERVIEWER_KEYS: Final = _phrases(
    "conducted by, facilitator, host, hosts, interview by, interview conducted by, interviewed by, interviewer",
    "interviewer name, interviewers, moderated by, moderator, moderators, name of interviewer",
    "presenter, reporter",
)
"""Keys of a header line that names who asks."""

INTERVIEWEE_KEYS: Final = _phrases(
    "deponent, guest, guests, informant, interview of, interview with, interviewee, interviewee name, interviewees",
    "name of interviewee, narrator, panel, panelists, panellists, respondent, subject, witness, witnesses",
)
"""Keys of a header line that names who answers."""

OTHER_KEYS: Final = _phrases(
    "accession no, accession number, also present, attendees, collection, date, date of birth, date of interview",
    "duration, edited by, file, filmed by, id, in attendance, interpreted by, interview date, interview no",
    "interview number, keywords, language, length, link, location, members present, occupation, outlet, participants",
    "photographed by, place, place of interview, present, producer, producers, project, publication, published",
    "recorded, recorded by, recording, ref, ref no, reference, session, setting, source, speakers, tape, tape no",
    "tape number, time, title, topic, transcribed, transcribed by, transcriber, transcript, transcription by",
    "translated by, translation by, transmission, url, venue",
)
"""Keys of other header lines."""

INTERPRETER_KEYS: Final = _phrases("interpreter, interpreters, translator, translators")
"""Keys of a header line that names who neither asks nor answers, but is heard."""

CREW_KEYS: Final = _phrases("camera, photographer, sound, videographer")
"""Keys of who is hardly heard, beside other header lines: ``Camera: Nikon D700`` may be of an answer's list."""

NOT_IN_NAMES: Final = _words(
    "a about an and are at conversation draft episode for from her his how in inside interview is life meet my",
    "notes of on our part talk the to transcript untitled what when where who why with your",
)
"""Words that a title which is nothing but a name doesn't have."""

INTERVIEWER_WORDS: Final = _words(
    "anchor co-host cohost correspondent entrevistador entrevistadora facilitator frage fragesteller host int",
    "interviewer intervieweur intervieweuse journalist moderator pregunta presenter q question questioner reporter",
    "ведущий вопрос корреспондент",
)
"""Labels that say that somebody asks."""

PUTTING: Final = _words("journalist q question questioner reporter")
"""Those of them that stand for somebody else each time."""

INTERVIEWEE_WORDS: Final = _words(
    "a answer antwort entrevistada entrevistado guest informant interviewee invité invitée resp respondent respuesta",
    "subject witness гость ответ",
)
"""Labels that say that somebody answers."""

SPEAKER_CELLS: Final = _words("name person speaker who")
"""What heads a table's column of speakers."""

ASKING_STYLES: Final = _words("frage interviewer pregunta q question questions")
"""Words in the names of styles that questions are set in."""

BYSTANDERS: Final = _words(
    "all announcer attendee audience automated bailiff both boy caller child clerk court crowd everyone female girl",
    "interpreter male man member members narrator operator panelist panellist participant people person recording",
    "speaker speakers student together translator unidentified unknown videographer voice voices woman",
)
"""Words in labels that name nobody in particular: ``Speaker 1``, ``UNIDENTIFIED MALE``."""

ANSWERING: Final = _words(
    "attendee boy caller child female girl male man member narrator panelist panellist participant person student",
    "speaker woman",
)
"""Those of them who may be the one who answers, where nobody else does; an announcer or an interpreter isn't."""

HOSTING: Final = _words("anchor host moderator presenter")
"""What stands beside the name of whoever leads a broadcast: ``AILSA BRAND, HOST``."""

REPORTING: Final = _words("byline correspondent reporter")
"""What stands beside the name of whoever tells a broadcast's listeners of something, and answers its host."""

BEFORE_NAMES: Final = _words("co-host cohost guest host interviewee interviewer moderator presenter")
"""What stands right before the name of whoever asks or answers: ``Host Ruth Hale``."""

SPOKEN_TO: Final = _words("thank thanks welcome you your")
"""Small words after a name and a comma by which its bearer is spoken to, and not described."""

SAYING: Final = _words(
    "am are can could did do does had has have is it let may might must please shall should tell this was we were",
    "what when where why will would",
)
"""Those that rather say something than describe; a description may have one: ``Jon Yu, who was a miner``."""

PRESIDING: Final = _words("chair chairman chairperson chairwoman")
"""Who presides over a hearing, where no name stands beside it."""

TITLES: Final = _words(
    "ambassador brother capt captain ceo cfo chair chairman chairwoman chancellor chief co-founder coach col",
    "colonel commissioner congressman congresswoman cto dame deputy director dr father founder gen general gov",
    "governor judge justice lady lieutenant lord lt major mayor minister miss mr mrs ms mx officer president",
    "prime prof professor rep representative rev reverend secretary sen senator sergeant sgt sir sister spokesman",
    "spokeswoman vice",
)
"""What stands before a name and is no part of it."""

COURTESY_TITLES: Final = _words("miss mr mrs ms")
"""Those that tell two people of one surname apart."""

MALE_TITLES: Final = _words("brother chairman congressman father lord mr sir spokesman")
FEMALE_TITLES: Final = _words("chairwoman congresswoman dame lady miss mrs ms sister spokeswoman")
"""Nobody is called by one of these and by one of those."""

POST_NOMINALS: Final = _words(
    "bsc cbe cpa dds do dphil dvm edd esq frs ii iii iv jd jr kc ma mba mbe md mep mp mph msc obe phd psyd qc rn",
    "sr",
)
"""What stands after a name and a comma, and belongs to it."""

PARTICLES: Final = _words(
    "& 't + abu af al an and ap auf aus av bat ben bin bint binte binti bte d' da dal dall' dalla dalle das de degli",
    "dei del della delle dello dem den der di do dos du e el het ibn la le lo mac na nic ní o' of op san st",
    "t t' te ten ter the ua uí umm und van vom von wa y ya zu zum zur ó",
)
"""Small words inside names."""

NOBODY: Final = _words(
    "ad ads advert advertisement applause audio break breaks clip clips commercial extract interlude intro jingle",
    "laughter music outro pause sample silence song sound sounds sponsor sponsors theme transition video",
)
"""Last words of markers that are no speakers: ``Break``, ``Sound Sample``."""

SURNAMES_TOO: Final = _words("break child clerk court pause sample silence song sound")
"""Such words, and some of ``BYSTANDERS``, that are surnames as well: ``Celine Song``, ``Lee Child``."""

NOISES: Final = _words(
    "beat beep bell bird bleep bleeped cheer chuckle clap click cough crash crosstalk cry gasp grunt hum inaudible",
    "indistinct knock laugh nod noise overlap rain redacted scoff scream shout sic sigh silent sing smile snort sob",
    "static thunder unclear unintelligible whisper whistle wind",
)
"""What is heard or done, and speaks no words: ``[Chuckle]``, ``(coughs)``."""

HEARD: Final = NOISES | _words(
    "audience crowd end foreign french german italian narration phone radio russian spanish start translation",
)
"""Single words in square brackets that are heard or noted: ``[French]``, ``[Inaudible]``."""

NAMES_IN_S: Final = _words(
    "agnes alexis amos anders andreas angus boris brooks carlos charles chris claus curtis denis dennis dolores",
    "doris douglas elias ellis hans ines iris jacques james jens jesus jonas julius klaus lars lois louis lucas",
    "luis marcus marius mathias matthias mavis miles moses nicholas niklas nils phyllis rhys ross russ silas",
    "thomas tobias travis wes",
)
"""First names that end as what somebody does: ``[Chuckles]``, ``[Pauses]``, but ``[James]``."""

NO_NAMES: Final = _words(
    "about abstract action address advantages agenda also and apologies appendix attention background because",
    "bibliography bio biography bottom but caption categories category caution chapter clarification con conclusion",
    "cons contact contents copyright correction corrections credit credits date december description disadvantages",
    "disclaimer duration edit editor's editors email episode example examples fact facts february fifth figure file",
    "filed finally first follow footnotes foreword format fourth friday fyi highlight highlights however image",
    "images important index ingredients introduction isbn item items january july key keywords language length",
    "lesson lessons licence license line link links listen location march method monday more myth n.b name nb no",
    "note notes november now october ok okay or outlet overview p.s page pages part phone photo photos picture",
    "pictures place point points posted postscript preface price pro problem pros ps publication published quote",
    "quotes read reality recorded references related remember reminder result results rule rules saturday season",
    "second section see september session share side size so solution source sources spoiler step steps subscribe",
    "subtitle summary sunday table tag tags takeaways tape then therefore third thursday time times tip tips title",
    "tl;dr tldr today tomorrow topic topics track transcribed transcript transcription translated truth tuesday update",
    "updated updates url venue version volume warning watch web website wednesday well yes yesterday",
)
"""Words that open a line with a colon after them in ordinary prose."""

SPELT_NUMBERS: Final = _words("one two three four five six seven eight nine ten eleven twelve")
"""Numbers of parts and sides, as typists spell them: ``Side Two: ...``"""

SPOKEN_WORDS: Final = _words("asked d explained he i it ll m me replied said says she shouted they thought told we you")
"""Words (and what an apostrophe leaves of some) that stand in somebody's speech, and not in what a speaker is."""

FUNCTION_WORDS: Final = _words(
    "about and as at because but by for from he her here his how i if in it its my on or our she so that their",
    "there these they this those to we what when where which who why with you your",
)
"""Words that begin no name."""
