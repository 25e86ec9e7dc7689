"""Small closed classes of words, and marks, that the reading of a sentence turns on."""

PRONOUNS = frozenset(
    "he she they it we i you who él ella il elle er sie он она ele ela lui lei hij zij".split()
)
DETERMINERS = frozenset(
    "the a an his her their its our my this that these those one another some many several two "
    "three four five most both no every each any el la los las un una le les der die das ein "
    "eine".split()
)
INDEFINITE = frozenset("a an one another some many several few two three".split())
PREPOSITIONS = frozenset(
    "of for from at in on to with by behind near inside outside under against about after before "
    "between among over during like as than into through without within via per despite since "
    "de du des del en à au aux von vom zu zum bei mit по в на с из".split()
)
# Prepositions that lead from a noun to what belongs to it: "the head of the port".
COMPLEMENTS = frozenset(
    "of for from at in on with by near behind inside outside to against within between among "
    "de du des del en à au aux von vom zu zum bei по в на из".split()
)
# Prepositions that begin a clause as well: "three days after Homma said", "as Homma noted".
CLAUSAL = frozenset("after before since as than like".split())
PLURALS = frozenset("police people men women children media others many some most few both".split())
TIMES = frozenset("week month year morning afternoon evening night spring summer fall".split())
STATES = frozenset(
    "ala. ariz. ark. calif. colo. conn. del. fla. ga. ill. ind. kan. ky. la. md. mass. mich. "
    "minn. miss. mo. mont. neb. nev. n.h. n.j. n.m. n.y. n.c. n.d. okla. ore. pa. r.i. s.c. s.d. "
    "tenn. tex. vt. va. wash. w.va. wis. wyo. d.c.".split()
)
CONJUNCTIONS = frozenset(
    "and but or while when as if because although though where that which".split()
)
BE = frozenset("is are was were be been being get gets got".split())
SKIPPED = frozenset(
    "also then later has have had would will still once again even never just first recently "
    "now ever often always did does do not could can may might should must already further too "
    "himself herself themselves himself all both simply n’t ever himself sometimes soon instead "
    "afterward afterwards today yesterday monday tuesday wednesday thursday friday saturday sunday "
    "’s 's s is are was were been being nie hat haben ha han a ont avait".split()
)
NOT_LY = frozenset(
    "family reply supply ally rally italy assembly bully july emily kelly reilly daly "
    "sally molly holly polly billy lily".split()
)
# Capitals that begin a sentence but belong to no name.
SENTENCE_OPENERS = frozenset(
    "the a an this that these those but and or so yet in on at by for from to with as if when "
    "while after before during since until because although though however meanwhile "
    "earlier later last "
    "next now then here there still also even once again what who why how where which it its he "
    "she they we i you his her their our my your not no yes all some many most both each every "
    "one two three other another such only just according despite like unlike under over "
    "about following "
    "asked speaking writing perhaps maybe indeed instead moreover furthermore additionally "
    "nevertheless nonetheless of is are was were do does did has have had will would can could "
    "should may might let today yesterday tomorrow well though ahead few those several never "
    "asked told said given ultimately finally former first second third "
    # and in the other languages that newsgen reads
    "mais et pour selon dans alors puis ainsi donc enfin depuis après avant lors "
    "pero según entonces además también cuando mientras "
    "mas segundo então também quando depois antes ma secondo però anche quindi poi "
    "но и а по как в на для если когда также затем "
    "maar volgens toen ook".split()
)
DAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may "
    "june july august september october november december "
    "jan. feb. mar. apr. aug. sept. oct. nov. dec. "
    "mon tue wed thu fri sat sun".split()
)
PARTICLES = frozenset(
    "de da del della der di dos du van von bin ibn al el la le ben bint y e den ter ten 't".split()
)
BEFORE_BASE = frozenset(
    "to will would can could may might must should did do does not didn't didn’t don't don’t i we "
    "they you who also and that which".split()
)
SKIPPED_S = frozenset("is was has does as its his this us".split())
# Determiners that may stand alone for somebody: "some said".
SPEAKING = frozenset(
    "some many most others one both all several another two three four half".split()
)
TELLS = frozenset(("told", "tells", "tell", "assured", "reminded", "informed"))
DASHES = frozenset("—–-―-") | {"--", "---"}
BREAKS = frozenset(",;:—–") | {"--", "---", "-", "―"}
FARTHEST = 60  # tokens looked back over: a longer apposition is a list, and the work stays linear
