"""Figures of the analyses, as PNG or SVG, with names in both languages.

Matplotlib draws them; it is an extra, and so is a font that has Chinese: where
either is missing, the error says what to install.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.diffusion import (
    Spread,
    adoption_curve,
    lag_after_regulation,
    regulation_authority,
    spread_of,
)
from graph.errors import ExportError
from graph.network import Network
from graph.schema import id_name
from graph.target import beside, check_target, replace_target

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SUFFIXES = (".png", ".svg")
FONTS = (
    "Noto Sans CJK SC", "Source Han Sans SC", "Noto Sans SC", "Microsoft YaHei", "PingFang SC",
    "SimHei", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "Noto Serif CJK SC", "SimSun",
    "Noto Sans CJK JP", "Noto Serif CJK JP", "Droid Sans Fallback",
)  # fmt: skip
"""Fonts that have Chinese, the preferred first. A font collection is found by its first name."""

RANKED = 15
"""Regulations that the figure of the central ones has."""

Draw = Callable[["Axes"], None]

LONGEST = 24
"""Characters of a name beside a bar."""

_DIRECTIONS: tuple[tuple[str, Callable[[Spread], bool]], ...] = (
    ("上级已有 Above had it", lambda s: s.above > 0 and not s.below),
    ("下级已有 Below had it", lambda s: s.below > 0 and not s.above),
    ("上下级皆已有 Both had it", lambda s: s.above > 0 and s.below > 0),
    ("仅同级地区已有 Only beside", lambda s: not s.above and not s.below and s.beside > 0),
    ("周围无先例 Nobody near", lambda s: not s.above and not s.below and not s.beside),
)


def draw_adoption(
    network: Network, mechanisms: Sequence[str], path: Path, *, force: bool = False
) -> None:
    """Draw the adoption curves of mechanisms: units that have adopted, by year.

    Args:
        network: See :func:`graph.diffusion.adoption_curve`.
        mechanisms: Ids, one curve each.
        path: File to write, ``.png`` or ``.svg``.
        force: Replace a file that exists.
    Raises:
        ExportError: Nothing to draw, no Matplotlib, no Chinese font, or the file
            cannot be written.
    """
    curves = {m: adoption_curve(network, m) for m in mechanisms}
    if not any(curves.values()):
        raise ExportError("no report with a year says that these mechanisms are applied")

    def draw(axes: Axes) -> None:
        for mechanism, points in curves.items():
            if points:
                years, totals = [p.year for p in points], [p.total for p in points]
                axes.plot(years, totals, marker="o", label=_name(network, mechanism))
        axes.set_xlabel("年份 Year")
        axes.set_ylabel("累计采用单位数 Units that have adopted")
        axes.set_ylim(bottom=0)
        _legend(axes)

    _write(draw, path, force=force)


def draw_lag(
    network: Network, mechanisms: Sequence[str], path: Path, *, force: bool = False
) -> None:
    """Draw how many years after its regulation each unit adopted a mechanism.

    Args:
        network: See :func:`graph.diffusion.lag_after_regulation`.
        mechanisms: Ids, one colour each.
        path: File to write, ``.png`` or ``.svg``.
        force: Replace a file that exists.
    Raises:
        ExportError: As for :func:`draw_adoption`.
    """
    counted = {
        m: Counter(lag.years for lag in lag_after_regulation(network, m)) for m in mechanisms
    }
    lags = {mechanism: counts for mechanism, counts in counted.items() if counts}
    if not lags:
        raise ExportError("these mechanisms cite no regulation whose year of issue is known")

    def draw(axes: Axes) -> None:
        for number, (mechanism, counts) in enumerate(lags.items()):
            width = 0.8 / len(lags)
            at = [year + (number + 0.5) * width - 0.4 for year in sorted(counts)]
            heights = [counts[year] for year in sorted(counts)]
            axes.bar(at, heights, width, label=_name(network, mechanism))
        axes.set_xlabel("法规制发之后的年数 Years after the regulation")
        axes.set_ylabel("单位数 Units")
        _legend(axes)

    _write(draw, path, force=force)


def draw_spread(
    network: Network, mechanisms: Sequence[str], path: Path, *, force: bool = False
) -> None:
    """Draw who had a mechanism before its adopters: units by year, stacked.

    Args:
        network: See :func:`graph.diffusion.spread_of`.
        mechanisms: Ids; the adopters of several add up.
        path: File to write, ``.png`` or ``.svg``.
        force: Replace a file that exists.
    Raises:
        ExportError: As for :func:`draw_adoption`.
    """
    found = [spread for mechanism in mechanisms for spread in spread_of(network, mechanism)]
    if not found:
        raise ExportError("no report with a year says that these mechanisms are applied")
    years = sorted({spread.year for spread in found})

    def draw(axes: Axes) -> None:
        bottom = [0] * len(years)
        for number, (label, is_so) in enumerate(_DIRECTIONS):
            counts = Counter(spread.year for spread in found if is_so(spread))
            heights = [counts[year] for year in years]
            if any(heights):
                axes.bar(years, heights, 0.7, bottom=bottom, label=label, color=f"C{number}")
            bottom = [low + height for low, height in zip(bottom, heights, strict=True)]
        axes.set_xlabel("采用年份 Year of adoption")
        axes.set_ylabel("新采用单位数 Units that adopt")
        _legend(axes, title="、".join(_name(network, m).partition("\n")[0] for m in mechanisms))

    _write(draw, path, force=force)


def draw_authority(network: Network, path: Path, *, force: bool = False) -> None:
    """Draw the regulations that are central in the network of citations.

    Args:
        network: See :func:`graph.diffusion.regulation_authority`.
        path: File to write, ``.png`` or ``.svg``.
        force: Replace a file that exists.
    Raises:
        ExportError: As for :func:`draw_adoption`.
    """
    scores = list(regulation_authority(network).items())[:RANKED]
    if not scores:
        raise ExportError("no report here cites a regulation")

    def draw(axes: Axes) -> None:
        # Several may bear one name, so that they are placed by number.
        places = range(len(scores))
        axes.barh(places, [score for _, score in scores], 0.7)
        axes.set_yticks(places, [_short(_name(network, regulation)) for regulation, _ in scores])
        axes.invert_yaxis()
        axes.set_xlabel("权威得分 Authority score")
        axes.set_ylabel("法规 Regulation")

    _write(draw, path, force=force, whole_numbers=False)


def _legend(axes: Axes, title: str = "") -> None:
    """Above the axes, where it hides nothing."""
    axes.legend(
        title=title or None, loc="lower left", bbox_to_anchor=(0, 1), ncols=2, frameon=False
    )


def _short(name: str) -> str:
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…"


def _name(network: Network, mechanism: str) -> str:
    """Chinese name and, where there is one, the English below it."""
    data = network.nodes[mechanism]
    names = (str(data.get("name") or id_name(mechanism)), str(data.get("name_en") or ""))
    return "\n".join(filter(None, names))


def _write(draw: Draw, path: Path, *, force: bool, whole_numbers: bool = True) -> None:
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise ExportError(f"{path} is to end in {' or '.join(SUFFIXES)}")
    check_target(path, force=force, folder=False)
    try:
        import matplotlib
        from matplotlib.figure import Figure
        from matplotlib.ticker import MaxNLocator
    except ImportError as exc:
        raise ExportError(
            "figures need Matplotlib, which is not installed: uv sync --extra plot, "
            "or pip install 'govmech[plot]'"
        ) from exc
    # A fixed salt and no date: the same graph gives the same bytes.
    settings: dict[Any, Any] = {
        "font.family": [_chinese_font(), "DejaVu Sans"],
        "axes.unicode_minus": False,
        "text.parse_math": False,
        "svg.hashsalt": "govmech",
    }
    with matplotlib.rc_context(settings):
        figure = Figure(figsize=(7, 4.5), dpi=200, layout="constrained")
        axes = figure.add_subplot()
        draw(axes)
        if whole_numbers:
            axes.xaxis.set_major_locator(MaxNLocator(integer=True))
            axes.yaxis.set_major_locator(MaxNLocator(integer=True))
        axes.spines[["top", "right"]].set_visible(False)
        metadata = {"Date": None} if suffix == ".svg" else {"Software": None}
        try:
            with beside(path) as new:
                figure.savefig(new, format=suffix[1:], metadata=metadata)
                replace_target(new, path)
        except OSError as exc:
            raise ExportError(f"{path} cannot be written: {exc.strerror or exc}") from exc


def _chinese_font() -> str:
    from matplotlib import font_manager

    known = {font.name for font in font_manager.fontManager.ttflist}
    for name in FONTS:
        if name in known:
            return name
    raise ExportError(
        "no font here has Chinese; install one, such as Noto Sans CJK "
        "(Debian and Ubuntu: apt-get install fonts-noto-cjk)"
    )
