"""A small edition made by hand, so that the site can be tested without the rooms that read one."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

from builder.model import (
    Affiliation,
    Committee,
    Contributor,
    Event,
    ImportantDate,
    Include,
    Link,
    Markup,
    Name,
    Paper,
    PdfKind,
    Person,
    Plan,
    PlannedPaper,
    Program,
    Prose,
    Session,
    SiteSettings,
    Slot,
    Sponsor,
    SponsorTier,
    Supplement,
    Talk,
    Track,
    Volume,
)
from builder.model.markup import Link as MarkupLink
from builder.model.markup import Math, Styled, Text

KTH = Affiliation(name="KTH, Stockholm, Sweden")
MILA = Affiliation(name="Mila, Montréal, Canada")


def named(given: str, family: str, *places: Affiliation, **more: str) -> Contributor:
    return Contributor(name=Name(given=given, family=family), affiliations=places, **more)


def papers() -> tuple[Paper, ...]:
    jane = named("Jane", "Doe", KTH, MILA, person="jane-doe", orcid="0000-0002-1825-0097")
    lukas = named("Łukasz", "Øster", MILA)
    return (
        Paper(
            key="doe25",
            title=Markup(
                (
                    Text("Bounds of "),
                    Math("O(n \\log n)"),
                    Text(" for "),
                    Styled("emph", (Text("Sorting"),)),
                )
            ),
            contributors=(jane, lukas),
            abstract=Markup.text("We sort quickly.\n\nFormulas are read as MathML."),
            keywords=("sorting", "bounds"),
            track="long",
            archival=True,
            awards=("Best paper",),
            pdf_file="papers/doe25.pdf",
            openreview="https://openreview.net/forum?id=abc",
            code="https://example.org/code",
            supplements=(Supplement(file="papers/doe25-supp.zip", kind="software"),),
            presentation="oral",
            doi="10.5555/12345",
        ),
        Paper(
            key="oster25",
            title=Markup.text("A Short Note"),
            contributors=(lukas,),
            track="short",
            archival=True,
            pdf_file="papers/oster25.pdf",
        ),
        Paper(
            key="elsewhere25",
            title=Markup(
                (Text("Published "), MarkupLink("https://example.org/", (Text("elsewhere"),)))
            ),
            contributors=(
                Contributor(name=Name(literal="The ATLAS Collaboration", organisation=True)),
            ),
            track="short",
            include=Include.PROGRAM,
            pdf=PdfKind.LINK,
            pdf_url="https://example.org/paper.pdf",
        ),
        Paper(
            key="gone25",
            title=Markup.text("Withdrawn"),
            contributors=(jane,),
            include=Include.WITHDRAWN,
        ),
    )


def volume() -> Volume:
    nine, ten, eleven = dt.time(9), dt.time(10), dt.time(11)
    first, second = dt.date(2025, 7, 19), dt.date(2025, 7, 20)
    return Volume(
        event=Event(
            name="Workshop on Small Examples",
            short_name="WSE 2025",
            start=first,
            end=second,
            place="Vancouver, Canada",
            timezone="America/Vancouver",
            host="Big Conference 2025",
            host_url="https://example.org/big",
            contacts=(Link(title="Jane Doe", url="mailto:jane@example.org"),),
            links=(Link(title="Recordings", url="https://example.org/video"),),
        ),
        title="Proceedings of the Workshop on Small Examples",
        archival=True,
        publisher="Small Press",
        isbn="978-0-306-40615-7",
        license="CC-BY-4.0",
        tracks=(Track(id="long", name="Long papers"), Track(id="short", name="Short papers")),
        papers=papers(),
        people=(
            Person(
                id="jane-doe",
                name=Name(given="Jane", family="Doe"),
                affiliations=(KTH,),
                former_names=(Name(given="Janet", family="Roe"),),
                url="https://example.org/jane",
                biography="Works on examples.",
            ),
        ),
        committees=(
            Committee(
                id="organizers",
                title="Organizers",
                members=(
                    named("Jane", "Doe", KTH, person="jane-doe", role="Chair"),
                    named("Grace", "Hopper", MILA, url="https://example.org/grace"),
                ),
            ),
        ),
        program=Program(
            timezone="America/Vancouver",
            sessions=(
                Session(
                    id="opening", title="Opening", kind="opening", date=first, start=nine, end=ten
                ),
                Session(
                    id="keynote",
                    title="Keynote",
                    kind="keynote",
                    date=first,
                    start=ten,
                    end=eleven,
                    talk="hopper",
                ),
                Session(id="coffee", title="Coffee break", kind="break", date=first),
                Session(
                    id="block",
                    title="Session 1",
                    date=second,
                    parallel=True,
                    sessions=(
                        Session(
                            id="1a",
                            title="Session 1A",
                            kind="papers",
                            date=second,
                            start=nine,
                            end=ten,
                            room="Hall A",
                            chairs=(named("Grace", "Hopper"),),
                            slots=(
                                Slot(
                                    paper="doe25",
                                    start=nine,
                                    end=dt.time(9, 20),
                                    presenter="Łukasz Øster",
                                    remote=True,
                                ),
                                Slot(paper="", title="An invited poster"),
                            ),
                        ),
                        Session(
                            id="1b",
                            title="Session 1B",
                            kind="papers",
                            date=second,
                            start=nine,
                            end=ten,
                            slots=(Slot(paper="oster25"), Slot(paper="elsewhere25")),
                        ),
                    ),
                ),
                Session(
                    id="posters",
                    title="Posters",
                    kind="posters",
                    date=second,
                    slots=(Slot(paper="doe25"),),
                ),
            ),
            talks=(
                Talk(
                    id="hopper",
                    kind="keynote",
                    title="On Nanoseconds",
                    speakers=(named("Grace", "Hopper", MILA),),
                    abstract="A length of wire.",
                    recording="https://example.org/hopper",
                ),
            ),
        ),
        sponsors=(
            SponsorTier(
                title="Gold", sponsors=(Sponsor(name="ACME", url="https://example.org/acme"),)
            ),
        ),
        acknowledgement="Thanks to ACME.",
        dates=(ImportantDate(what="Submission", date=dt.date(2025, 5, 23), replaces="16 May"),),
        topics=("Examples",),
        prose=(Prose(file="index.md", title="WSE 2025"), Prose(file="about.md", title="About")),
        site=SiteSettings(url="https://example.org/2025/"),
    )


def plan() -> Plan:
    return Plan(
        (
            PlannedPaper(key="doe25", first=1, last=8, sha256="1" * 64),
            PlannedPaper(key="oster25", first=9, last=9, sha256="2" * 64),
        )
    )


ATTACKS = (
    "<script>window.hit=1</script>",
    '"><svg onload="window.hit=1">',
    "<img src=x onerror='window.hit=1'>",
    "</title></script><script>window.hit=1</script>",
    "' onmouseover='window.hit=1' x='",
    "{{ 7*7 }}{% raw %}{{ config }}",
    "javascript:window.hit=1",
    "</style><style>body{display:none}",
    "\u202eevil\u2066",
    "<!--",
    "]]>",
    "`{papers}`",
)


def hostile() -> Volume:
    """The same edition, every string that an author or editor gives being an attack."""
    whole = " ".join(ATTACKS)
    bad = "javascript:window.hit=1"
    person = Contributor(
        name=Name(given=ATTACKS[0], family=ATTACKS[1]),
        affiliations=(Affiliation(name=whole), Affiliation(name=ATTACKS[2])),
        url=bad,
        role=whole,
        orcid='0000-0002-1825-0097"><script>window.hit=1</script>',
        openreview='~x"><script>window.hit=1</script>',
        biography=whole,
        photo=whole,
    )
    text = Markup(
        (Text(whole), Math(whole), MarkupLink(bad, (Text(whole),)), Styled("code", (Text(whole),)))
    )
    base = volume()
    paper = replace(
        base.papers[0],
        key='k"><script>window.hit=1</script>',
        title=text,
        abstract=text,
        contributors=(person, person),
        keywords=ATTACKS,
        awards=ATTACKS,
        presentation=whole,
        note=whole,
        license=whole,
        doi='10.5555/"><script>window.hit=1</script>',
        openreview=bad,
        code="data:text/html,<script>window.hit=1</script>",
        video="vbscript:x",
        poster='https://example.org/"onclick="window.hit=1',
        slides="//example.org/x",
        supplements=(Supplement(file='papers/x"><script>.zip', kind=whole, title=whole),),
    )
    session = Session(
        id='s"><script>window.hit=1</script>',
        title=whole,
        kind=whole,
        room=whole,
        chairs=(person,),
        note=whole,
        recording=bad,
        url=bad,
        talk="t",
        slots=(Slot(paper=paper.key, presenter=whole), Slot(paper="", title=whole)),
    )
    return replace(
        base,
        event=replace(
            base.event,
            name=whole,
            place=whole,
            host=whole,
            host_url=bad,
            contacts=(Link(title=whole, url=bad),),
            links=(Link(title=whole, url=bad),),
        ),
        title=whole,
        statement=whole,
        archival=False,
        license=whole,
        tracks=(Track(id="long", name=whole), Track(id="short", name="Short")),
        papers=(paper, *base.papers[1:]),
        committees=(
            Committee(id='c"><script>window.hit=1</script>', title=whole, members=(person,)),
        ),
        program=replace(
            base.program,
            sessions=(session,),
            talks=(
                Talk(
                    id="t",
                    kind="keynote",
                    title=whole,
                    speakers=(person,),
                    moderators=(person,),
                    abstract=whole,
                    recording=bad,
                ),
            ),
        ),
        sponsors=(SponsorTier(title=whole, sponsors=(Sponsor(name=whole, url=bad, logo=whole),)),),
        acknowledgement=whole,
        dates=(ImportantDate(what=whole, text=whole, replaces=whole),),
        topics=(whole,),
    )


INDEX = """# WSE 2025

Welcome to {paper}`doe25` by {author}`jane-doe` in {session}`1a`, and $x^2$.

```{papers} long
```

```{program}
```

```{talks}
```

```{people} organizers
```

```{sponsors}
```

```{dates}
```

```{topics}
```

```{downloads}
```

```{citation} doe25
```
"""


def write(root: Path, *, index: str = INDEX) -> Path:
    """The files that Sphinx itself reads."""
    folder = root / "proceedings"
    folder.mkdir(parents=True)
    (folder / "conf.py").write_text(
        'project = "WSE 2025"\nextensions = ["builder.site"]\n', encoding="utf-8"
    )
    if index:
        (folder / "index.md").write_text(index, encoding="utf-8")
    (folder / "about.md").write_text("# About\n\nSee {doc}`index`.\n", encoding="utf-8")
    (root / "papers").mkdir()
    (root / "papers" / "doe25-supp.zip").write_bytes(b"PK\x05\x06" + bytes(18))
    return root
