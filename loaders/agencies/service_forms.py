"""Centres that a report only sets up or relies on: a form of service, and no body that acts.

ANNOTATION.md, Cases settled: a service centre that acts is an agency, one that is only a
form of service is a mechanism.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from loaders.agencies.cues import cues
from loaders.agencies.scan import Scan
from loaders.entities import Mention

_WIDEST = 24
"""Characters in front of a centre in which the verb that governs it stands."""


@cache
def _governed() -> re.Pattern[str]:
    verbs = "|".join(cues().service_verbs)
    return re.compile(
        rf"(?:{verbs})(?:了|全?[省市县区镇乡村]|街道|[、级两三四]|各|高新区|开发区|“一站式”|\d+余?[个家处])*$"
    )


def without_service_forms(scan: Scan, mentions: Sequence[Mention]) -> list[Mention]:
    """Leave out the centres that a report never has act.

    Args:
        scan: The report.
        mentions: Agencies, in text order.
    """
    forms: set[str] = set()
    active: set[str] = set()
    for mention in mentions:
        if mention.surface.endswith(cues().service_forms):
            (forms if _is_form(scan, mention) else active).add(mention.name)
    return [m for m in mentions if m.name not in forms - active]


def _is_form(scan: Scan, mention: Mention) -> bool:
    """Whether a verb of setting up or relying on governs the mention."""
    start = max(scan.text.rfind("\n", 0, mention.start) + 1, mention.start - _WIDEST)
    return _governed().search(scan.text, start, mention.start) is not None
