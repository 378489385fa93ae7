"""Who reports, on which year and place.

Comes in: a document. Goes out: a :class:`Heading`. Trust falls in this order:
title (over one to three lines), salutation, first paragraph, signature, footer
of the web page. What cannot be told stays empty, with a warning: a missing year
is better than a wrong one.
"""

from __future__ import annotations

from dataclasses import replace

from loaders.document import Document
from loaders.heading.choice import find_unit
from loaders.heading.dates import find_date
from loaders.heading.evidence import Evidence
from loaders.heading.lines import FOOT_LINES, HEAD_LINES, read_lines
from loaders.heading.model import Heading
from loaders.heading.opening import find_announced
from loaders.heading.surfaces import find_abbreviations, find_surfaces
from loaders.heading.title import find_title
from loaders.heading.year import find_year
from loaders.organs import level_of, line_of, name_agency
from loaders.widths import even_width

__all__ = ["Heading", "find_heading"]


def find_heading(doc: Document) -> Heading:
    """Tell unit, year, place and date of a report from its head and foot.

    Args:
        doc: The report's text.
    Returns:
        A heading; what could not be told is None and has a warning.
    """
    doc = replace(doc, text=even_width(doc.text))
    lines = list(read_lines(doc.text))
    head, foot = lines[:HEAD_LINES], lines[-FOOT_LINES:]
    warnings: list[str] = []
    title = find_title(head) or find_announced(head)
    published, bad_date = find_date(head, foot, title)
    if bad_date:
        warnings.append(f"The date {bad_date} does not exist, so the report has no date.")
    year = find_year(title, doc, lines, published, warnings)
    unit = find_unit(title, lines, head, foot, Evidence(doc.text), year)
    if unit is None:
        warnings.append("Neither title, opening, signature nor footer names the reporting unit.")
        return Heading(title, year=year, published=published, warnings=tuple(warnings))
    if unit.ambiguous:
        places = sorted({p.full_name for p in unit.rivals})[:5]
        warnings.append(
            f"{unit.printed} may be of several places ({'、'.join(places)} …), and nothing in the"
            " text tells which; its place stays open."
            if places
            else f"Nothing in the text tells of which place {unit.printed} is."
        )
    name, place = unit.name, unit.place
    if place and place.level == "乡镇街道":
        for short in sorted(find_abbreviations(doc.text, place)):
            name = name_agency(place, unit.body, short)
    return Heading(
        title,
        name.name,
        name.also,
        find_surfaces(doc.text, unit),
        year,
        place,
        level_of(name.name, place),
        line_of(name.name),
        published,
        tuple(warnings),
    )
