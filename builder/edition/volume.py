"""edition.yaml as records: the event, the volume, settings."""

from __future__ import annotations

from builder.edition.forms.booklet import VolumesForm
from builder.edition.forms.edition import EditionForm
from builder.edition.forms.fields import DateForm
from builder.edition.forms.special_issue import SpecialIssueForm
from builder.edition.people import Registry
from builder.edition.sheet import Ids, Sheet
from builder.model import (
    BookletSettings,
    Event,
    Finding,
    GuestEditor,
    ImportantDate,
    Link,
    News,
    SiteSettings,
    SpecialIssue,
    Sponsor,
    SponsorTier,
    Stamps,
    Track,
    VolumeOf,
    Volumes,
)


def event(form: EditionForm) -> Event:
    """The workshop or conference."""
    said = form.event
    return Event(
        name=said.name,
        short_name=said.short_name or said.name,
        start=said.start or said.end,
        end=said.end or said.start,
        place=said.place,
        host=said.host,
        host_url=said.host_url,
        url=said.url,
        timezone=said.timezone,
        contacts=tuple(
            Link(
                title=contact.name, url=f"mailto:{contact.email}" if contact.email else contact.url
            )
            for contact in said.contacts
        ),
        links=tuple(Link(title=link.title, url=link.url) for link in said.links),
    )


def tracks(sheet: Sheet[EditionForm], findings: list[Finding]) -> tuple[Track, ...]:
    """The kinds of papers."""
    ids = Ids("track", findings)
    found = []
    for index, form in enumerate(sheet.form.tracks if sheet.form else ()):
        if (id := ids.given(form.id, sheet.where("tracks", index, "id"))) is not None:
            found.append(
                Track(
                    id=id,
                    name=form.name,
                    page_limit=form.page_limit,
                    references_counted=form.references_counted,
                )
            )
    return tuple(found)


def sponsors(form: EditionForm) -> tuple[SponsorTier, ...]:
    """Sponsors by level; empty levels are left out."""
    return tuple(
        SponsorTier(
            title=tier.title,
            sponsors=tuple(
                Sponsor(name=sponsor.name, url=sponsor.url, logo=sponsor.logo)
                for sponsor in tier.sponsors
            ),
        )
        for tier in form.sponsors.tiers
        if tier.sponsors
    )


def important_date(form: DateForm) -> ImportantDate:
    """One line of a list of dates."""
    return ImportantDate(what=form.what, date=form.date, text=form.text, replaces=form.replaces)


def news(form: EditionForm) -> tuple[News, ...]:
    """What happened, the latest first; of one day in the editors' order."""
    told = sorted(form.news, key=lambda one: one.date, reverse=True)
    return tuple(News(date=one.date, text=one.text, url=one.url) for one in told)


def booklet(form: EditionForm) -> BookletSettings:
    """How the booklet looks; parts that are not named are the usual ones."""
    said, usual = form.booklet, BookletSettings()
    front, back = said.front_matter, said.back_matter
    return BookletSettings(
        page=said.page,
        scale=said.scale,
        front_matter=tuple(front) if front is not None else usual.front_matter,
        back_matter=tuple(back) if back is not None else usual.back_matter,
        contents=said.contents,
        stamps=Stamps(
            first_page=said.stamps.first_page,
            page_numbers=said.stamps.page_numbers,
            first_header=said.stamps.first_header,
            header=said.stamps.header,
            footer=said.stamps.footer,
            numbers=said.stamps.numbers,
            papers=dict(said.stamps.papers),
        ),
        color=said.color,
        cover=said.cover,
        cover_image=said.cover_image,
        logos=tuple(said.logos),
        dividers=said.dividers,
        committees=dict(said.committees),
        particles=said.particles,
        linearized=said.linearize,
        volumes=_volumes(said.volumes) if said.volumes else None,
        supplements=dict(said.supplements),
        handbook=tuple(said.handbook) if said.handbook is not None else usual.handbook,
        words=dict(said.words),
        pdf_standard=said.pdf_standard,
    )


def _volumes(said: VolumesForm) -> Volumes:
    return Volumes(
        by_track=said.by == "track",
        pages=said.pages or 0,
        listed=tuple(
            VolumeOf(title=one.title, tracks=tuple(one.tracks), papers=tuple(one.papers))
            for one in said.listed
        ),
        numbering=said.numbering,
    )


def site(form: EditionForm) -> SiteSettings:
    """What the site exposes; its address always ends in a slash."""
    url = form.site.url
    return SiteSettings(
        url=f"{url.rstrip('/')}/" if url else "",
        scholarly_tags=form.site.scholarly_tags,
        index=form.site.index,
        editions=tuple(Link(title=one.title, url=one.url) for one in form.site.editions),
        redirects={moved.old: moved.new for moved in form.site.redirects},
    )


def special_issue(sheet: Sheet[SpecialIssueForm], registry: Registry) -> SpecialIssue | None:
    """What the editors wrote about a special issue, or `None` if they wrote nothing."""
    form = sheet.form
    if form is None:
        return None
    editors = []
    for index, someone in enumerate(form.guest_editors):
        contributor = registry.contributor(someone, sheet.where("guest_editors", index))
        if contributor is not None:
            editors.append(
                GuestEditor(
                    contributor=contributor, experience=someone.experience, lead=someone.lead
                )
            )
    return SpecialIssue(
        title=form.title,
        scope=form.scope,
        topics=tuple(form.topics),
        motivation=form.motivation,
        relevance=form.relevance,
        timeliness=form.timeliness,
        review=form.review,
        expected=form.expected,
        publicity=form.publicity,
        conflicts=form.conflicts,
        tracks=tuple(form.select.tracks),
        minimum_pages=form.select.minimum_pages,
        excluded=dict(form.select.exclude),
        previously_published=form.select.previously_published,
        published_tracks=tuple(form.select.published_tracks),
        new_content=dict(form.select.new_content),
        own_papers=dict(form.select.own_papers),
        targets=tuple(form.targets),
        guest_editors=tuple(editors),
        timeline=tuple(important_date(date) for date in form.timeline),
    )
