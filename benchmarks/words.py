"""The words that invented archives are made of, and names of any number, all of them different."""


def listed(text: str) -> list[str]:
    """The items of a list that is written with commas."""
    return [" ".join(item.split()) for item in text.split(",")]


GIVEN = listed(
    """Ada, Bruno, Chidi, Dora, Emil, Farah, Goran, Hana, Idris, Joan, Kofi, Lena, Mateo, Nadia,
    Oskar, Priya, Quentin, Rosa, Samir, Tove, Umar, Vera, Wanda, Xenia, Yusuf, Zora"""
)
FAMILY = listed(
    """Abernathy, Brandvold, Castellane, Drummore, Eriksholm, Fairweather, Galloway, Hartigan,
    Ingleby, Jarnvik, Kestrel, Lindqvist, Marchetti, Nakagawa, Okafor, Pellegrin, Quarrington,
    Rasmussen, Sandoval, Thornbury, Ueland, Vandermeer, Wetherby, Yardley, Zielinski, Ashdown,
    Birchall, Corrigan, Dunmore, Ellery, Forsyth, Greaves, Holloway, Iverson, Jessop, Kirkbride"""
)
TOWNS = listed(
    """Easthaven, Millbrook, Sallowby, Thornmouth, Wexcombe, Harrowgate-on-Sea, Kelmsford,
    Dunlevin, Aldermoor, Brackwater, Carrowmere, Denholt, Fennimore, Gullane, Hesketh, Ironbridge,
    Jarrowby, Kingsferry"""
)
THINGS = listed(
    """ferry link, harbour wall, fish market, night train, wind farm, flood barrier, teaching
    hospital, swing bridge, reservoir, bus station, town library, salt works, tidal mill, school
    kitchen, lighthouse, cable car, rescue station, cycle path, power line, grain store"""
)
EVENTS = listed(
    """reopens after repairs, divides council, wins backing, faces new delay, to cost twice as
    much, nears final vote, sold to workers, put on hold, draws record crowd, named in audit, goes
    to court, gets second inquiry"""
)
ROLES = listed(
    """mayor of {town}, director of the {town} Harbour Trust, a union delegate, chief engineer,
    a spokesperson for the {town} Hospital Board, head of the county council, a retired pilot"""
)
FIELDS = listed(
    "energy, transport, fishing, flooding, health, schools, courts, housing, budget, heritage"
)
ASPECTS = listed(
    """plans, costs, workers, disputes, records, repairs, inquiries, safety, grants, history,
    abroad, for children, in winter, for visitors, by night, and the law, and the sea, on trial,
    at a loss, in numbers"""
)
CONCERNS = listed(
    "safety, noise, money, jobs, parking, access, tourism, drainage, staffing, insurance"
)
MONTHS = listed("Jan, Feb, Mar, Apr, May, Jun, Jul, Aug, Sep, Oct, Nov, Dec")
PAPERS = listed(
    """Easthaven Post, Millbrook Courier, Coast Wire, County Examiner, Sallowby Echo, Thornmouth
    Herald, Wexcombe Star, Kelmsford Gazette, Dunlevin Journal, Aldermoor Mercury"""
)
BODIES = listed(
    """Harbour Trust, Hospital Board, Ferry Company, Water Union, Rescue Society, Fish Market,
    School Council, Museum, Police, Housing Fund, Bus Company, University, Chamber of Trade,
    Lighthouse Office, Wind Company, Sailing Club, County Court, Bank, Orchestra, Football Club"""
)
_FIRST = listed(
    """Al, Bran, Cor, Dun, El, Fen, Gul, Har, Ing, Jar, Kel, Lind, Mar, Nor, Ock, Pel, Quar, Ras,
    Sal, Thorn, Ul, Van, Wex, Yar"""
)
_MIDDLE = listed("a, der, e, fa, ing, ko, li, mo, o, re, su, ti")
_LAST_OF_PEOPLE = listed(
    "berg, bury, dahl, gan, holm, kirk, man, nath, quist, rup, sen, ski, stead, vold, way, zio"
)
_LAST_OF_PLACES = listed(
    """beck, brook, by, combe, dale, ferry, field, ford, gate, ham, haven, holt, kirk, mere, moor,
    mouth, port, stow, wick, worth"""
)
_QUARTERS = listed("Upper, Lower, North, South, East, West, New, Old, Great, Little, Long, Saint")
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def person(number: int) -> str:
    """The name of one of 124,000 people, or with a middle initial of three million."""
    rest, given = divmod(number, len(GIVEN))
    initial, rest = divmod(rest, len(_FIRST) * len(_MIDDLE) * len(_LAST_OF_PEOPLE))
    letter = f"{_LETTERS[initial - 1]}. " if initial else ""
    return f"{GIVEN[given]} {letter}{_compound(rest, _LAST_OF_PEOPLE)}"


def place(number: int) -> str:
    """The name of one of 5,760 places, or with a quarter before it of 69,000."""
    quarter, rest = divmod(number, len(_FIRST) * len(_MIDDLE) * len(_LAST_OF_PLACES))
    before = f"{_QUARTERS[quarter - 1]} " if quarter else ""
    return f"{before}{_compound(rest, _LAST_OF_PLACES)}"


def organisation(number: int) -> str:
    """The name of one of a million organisations."""
    town, body = divmod(number, len(BODIES))
    return f"{place(town)} {BODIES[body]}"


def tag(number: int) -> str:
    """One of 200 tags."""
    return f"{FIELDS[number % len(FIELDS)]} {ASPECTS[number // len(FIELDS)]}"


def _compound(number: int, last: list[str]) -> str:
    # The middle changes least often, so that small archives have names that look different.
    rest, first = divmod(number, len(_FIRST))
    middle, end = divmod(rest, len(last))
    return f"{_FIRST[first]}{_MIDDLE[middle]}{last[end]}"
