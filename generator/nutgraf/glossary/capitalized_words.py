"""Words that may stand beside a name with a capital and are no part of it: titles, weekdays, "the", "MP".

English only, as the plurals are. A word that is missing here costs a link; a word that does not belong here makes a
link to somebody else. So words that are given names, too, are left out: "Earl", "Dean", "German", "Will".
"""

from __future__ import annotations

from typing import Final


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


SMALL_WORDS: Final = _words(
    "the a an this that these those some any each every all both either neither no such what which whose "
    "he she it they we you his her its their our my your him them us me "
    "aboard about above across after against along amid among around as at before behind below beneath beside between "
    "beyond by despite down during except following for from in inside into like near of off on onto opposite out over "
    "past per since through throughout to toward towards under underneath unlike until up upon via with within without "
    "and but or nor so yet than because although though if unless when whenever where wherever while whereas whether "
    "who whom why how is are was were be been being am has have had having does did do could would should must "
    "not never ever also always again already almost just only even still now then here there once twice soon later "
    "earlier afterwards meanwhile however instead perhaps maybe thus hence yesterday today tomorrow tonight recently "
    "finally eventually originally initially previously formerly reportedly allegedly apparently publicly privately "
    "suddenly usually sometimes often rarely today's yesterday's according former ex late current said says told asked "
    "tells asks called wrote writes speaking asking accusing including meet see ask how's what's that's who's"
)
"""Words that end a name wherever they stand: the first word of a sentence, or any in a heading with capitals."""

MODALS: Final = _words("can may might will shall")
"""Words that begin a question, and are names as well."""

WEEKDAYS: Final = _words("monday tuesday wednesday thursday friday saturday sunday")

MONTHS: Final = _words(
    "january february march april may june july august september october november december "
    "jan feb mar apr jun jul aug sep sept oct nov dec"
)

PERSONAL_MONTHS: Final = _words("april may june august jan mar")
"""Months that people are called, as well."""

GENDERED: Final = {
    "he": _words("mr sir lord king prince father brother uncle monsieur herr señor signor don baron count duke earl"),
    "she": _words(
        "mrs ms miss madam madame mme mlle lady dame queen princess mother sister aunt frau señora señorita signora "
        "doña baroness countess duchess"
    ),
}
"""Titles by the pronoun of those who have them."""

TITLES: Final = (GENDERED["he"] | GENDERED["she"]) - _words("don duke earl") | _words(
    "mx dr prof professor emperor empress pope cardinal archbishop bishop reverend rev pastor rabbi imam sheikh "
    "ayatollah archdeacon deacon canon vicar abbot president premier chancellor minister secretary senator sen "
    "congressman congresswoman representative rep governor gov mayor mayoress councillor cllr councilman "
    "councilwoman alderman ambassador consul envoy commissioner judge justice magistrate attorney general gen "
    "admiral adm captain capt colonel col major maj lieutenant lt sergeant sgt corporal cpl private pte commander "
    "cmdr commodore brigadier marshal officer constable inspector insp detective superintendent supt sheriff chief "
    "chairman chairwoman chairperson chair director founder cofounder editor reporter correspondent columnist "
    "journalist analyst engineer scientist researcher coach manager speaker leader comrade monsignor mgr hon "
    "honourable honorable spokesman spokeswoman spokesperson prosecutor lawyer solicitor barrister author writer "
    "actor actress singer rapper comedian democrat republican tory nurse surgeon physicist economist historian "
    "ceo cfo coo cto pm mp mep msp td mla mk vp svp evp pc dci di ds emeritus executive treasurer registrar "
    "clerk skipper pilot shah sultan emir crown"
)
"""Words before a person's name."""

OFFICES: Final = _words(
    "president premier chancellor minister secretary senator governor mayor mayoress councillor ambassador "
    "commissioner ceo cfo coo cto pm mp mep msp mps vp chairman chairwoman chairperson chair director founder "
    "cofounder editor reporter correspondent columnist spokesman spokeswoman spokesperson engineer scientist "
    "researcher analyst executive bishop archbishop"
)
"""Words behind the name of an organisation or a place, before a person's: "Twitter CEO Elon Musk"."""

RANKS: Final = _words(
    "prime vice deputy acting assistant associate senior foreign home finance defence defense interior justice health "
    "energy transport environment education trade labour labor chief managing executive first former then interim"
)
"""Words before an office: "UK Foreign Secretary"."""

PHRASES: Final = _words("state staff")
"""The last words of offices of several words: "Secretary of State"."""

DEMONYMS: Final = _words(
    "afghan african albanian algerian american angolan arab argentine argentinian armenian asian australian austrian "
    "azerbaijani bangladeshi belarusian belgian bolivian bosnian brazilian briton british bulgarian cambodian canadian "
    "chilean chinese colombian croatian czech danish dutch ecuadorian egyptian english englishman estonian ethiopian "
    "european filipino finnish frenchman frenchwoman french georgian ghanaian greek hungarian icelandic indian "
    "indonesian iranian iraqi irish irishman israeli italian jamaican japanese jordanian kazakh kenyan korean kuwaiti "
    "latvian lebanese libyan lithuanian malaysian mexican moldovan mongolian moroccan nepali nigerian norwegian "
    "pakistani palestinian peruvian polish portuguese romanian russian saudi scottish scotsman serbian singaporean "
    "slovak slovenian somali spanish sudanese swedish swiss syrian taiwanese tanzanian thai tunisian turkish ugandan "
    "ukrainian uruguayan venezuelan vietnamese welsh welshman yemeni"
)

HONOURS: Final = _words(
    "mp mep msp ms td mla kc qc obe cbe mbe gbe kbe dbe ch om vc gc phd md frs dphil jp cmg rn esq facs frcs"
)
"""Letters behind a person's name."""

COMPANY_FORMS: Final = _words(
    "inc ltd limited llc llp lp plc gmbh ag sa s.a nv bv n.v b.v corp corporation spa s.p.a ab asa oy oyj kg kgaa pty"
)
"""Words behind the name of a company that make no other company of it."""

PARTNERS: Final = _words("sons son daughters daughter co company brothers bros sisters partners associates cie fils")
"""Words behind "and" that make a firm of a name."""

GENERATIONS: Final = _words("jr sr jnr snr junior senior ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi")

SHIPS: Final = _words("mv ss hms rms uss ms mt fv hmcs hmas sv rv m/v s/s f/v")
"""What stands before the name of a ship."""

GIVEN: Final = _words("wm geo chas jas thos jos benj robt edw chr st ste mt ft")
"""Short forms with a full stop behind which a name goes on: "Wm. Tindall", "St. Tindall"."""

PARTICLES: Final = _words(
    "de del della dello delle degli di dos das des von zu zum zur af av ter bin ibn bint al el du da la le les lo "
    "née né nee rue calle rua piazza"
)
"""Words without a capital that belong to the name behind them: "Ida de Tindall", "rue Tindall"."""

LOOSE_PARTICLES: Final = _words("van den der ten y e i ben ap upon sur am")
"""Words that do so where a capital stands before them: "Ida van Tindall", but "the van Tindall sold"."""

LINKING_PARTICLES: Final = (PARTICLES | LOOSE_PARTICLES) - _words("i am ben née né nee rue calle rua piazza")
"""Words by which a name goes on where a capital stands behind them: "Tindall de Moor"."""

PREFIXES: Final = _words("anti pro ex non post pre mid un sub co inter trans pan neo then now")
"""Parts of words before a hyphen that say something of the name behind it: "anti-Tindall"."""

BEFORE_A_MONTH: Final = _words(
    "in of since until till from during before after between by to through throughout around about for "
    "early mid late last next this each every previous following"
)

BEFORE_A_DAY: Final = _words(
    "on of since until till from before after by to through last next this each every previous following"
)

OTHERS: Final = _words("another unrelated other elder younger older")
"""Words that say of somebody with that name that it is not the one who is known."""

INSTITUTIONS: Final = _words(
    "university bank museum port college school institute academy court church cathedral house hospital diocese "
    "society library friends order battle siege treaty republic kingdom duchy isle bay gulf mouth city county "
    "parliament archbishop duke duchess earl marquess"
)
"""Words with "of" behind them that begin a name of their own: "University of Exampleton"."""

STREETS: Final = _words("street road avenue lane square")
