"""Party and state organs: how they are named at a place, and what a name tells.

Comes in: a division and an organ as a text names it (东城区 + 教委). Goes out:
the canonical name, other full names that are just as right, and the properties
of an agency, which follow from its canonical name alone.
"""

from loaders.organs.aliases import aliases_of
from loaders.organs.catalogue import Catalogue, Name, Organ, catalogue
from loaders.organs.naming import (
    PARTY_BODIES,
    POLICE,
    RURAL_BODIES,
    TOWN_BODIES,
    branch_organs,
    is_subdistrict,
    is_zone,
    name_agency,
    name_branch,
    name_police_branch,
    place_forms,
    zone_tails,
)
from loaders.organs.node import agency_properties
from loaders.organs.properties import level_of, line_of, place_in
from loaders.organs.reforms import successor

__all__ = [
    "PARTY_BODIES",
    "POLICE",
    "RURAL_BODIES",
    "TOWN_BODIES",
    "Catalogue",
    "Name",
    "Organ",
    "agency_properties",
    "aliases_of",
    "branch_organs",
    "catalogue",
    "is_subdistrict",
    "is_zone",
    "level_of",
    "line_of",
    "name_agency",
    "name_branch",
    "name_police_branch",
    "place_forms",
    "place_in",
    "successor",
    "zone_tails",
]
