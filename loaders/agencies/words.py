"""Every word that may announce an agency."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from loaders.agencies.cues import cues
from loaders.organs import RURAL_BODIES, TOWN_BODIES, branch_organs, catalogue


@cache
def agency_words() -> Mapping[str, str]:
    """Every form of an organ, head and self-reference, with what it is."""
    words: dict[str, str] = {}
    for head in cues().heads:
        words[head] = "head"
    for form in (*TOWN_BODIES, *RURAL_BODIES):
        if len(form) > 1 and form not in words:
            words[form] = "organ"
    for form in catalogue().organs:
        if form.startswith("委") and not form.startswith("委员"):
            words.update({p + form: "party" for p in "省市区县州旗盟"})
        elif len(form) > 1:
            words[form] = "organ"
    words.update({p + "委": "party" for p in "省市区县州旗盟"})
    words.update(dict.fromkeys(("纪检监察组", "纪检组"), "discipline"))
    words.update(dict.fromkeys(("地委", "行署", "行政公署"), "prefecture"))
    words.update({f"团{p}委": "youth" for p in "省市区县州旗盟"})
    words.update(
        {
            "党组": "leadership",
            "党总支": "committee",
            "分局": "branch",
            "中队": "branch",
            "两办": "offices",
        }
    )
    words.update(dict.fromkeys(branch_organs(), "branch"))
    words.update({p + "局": "bureau" for p in "省市区县州"} | {"省厅": "bureau"})
    words.update({form: "own" for form in cues().own_heads if form not in words})
    words.update(dict.fromkeys(("铁路运输法院", "铁路运输中级法院", "铁路运输检察院"), "railway"))
    words.update(dict.fromkeys(("法庭", "人民法庭"), "tribunal"))
    words.update({"派出所": "station", "司法所": "justice"})
    words.update(dict.fromkeys(catalogue().central, "central"))
    words.update(dict.fromkeys(cues().own, "self"))
    return words
