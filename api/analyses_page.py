"""The analyses as a page of the docs: ``python -m api.analyses_page > docs/analyses.md``."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from api.analyses import ANALYSES, MOST_RELATIONSHIPS, Analysis

_HEAD = f"""# 网络分析 · Analyses of the network

一般的问题用 `govmech ask`；要看整个网络的，用 `govmech analyse`。 Questions that Cypher answers are
in [questions.md](questions.md). These need the whole network, so they run with NetworkX:
`govmech analyse NAME parameter=value …`, or `/analyses/NAME?parameter=value` over HTTP, as JSON or
CSV. Over HTTP an analysis reads {MOST_RELATIONSHIPS:,} relationships at most and says so where the
graph has more; on the command line there is no such limit. The same graph gives the same rows.

| 研究什么 what is studied | `govmech` … | 图 figure: `govmech` … |
| --- | --- | --- |
| 采用曲线 adoption curve | `ask adoption_curve` | `plot adoption` |
| 最先采用者 first adopters | `ask first_adopters` | |
| 各层级 spread by level | `ask spread_by_level` | |
| 各地区 spread by place | `ask mechanism_spread` | |
| 纵向与横向扩散 vertical and horizontal spread | `analyse spread_directions` | `plot spread` |
| 法规之后的年数 lag after the regulation | `ask lag_after_regulation` | `plot lag` |
| 法规的中心性 centrality of regulations | `analyse regulation_authority` | `plot authority` |
| 单位的群组 communities of units | `analyse unit_communities` | |

In a notebook, `graph.diffusion` has each as a function of the network that
`graph.network.read_network` gives, with its source in the docstring.
"""


def analyses_page() -> str:
    """The page in Markdown, the same for the same declarations."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield _HEAD
    for analysis in ANALYSES.values():
        yield from _analysis(analysis)


def _analysis(analysis: Analysis) -> Iterator[str]:
    header = analysis.header
    yield f"## {header.name}\n"
    yield f"**{header.title.zh}** · {header.title.en}\n"
    yield f"{header.purpose.zh} {header.purpose.en}\n"
    for p in header.parameters:
        default = "required" if p.required else f"{p.default}"
        yield f"- `{p.name}` {p.type}, {default}: {p.about.zh} · {p.about.en}"
    columns = ", ".join(f"`{c.name}` {c.about.zh} ({c.about.en})" for c in header.columns)
    yield f"\nColumns: {columns}.\n"
    yield f"Reads {', '.join(analysis.types)}. Source: {analysis.source}\n"


if __name__ == "__main__":
    sys.stdout.write(analyses_page())
