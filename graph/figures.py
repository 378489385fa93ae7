"""Figures of the analyses, as PNG or SVG, with names in both languages.

Matplotlib draws them; it is an extra, and so is a font that has Chinese: where
either is missing, the error says what to install.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.diffusion import adoption_curve, lag_after_regulation
from graph.errors import ExportError
from graph.network import Network

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SUFFIXES = (".png", ".svg")
FONTS = (
    "Noto Sans CJK SC", "Source Han Sans SC", "Noto Sans SC", "Microsoft YaHei", "PingFang SC",
    "SimHei", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "Noto Serif CJK SC", "SimSun",
    "Noto Sans CJK JP", "Noto Serif CJK JP", "Droid Sans Fallback",
)  # fmt: skip
"""Fonts that have Chinese, the preferred first. A font collection is found by its first name."""

Draw = Callable[["Axes"], None]


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
        axes.legend()

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
    lags = {m: Counter(lag.years for lag in lag_after_regulation(network, m)) for m in mechanisms}
    if not any(lags.values()):
        raise ExportError("these mechanisms cite no regulation whose year of issue is known")

    def draw(axes: Axes) -> None:
        for number, (mechanism, counts) in enumerate(lags.items()):
            width = 0.8 / len(lags)
            at = [year + (number + 0.5) * width - 0.4 for year in sorted(counts)]
            heights = [counts[year] for year in sorted(counts)]
            axes.bar(at, heights, width, label=_name(network, mechanism))
        axes.set_xlabel("法规制发之后的年数 Years after the regulation")
        axes.set_ylabel("单位数 Units")
        axes.legend()

    _write(draw, path, force=force)


def _name(network: Network, mechanism: str) -> str:
    """Chinese name and, where there is one, the English below it."""
    data = network.nodes[mechanism]
    names = (str(data.get("name") or mechanism.partition(":")[2]), str(data.get("name_en") or ""))
    return "\n".join(filter(None, names))


def _write(draw: Draw, path: Path, *, force: bool) -> None:
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise ExportError(f"{path} is to end in {' or '.join(SUFFIXES)}")
    if path.exists() and not force:
        raise ExportError(f"{path} exists; --force replaces it")
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
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
        axes.yaxis.set_major_locator(MaxNLocator(integer=True))
        axes.spines[["top", "right"]].set_visible(False)
        beside = path.with_name(f".{path.name}.{os.getpid()}.part")
        try:
            metadata = {"Date": None} if suffix == ".svg" else {"Software": None}
            figure.savefig(beside, format=suffix[1:], metadata=metadata)
            beside.replace(path)
        except OSError as exc:
            raise ExportError(f"{path} cannot be written: {exc.strerror or exc}") from exc
        finally:
            beside.unlink(missing_ok=True)


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
