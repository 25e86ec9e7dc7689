"""Headings: the tags, people, organisations, places, events and works that have a page."""

from collections import Counter

import msgspec

from newsgen.entries import Entries
from newsgen.kinds import Kinds
from newsgen.model import Record, Subject
from newsgen.subjects import Membership
from newsgen.text import initial_of, sort_key

# In an archive of more than so many articles, a phrase that more than a third of them propose tells
# none from the others: it is no tag.
_SMALL = 50
_SHARE = 3
_encode = msgspec.json.Encoder().encode
_membership = msgspec.json.Decoder(Membership)


class Heading(Record, frozen=True):
    """A tag, person, organisation, place, event or work with a page of its own.

    `proposed`: no article states it. `iptc` is the Media Topic that it stands for. `joined` counts
    the articles that find another kind of thing in the name.
    """

    taxonomy: str
    slug: str
    name: str
    forms: tuple[str, ...]
    articles: int
    quotes: int
    first: str | None
    last: str | None
    proposed: bool = False
    iptc: str | None = None
    joined: int = 0

    @property
    def permalink(self) -> str:
        return f"{self.taxonomy}/{self.slug}.html"


_heading = msgspec.json.Decoder(Heading)


class Headings:
    """What the entries of articles make of each term."""

    def __init__(self, entries: Entries, kinds: Kinds, tag_minimum: int) -> None:
        self.connection = entries.connection
        self.entries = entries
        self.kinds = kinds
        self.tag_minimum = tag_minimum

    def most(self) -> int:
        """How many articles may share a proposed tag, in an archive as large as this one is now."""
        (articles,) = self.connection.execute("SELECT count(*) FROM articles").fetchone()
        return int(articles) // _SHARE if articles > _SMALL else int(articles)

    def unsettled(self, most: int) -> list[Subject]:
        """The tags that stand or fall with the number of articles in the archive."""
        back = self.connection.execute("SELECT slug FROM common WHERE articles <= ?", (most,))
        large = self.connection.execute(
            "SELECT record FROM headings WHERE taxonomy = 'tags' AND articles > ?", (most,)
        )
        slugs = [row[0] for row in back]
        slugs += [tag.slug for tag in (_heading.decode(row[0]) for row in large) if tag.proposed]
        return [Subject("term", f"tags/{slug}") for slug in slugs]

    def derive(self, key: str, most: int) -> None:
        """Bring the heading of a term up to date, and touch what shows it."""
        taxonomy, _, slug = key.partition("/")
        heading = self._count(taxonomy, slug)
        if taxonomy == "tags":
            self.connection.execute("DELETE FROM common WHERE slug = ?", (slug,))
        if heading is not None and heading.proposed and heading.articles > most:
            self.connection.execute("INSERT INTO common VALUES (?, ?)", (slug, heading.articles))
            heading = None
        old = self.at(taxonomy, slug)
        if heading == old:
            return
        self.connection.execute(
            "DELETE FROM headings WHERE taxonomy = ? AND slug = ?", (taxonomy, slug)
        )
        if heading is not None:
            self.connection.execute(
                "INSERT INTO headings VALUES (?, ?, ?, ?, ?, ?)",
                (
                    taxonomy,
                    slug,
                    initial_of(heading.name),
                    sort_key(heading.name),
                    heading.articles,
                    _encode(heading),
                ),
            )
        self.entries.touch(
            Subject("taxonomy", taxonomy),
            Subject("site", ""),
            Subject("report", ""),
            Subject("quotes", ""),
            Subject("sitemaps", ""),
        )
        for name in {h.name for h in (old, heading) if h is not None}:
            self.entries.touch(Subject("letter", f"{taxonomy}/{initial_of(name)}"))
        if (old is None) != (heading is None):
            # An article's page names its tags only where there is a page to lead to.
            self.entries.touch(*(Subject("article", owner) for owner in self._owners(key)))

    def _owners(self, term: str) -> list[str]:
        rows = self.connection.execute(
            "SELECT owner FROM entries WHERE subject = 'term' AND key = ? AND kind = 'article'",
            (term,),
        )
        return [row[0] for row in rows]

    def _count(self, taxonomy: str, slug: str) -> Heading | None:
        """What a heading's articles make of it; None while only too few of them propose it.

        None, too, for a name that usually is of another kind.
        """
        keys = self._keys(f"{taxonomy}/{slug}")
        names: Counter[str] = Counter()
        forms: Counter[str] = Counter()
        dates: list[str] = []
        owners: dict[str, bool] = {}  # whether an article finds this kind in the name
        stated, iptc = False, None
        for sort, owner, key, payload in self.connection.execute(
            "SELECT sort, owner, key, payload FROM entries WHERE subject = 'term' "
            f"AND key IN ({', '.join('?' * len(keys))}) AND kind = 'article' ORDER BY sort",
            keys,
        ):
            membership = _membership.decode(payload)
            owners[owner] = owners.get(owner, False) or key == keys[0]
            stated = stated or not membership.proposed
            iptc = membership.iptc or iptc
            names[membership.name] += 1
            forms.update(membership.forms)
            if not sort.startswith("~"):
                dates.append(sort.partition(" ")[0])
        if not owners or (not stated and len(owners) < self.tag_minimum):
            return None
        quotes = self.connection.execute(
            "SELECT count(*) FROM entries WHERE subject = 'term' "
            f"AND key IN ({', '.join('?' * len(keys))}) AND kind = 'by'",
            keys,
        ).fetchone()[0]
        name = min(names, key=lambda name: (-names[name], name))
        others = {*names, *forms} - {name}
        ranked = sorted(others, key=lambda form: (-(names[form] + forms[form]), form))
        return Heading(
            taxonomy=taxonomy,
            slug=slug,
            name=name,
            forms=tuple(ranked[:12]),
            articles=len(owners),
            quotes=quotes,
            first=dates[0] if dates else None,
            last=dates[-1] if dates else None,
            proposed=not stated,
            iptc=iptc,
            joined=len(owners) - sum(owners.values()),
        )

    def _keys(self, term: str) -> tuple[str, ...]:
        """The terms whose articles stand under a heading; none for one that is joined."""
        if term.startswith("tags/"):
            return (term,)
        return self.kinds.keys(term) if self.kinds.usual(term) == term else ()

    def at(self, taxonomy: str, slug: str) -> Heading | None:
        """The heading at a place, if it has a page."""
        row = self.connection.execute(
            "SELECT record FROM headings WHERE taxonomy = ? AND slug = ?", (taxonomy, slug)
        ).fetchone()
        return _heading.decode(row[0]) if row else None

    def listed(self, taxonomy: str, initial: str | None = None) -> list[Heading]:
        """A taxonomy's headings, or those under one initial, in the order of an A to Z."""
        rows = self.connection.execute(
            "SELECT record FROM headings WHERE taxonomy = ? AND (initial = ? OR ? IS NULL) "
            "ORDER BY sort, slug",
            (taxonomy, initial, initial),
        )
        return [_heading.decode(row[0]) for row in rows]

    def largest(self, taxonomy: str, most: int) -> list[Heading]:
        """The headings with the most articles."""
        rows = self.connection.execute(
            "SELECT record FROM headings WHERE taxonomy = ? "
            "ORDER BY articles DESC, sort, slug LIMIT ?",
            (taxonomy, most),
        )
        return [_heading.decode(row[0]) for row in rows]

    def initials(self, taxonomy: str) -> list[tuple[str, int]]:
        """The initials of a taxonomy's headings with how many stand under each."""
        rows = self.connection.execute(
            "SELECT initial, count(*) FROM headings WHERE taxonomy = ? "
            "GROUP BY initial ORDER BY initial",
            (taxonomy,),
        )
        return [(initial, count) for initial, count in rows]
