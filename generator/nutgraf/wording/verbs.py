"""English verbs that news is written with, and which of their forms are finite.

The lists hold what `clauses` must tell from nouns and participles. A verb that is not in them is still found behind a
pronoun, and in the past tense by its ending.
"""

from __future__ import annotations

from typing import Final


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


AUXILIARIES: Final = _set(
    "am is are was were has have had does do did will would can could may might shall should must cannot ought "
    "isn't aren't wasn't weren't hasn't haven't hadn't doesn't don't didn't won't wouldn't can't couldn't "
    "shouldn't mustn't needn't"
)
"""Finite whatever stands before them, "to" aside."""

PAST: Final = _set(
    "went came took gave knew saw wrote drew broke chose rose drove wore spoke grew fell flew froze hid ate began "
    "sang sank swam drank ran rang stole shook threw tore swore woke forgot withdrew became overcame undertook "
    "lay blew bore arose fled quit underwent forbade forgave mistook overthrew outgrew sprang shrank stank trod "
    "wove strode slew misspoke oversaw foresaw partook"
)
"""Past forms that are no participles."""

PARTICIPLES: Final = _set(
    "said told found made held sold left lost paid sent bought caught taught kept led met set put cut hit shut "
    "hurt heard understood won felt dealt spent laid stuck struck hung built thought brought fought sought meant "
    "read shot split spread let lent bent bound fed lit slid spun stood sat swept swung wound dug bet bid cost "
    "burst cast shed slept wept leapt dreamt burnt learnt spelt spilt knelt misled rebuilt resold repaid upheld "
    "withheld withstood overheard foretold got had become come run"
)
"""Past forms that are participles as well: finite before an object or at the end."""

NO_VERBS: Final = _set(
    "red bed shed seed speed feed need deed weed greed breed creed indeed hundred sacred wicked naked kindred "
    "hatred embed sled infrared united unnamed alleged so-called aged"
)
"""What ends in -ed and is no past tense."""

INTRANSITIVE: Final = _set(
    "resigned failed snapped collapsed died arrived retired departed disappeared vanished happened occurred "
    "sailed drifted capsized flooded exploded continued remained stayed waited lived worked returned agreed "
    "appeared emerged existed belonged lasted rusted jammed leaked cracked drowned survived escaped apologised "
    "objected protested rained stood sat slept cheered laughed danced marched voted talked walked looked seemed "
    "asked replied answered promised refused declined wanted needed hoped feared insisted warned complained"
)
"""Verbs that are finite as well where no object follows."""

_PLAIN: Final = _set(
    "say want need know think believe expect deny refuse remain become seem contain belong own lack exist mean "
    "happen include require allow keep give take make go come get see find hold bring begin write stand lose pay "
    "meet lead grow fall send build break choose rise drive buy wear speak sell win catch teach fight sink swim "
    "steal throw fly hide bend bear beat bind deal dig drink eat feed forget forgive freeze hang hear hurt kneel "
    "lend let lie mislead seek sing sleep slide spend spread stick strike swear sweep tear tell understand "
    "withdraw accept accuse achieve add admit adopt advise agree announce appear apply argue arrive ask assume "
    "avoid ban blame borrow burn carry cease celebrate close collect compare complain confirm consider consist "
    "continue contradict convince cost create criticise decide declare decline defend deliver depend describe "
    "deserve destroy differ disagree disappear discover dismiss earn employ encourage enjoy ensure enter escape "
    "establish examine explain explode face fail favour fear fire fit fix follow force form fund gain gather "
    "handle hate help hire hope ignore improve increase inform injure insist intend introduce investigate invite "
    "involve join judge kill leak lift like live look love maintain manage matter measure mention move name obey "
    "object offer open operate oppose order owe park perform persuade plan play please point possess prefer "
    "prepare present press prevent produce promise propose protect prove provide publish pull push raise reach "
    "receive recommend reduce refer reflect regret reject release rely remember remove repair replace reply "
    "report represent resign resist respond rest return reveal rule run rust save search serve set share shelter "
    "show shut sign sit sound stay stop suffer suggest supply support suppose surround survive suspect tend test "
    "threaten touch train travel treat trust try turn use vary visit vote wait walk warn wash waste watch welcome "
    "work worry withhold howl ring shine smoke sag lean rot stink swing float flow creak crumble dispute demand "
    "doubt estimate export import insure invest limit link list mark mine note occupy paint pass permit pollute "
    "print process prohibit qualify question recall record recover regulate remind rent request rescue reserve "
    "retire ride sail seize separate settle sponsor store study sue surprise target tax trade transport trigger "
    "vanish violate volunteer wish yield"
)

NOUNS: Final = _set(
    "needs costs plans works uses shows runs offers claims reports demands orders leaves holds rules names boats "
    "funds forces forms fires fears faces fights falls feeds flies gains hopes increases judges leads lies lifts "
    "looks loves means measures meets moves objects opens parks plays points presses promises presents pulls "
    "raises reaches rests returns saves searches sets shares shelters signs sinks sounds stands stays sticks "
    "stops strikes supplies supports suspects sweeps tears tests throws touches trains travels treats trusts "
    "turns visits votes waits walks wants washes wastes watches wins worries leaks burns breaks bans bears beats "
    "becomes buys catches causes closes cuts deals digs drinks drives eats fits fixes helps hires joins kills "
    "likes lives makes matters releases repairs replies rises says sells sends shuts slides spreads swims tells "
    "thinks tries builds blames"
) - _set("becomes says sells tells thinks buys joins wants builds makes sends eats tries")
"""Third persons that are plurals of nouns as well: finite before an object."""

BASE_NOUNS: Final = frozenset(one for one in _PLAIN if f"{one}s" in NOUNS or f"{one}es" in NOUNS)


def _third(verb: str) -> str:
    if verb.endswith("y") and verb[-2:-1] not in {"a", "e", "o", "u"}:
        return f"{verb[:-1]}ies"
    return f"{verb}es" if verb.endswith(("s", "x", "z", "ch", "sh", "o")) else f"{verb}s"


BASE: Final = _PLAIN
"""Forms for several: "the boats need paint"."""

PRESENT: Final = frozenset(_third(one) for one in _PLAIN)
"""Forms for one: "the boat needs paint"."""

PRONOUNS: Final = _set(
    "he she it they we i you nobody everybody somebody anybody everyone someone anyone nothing everything "
    "something none there"
)
"""Subjects behind which a verb must stand."""
