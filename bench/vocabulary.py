"""The words that made-up sites are made of. None is taken from a text, and no name is meant to be anybody's."""

from __future__ import annotations

from typing import Final

ONSETS: Final = (
    "b",
    "br",
    "d",
    "dr",
    "f",
    "g",
    "gr",
    "h",
    "k",
    "l",
    "m",
    "n",
    "p",
    "r",
    "s",
    "st",
    "t",
    "tr",
    "v",
    "z",
)
VOWELS: Final = ("a", "e", "i", "o", "u", "ae", "ia", "ou")
CODAS: Final = ("l", "n", "r", "s", "th", "m", "ck", "nd", "rt", "x")
GIVEN: Final = (
    "Adel", "Anouk", "Bero", "Brila", "Cadan", "Celt", "Corvin", "Dalia", "Dorek", "Edda", "Elvo", "Fenna", "Galo",
    "Hedda", "Ilan", "Isko", "Jarla", "Joss", "Kalle", "Kerin", "Lida", "Loris", "Maika", "Merrin", "Nilo", "Noor",
    "Odal", "Orla", "Perrin", "Petra", "Quill", "Rasmo", "Rhea", "Sanna", "Sorin", "Tamsa", "Teodo", "Ulla", "Vesna",
    "Wim", "Yara", "Zeno",
)  # fmt: skip
KINDS_OF_ORGANISATION: Final = (
    "Harbour Authority", "Water Board", "Transport", "Energy", "Laboratories", "Bank", "Institute", "Rail", "Foods",
    "City Council", "Insurance", "Union of Builders", "Museum", "Airlines", "Shipyard", "Court", "Ministry", "Hospital",
    "University", "Trust", "Foundation", "Instruments", "Broadcasting Board", "Telecoms", "Mining",
)  # fmt: skip
KINDS_OF_PUBLICATION: Final = ("Courier", "Gazette", "Morning Post", "Tribune", "Observer", "Radio", "Wire", "Review")
KINDS_OF_DOCUMENT: Final = ("Charter", "Memorandum", "Protocol", "Inquiry Report", "Code", "Declaration")
KINDS_OF_PRODUCT: Final = ("Scanner", "Engine", "Tram", "Pump", "Reader", "Tablet", "Drone", "Battery")

QUALIFIERS: Final = (
    "acoustic", "aerial", "angled", "anchored", "binding", "blended", "bonded", "braced", "buffered", "cabled",
    "capped", "carbon", "chained", "charged", "closed", "coastal", "coded", "coiled", "compound", "cooled", "covered",
    "cross-border", "delayed", "deep-water", "diesel", "digital", "directed", "double", "drained", "electric",
    "elevated", "fixed", "flexible", "floating", "folded", "forward", "frozen", "general", "graded", "gravity",
    "guarded", "half-open", "heated", "hollow", "hybrid", "indexed", "inner", "joint", "layered", "levelled",
    "linked", "loaded", "lowered", "magnetic", "marked", "measured", "mobile", "moulded", "nested", "neutral",
    "notched", "optical", "outer", "paired", "parallel", "passive", "phased", "pivoting", "pooled", "powered",
    "pressed", "primary", "radial", "raised", "ranked", "reserve", "reverse", "rolling", "rotary", "sealed",
    "secondary", "sliding", "solar", "sorted", "split", "spot", "stacked", "staged", "standing", "steam", "stepped",
    "stored", "suspended", "switched", "tapered", "thermal", "tidal", "timed", "transit", "treated", "twin", "vaulted",
    "vented", "weighted", "wired", "woven", "zoned",
)  # fmt: skip
THINGS: Final = (
    "adapter", "antenna", "auction", "beacon", "bearing", "bond", "boom", "bulkhead", "buoy", "cable", "canal",
    "catalyst", "cell", "chart", "circuit", "clamp", "clause", "compressor", "conveyor", "coupling", "crane", "culvert",
    "dam", "deposit", "dredger", "dyke", "easement", "filter", "flange", "fund", "gantry", "gauge", "gearbox",
    "generator", "girder", "grid", "hatch", "hedge", "hoist", "index", "injector", "inverter", "jetty", "lease", "lens",
    "levy", "licence", "lien", "lock", "manifold", "mast", "membrane", "meter", "mortgage", "nozzle", "option",
    "pension", "permit", "pier", "pipeline", "piston", "pontoon", "pulley", "quota", "rebate", "register", "relay",
    "rotor", "rudder", "sensor", "shaft", "shutter", "signal", "sluice", "stanchion", "strut", "subsidy", "surcharge",
    "swap", "tariff", "tender", "terminal", "transformer", "trawl", "turbine", "valve", "vault", "voucher", "weir",
    "winch",
)  # fmt: skip
PLAIN: Final = (
    "bridge", "depot", "hall", "quay", "station", "tower", "warehouse", "yard", "school", "market", "workshop", "park",
    "theatre", "car park", "tunnel", "square",
)  # fmt: skip
MATTERS: Final = (
    "rust", "wear", "water damage", "loose screws", "cracks", "wrong labels", "missing papers", "old paint", "noise",
    "late deliveries", "dust", "overheating",
)  # fmt: skip
DESKS: Final = ("planning office", "night shift", "test department", "legal office", "repair crew", "press office")

# What a statement says, and the phrase of its relation, from the first name to the second. In braces: p a person, o an
# organisation, l a place, x another thing with a name, t a term of the glossary, n and m common words, and the
# kinds of quantities.
CLAUSES: Final = (
    ("{o} signed a contract with {o2} for a {t}", "signed a contract with"),
    ("{p} took over the {n} of {o}", "took over a department of"),
    ("{o} moved its {t} from {l} to {l2}", ""),
    ("{p} asked {o} for the papers on the {t}", "asked for papers from"),
    ("{o} tested the {t} of {x} in {l}", "tested"),
    ("{o} hired {p} as an adviser on the {t}", "hired"),
    ("{o} sold {x} to {o2}", "sold a product of its own to"),
    ("{o} closed the {t} at {l} for {duration}", ""),
    ("{p} told {p2} that the {t} of {o} needed a new {t2}", "told of the need for repairs"),
    ("{o} published {x} with rules for each {t}", "published"),
    ("{o} counted {count} at the {n} of {l}", ""),
    ("{p} and {p2} met in {l} to speak about the {t}", "met"),
    ("{o} ended its agreement with {o2} on the {t}", "ended an agreement with"),
    ("inspectors of {o} examined the {t} of {x} for {m}", ""),
    ("{o} opened an office beside the {n} of {l}", "opened an office in"),
    ("{p} left the board of {o}", "left the board of"),
    ("{o} is planning a new {t} beside the {n} of {l}", ""),
    ("{o} built the {t}, and {o2} runs it", "built something that is run by"),
    ("{o} pledged {pledge} to {o2} for a {t}", "pledged money to"),
    ("{o} paid {payment} to {o2} for the {t} of {x}", "paid"),
    ("{o} measured a depth of {measure} under the {t} at {l}", ""),
    ("{p} wrote the plan for the {t} that {o} wants to build in {l}", "wrote a plan for"),
    ("{o} took its {t} out of service and put a {t2} in its place", ""),
    ("{p} travelled to {l} with a delegation of {o}", "travelled with a delegation of"),
    ("the {t} of {x} comes from a workshop of {o} in {l}", ""),
    ("the {n} of {l} belongs to {o}", ""),
    ("{o} and {o2} share a {t} at the {n} of {l}", "shares a building with"),
    ("{p} handed the keys of the {n} to {p2}", "handed keys to"),
)
TAILS: Final = (
    "", "", "", "", "", "", "", "", "", "", " after a review of the {t3}", " to replace an older {t3}",
    " with help from {o3}", " in a hall near {l3}", " in the presence of {o3}", " on a Sunday in the rain",
    " in the course of one night", ", with {p3} in the room", " before the start of work on a {t3}",
)  # fmt: skip

SHORT_DEFINITIONS: Final = (
    "A part that {does} when the {n} is {state}, so that {who} can {act} it.",
    "An agreement under which {who} may {act} a {n} for a time that both sides have fixed.",
    "A machine that {does}, used at a {n} where {who} cannot {act} by hand.",
    "A sum that {who} put aside so that a {n} can be {state} when the time comes.",
    "A written rule that says when {who} may {act} a {n}, and what it costs.",
    "A frame that holds a {n} in its place and {does}, much like a {t}.",
)
DOES: Final = (
    "opens by itself", "holds back water", "turns a movement into a number", "keeps two sides apart", "carries a load",
    "lets air through", "sends a sign", "adds up what was used", "slows a wheel down",
)  # fmt: skip
STATES: Final = ("full", "under repair", "cleared", "closed", "checked", "paid for", "wet")
WHO: Final = ("workers", "owners", "neighbours", "a crew", "the people on duty", "buyers", "members", "a city")
ACTS: Final = ("lift", "open", "check", "use", "move", "repair", "sell", "lend", "read")
LONG_DEFINITIONS: Final = (
    "The first ones stood at a {n}, where {who} had to {act} them twice a day.",
    "Today most are made in series, and {who} {act} them with the help of a {t}.",
    "What counts is that it {does}: if it does not, the {n} has to be {state} before work can go on.",
    "It costs more than a simple one, but it lasts longer, and {who} need less time for it.",
    "There are several kinds of it, which differ in how they are fixed to a {n} and in who may {act} them.",
    "Without it, {who} would have to wait until the {n} is {state}, which can take a whole day.",
    "A {t} does something alike, but only while the {n} is {state}.",
)
COMPARISONS: Final = (
    "It is like the stopper in a bath, which {does} while nobody has to look after it.",
    "Think of a garden gate that {does} whenever somebody pushes it from the wrong side.",
    "Something like a library card: {who} can {act} with it, and the shelves stay as they are.",
)

TOPICS: Final = ("transport", "money", "energy", "health", "technology", "building")
MANNERS: Final = ("publicly", "in a statement", "in an interview")
QUANTITIES: Final = {
    "count": "amount: {few}00, approximate: yes, unit: lorry, plural: lorries, kind: count",
    "duration": "amount: {few}, unit: week, kind: duration",
    "measure": "amount: {few}, approximate: yes, unit: metre, kind: measure",
    "pledge": "amount: {many}, approximate: yes, unit: EUR, kind: pledge",
    "payment": "amount: {many}, unit: EUR, kind: payment",
}
ABOUTS: Final = {
    "p": ("somebody who works at a {n}", "a builder of a {n}", "an adviser on the future of a {n}"),
    "o": ("an organisation that looks after a {n}", "a group that runs a {n}", "an operator of a {n}"),
    "w": ("a publication that this site draws on",),
    "l": ("a town with a {n}", "a village beside a {n}", "a district that has a {n} of its own"),
    "x": ("something that is used at a {n}", "something that has to do with a {n}"),
}
