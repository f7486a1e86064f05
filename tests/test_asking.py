"""What people type about the shipped interview is taken for what they ask: frames, requests, names, capitals, slips."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.conversation import Intent, Meant, understand
from rag.conversation.framing import question_in
from rag.seeds import seed_interviews
from tests.benchmarks.followups import interview_of

SEED = list(seed_interviews())
BAKERY = interview_of("followups_interviews/bakery.txt", None)
HER = "Radmila Shekerinska"
ITPP = "ITPP (Individually Tailored Partnership Programme)"
PURL = "PURL (Prioritised Ukraine Requirements List)"


def meant(typed: str) -> Meant:
    return understand(typed, (), SEED)


@pytest.mark.parametrize(
    ("typed", "question"),
    [
        ("what'd she say about itpp", f"what did she say about {ITPP}"),
        ("Could you tell me whether she mentions Sweden?", "Does she mention Sweden?"),
        ("can you tell me if NATO is preparing for war", "Is NATO preparing for war?"),
        ("hello, can you tell me what she said about finland please", "What does she say about finland?"),
        ("please tell me what she thinks about Trump", "what does she think about Trump?"),
        ("I want to know what she said about the Arctic", "What does she say about the Arctic?"),
        ("do you know when the Washington summit was?", "when was the Washington summit?"),
        ("I'd like to know why Europe steps up", "why Europe steps up?"),
        ("Could you explain why NATO trains in the Arctic?", "why NATO trains in the Arctic?"),
        ("Hi! Who pays for PURL? Thanks", f"Who pays for {PURL}?"),
        ("so what's the bottom line?", "what's the bottom line?"),
        ("ok so does nato want Azerbaijan to join", "does NATO want Azerbaijan to join"),
        ("find the part where she talks about cyber defence", "What does she say about cyber defence?"),
        ("can you find where she talks about demining", "What does she say about demining?"),
        ("where does she talk about Finland?", "What does she say about Finland?"),
        ("show me where she mentions Kabul", "What does she say about Kabul?"),
        ("show me the passage on Baltic Sentry", "What was said about Baltic Sentry?"),
        ("where can I find the part about energy", "What was said about energy?"),
        ("quote her on Russia", "What does she say about Russia?"),
        ("give me a quote about the Arctic", "What was said about the Arctic?"),
        ("any good quotes about deterrence?", "What was said about deterrence?"),
        ("give me her exact words on consensus", "What does she say about consensus?"),
        ("get me everything she said about Azerbaijan", "What does she say about Azerbaijan?"),
        ("I need a quote from Shekerinska on drones", "What does Shekerinska say about drones?"),
        ("What did Radmila say re: Ukraine's membership", "What did Radmila say about Ukraine's membership"),
        ("explain PURL", f"What is {PURL}?"),
        ("please define the ITPP", f"What is the {ITPP}?"),
        ("I'm writing an article on defence. What does she say about drones?", "What does she say about drones?"),
        ("I am a student. I need to know who pays for PURL.", f"who pays for {PURL}?"),
        ("I read about the ITPP. When will it be approved?", f"When will the {ITPP} be approved?"),
        ("WHAT DID SHE SAY ABOUT UKRAINE?", "What did she say about Ukraine?"),
        ("WHAT IS PURL", f"What is {PURL}"),
        ("UKRAINE MEMBERSHIP", "Ukraine membership"),
        ("GDPR", "GDPR"),
        ("whats the normalization process", "what's the normalisation process"),
        ("why doesnt she name a date", "why doesn't she name a date"),
        ("defense education", "defence education"),
        ("azerbajan gas exports", "Azerbaijan gas exports"),
        ("What did Shekerinksa say about Kiev?", "What did Shekerinska say about Kyiv?"),
    ],
)
def test_what_is_typed_is_put_plainly(typed: str, question: str) -> None:
    assert meant(typed).question == question


@pytest.mark.parametrize(
    "typed",
    [
        "What did she say about the Arctic?",
        "Right now, is there consensus?",
        "What did the U.S. Congress make clear?",
        "Does she know when the peace treaty will be signed?",
        "Question of Ukraine's membership",
        "Where is the command?",
        "What made it clear that Allies pull their weight?",
        "Who was among the last ones leaving Kabul?",
        "What do Ms. Shekerinska and others appreciate?",
        "Is Ukraine on a path to membership? And who decides?",
        "Well-being of troops",
        "Thanks to whom is Europe independent?",
        "Quoted sources",
    ],
)
def test_a_question_plainly_put_is_left_alone(typed: str) -> None:
    assert question_in(typed) == ((), typed)


@pytest.mark.parametrize(
    ("typed", "intent"),
    [
        ("what has she said about drones", Intent.TOPIC),
        ("what was said about the Arctic", Intent.TOPIC),
        ("What does the interview say about Finland?", Intent.TOPIC),
        ("anything about jatec?", Intent.TOPIC),
        ("what about the Arctic?", Intent.TOPIC),
        ("her views on Trump", Intent.TOPIC),
        ("what's her take on Russia", Intent.TOPIC),
        ("what is her position on Georgia joining NATO", Intent.TOPIC),
        ("how does she feel about the US", Intent.TOPIC),
        ("what does she make of Trump?", Intent.TOPIC),
        ("what does she think of Hegseth", Intent.TOPIC),
        ("summarise what she says about Ukraine", Intent.TOPIC),
        ("find the part where she talks about cyber defence", Intent.TOPIC),
        ("quote her on Russia", Intent.TOPIC),
        ("Ukraine?", Intent.TOPIC),
        ("NATO Ukraine membership consensus", Intent.TOPIC),
        ("5%", Intent.TOPIC),
        ("tell me more about Eastern Sentry", Intent.TOPIC),
        ("did he mention Turkey?", Intent.MENTION),
        ("does the interview mention Sweden?", Intent.MENTION),
        ("could you tell me whether she mentions Sweden", Intent.MENTION),
        ("is there anything on JATEC?", Intent.MENTION),
        ("does she touch on nuclear weapons?", Intent.MENTION),
        ("did the topic of Belarus come up?", Intent.MENTION),
        ("was Hungary discussed?", Intent.MENTION),
        ("any mention of Iran?", Intent.MENTION),
        ("what was she asked about the Arctic", Intent.ASKED),
        ("what did they ask her about TRIPP?", Intent.ASKED),
        ("which questions did she get on Ukraine", Intent.ASKED),
        ("list the questions", Intent.ASKED),
        ("what did APA ask about Russia?", Intent.ASKED),
        ("has she been asked about corruption", Intent.ASKED),
        ("Did the interviewer say that Russia is reckless?", Intent.ASKED),
        ("what does the host think of Russia?", Intent.ASKED),
        ("according to the journalist, who is reckless?", Intent.ASKED),
        ("did she say “irreversible path”?", Intent.QUOTATION),
        ("Is this quote correct: “We launched JATEC in February 2024”?", Intent.QUOTATION),
        ("Who said “the US commitment remains ironclad”?", Intent.QUOTATION),
        ("when did she say “it is only fair”?", Intent.QUOTATION),
        ("Check this: “It is only fair.”", Intent.QUOTATION),
        ("What did she mean by saying “it is only fair”?", Intent.ANSWER),
        ('did she really call it "ironclad"?', Intent.QUOTATION),
        ('what does "360 degree approach" mean?', Intent.ANSWER),
        ('what did she say about "Eastern Sentry"?', Intent.TOPIC),
        ("who's Rubio", Intent.TOPIC),
        ("when's the Ankara summit?", Intent.ANSWER),
        ("explain PURL", Intent.TOPIC),
        ("does she think Russia is a threat?", Intent.ANSWER),
        ("is it true that two-thirds of Americans support NATO?", Intent.ANSWER),
    ],
)
def test_the_kind_of_answer_is_understood_however_it_is_asked_for(typed: str, intent: Intent) -> None:
    assert meant(typed).intent is intent


@pytest.mark.parametrize(
    ("typed", "speaker"),
    [
        ("what did shekerinska say about drones?", HER),
        ("What did Radmila say re: Ukraine's membership", HER),
        ("What did Shekerinksa say about Kiev?", HER),
        ("Shekerinska's view of the US commitment", HER),
        ("I need a quote from Shekerinska on drones", HER),
        ("let me know what Ms. Shekerinska thinks of Trump", HER),
        ("Shekerinska on the Arctic", HER),
        ("according to the deputy secretary general, what is vital for peace?", HER),
        ("according to shekerinska, is ukraine on an irreversible path?", HER),
        ("What did Mark Rutte say?", None),
        ("according to the secretary general, must NATO prepare for war?", None),
        ("did Shekerinska mention drones?", HER),
        ("what did Trump reaffirm?", None),
    ],
)
def test_a_speaker_is_known_by_name_slip_or_office(typed: str, speaker: str | None) -> None:
    assert meant(typed).speakers == ((speaker,) if speaker else ())


@pytest.mark.parametrize(
    ("typed", "speaker"),
    [
        ("What did Sam say about the price?", "Sam Quill"),
        ("what does nora think of newcastle", "Nora Quill"),
        ("Sam on flour prices", "Sam Quill"),
        ("flour prices, according to Sam", "Sam Quill"),
        ("only Nora: what about flour?", "Nora Quill"),
        ("what did Tess ask about the prison?", "Tess Okoye"),
        ("what did Quill say about flour?", None),
        ("what did Adam say about the price?", None),
    ],
)
def test_of_two_who_answer_the_named_one_is_wanted_and_a_shared_surname_names_none(
    typed: str, speaker: str | None
) -> None:
    assert understand(typed, (), [BAKERY]).speakers == ((speaker,) if speaker else ())


def test_of_two_who_are_named_both_are_asked() -> None:
    meant = understand("what did Nora and Sam say about the third shop", (), [BAKERY])
    assert meant.speakers == ("Nora Quill", "Sam Quill")


@given(st.text(max_size=150))
def test_any_text_is_put_plainly_somehow(typed: str) -> None:
    before, question = question_in(typed)
    assert question.strip() or not typed.strip()
    assert all(earlier.strip() for earlier in before)


@given(
    st.sampled_from(
        ["please", "thanks", "Hello,", "ok", "could you tell me", "so", "what", "about", "she", "said", "?"]
    )
)
def test_nothing_but_a_frame_is_still_a_text(word: str) -> None:
    assert question_in(word)[1]


@pytest.mark.parametrize(
    ("typed", "question", "intent"),
    [
        ("what makes her say that Ukraine will not join?", None, Intent.ANSWER),
        ("what made her talk to Bayramov", None, Intent.ANSWER),
        ("Shekerinska asked about trust?", "What was Shekerinska asked about trust?", Intent.ASKED),
        ("Ms. Shekerinska was asked on Russia?", "What was Ms. Shekerinska asked on Russia?", Intent.ASKED),
        ("what's APA's first question?", None, Intent.ASKED),
        ("APA's questions", None, Intent.ASKED),
        ("who brought up Turkey?", None, Intent.TOPIC),
        ("she said what about Russia?", "What did she say about Russia?", Intent.TOPIC),
        ("What's PURL short for?", "What was said about the Prioritised Ukraine Requirements List?", Intent.TOPIC),
    ],
)
def test_what_is_asked_in_few_or_other_words_is_asked_all_the_same(
    typed: str, question: str | None, intent: Intent
) -> None:
    found = meant(typed)
    assert (found.question, found.intent) == (question or typed, intent)
    assert not found.resolved
