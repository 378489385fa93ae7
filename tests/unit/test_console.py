"""Tables that people read in a terminal."""

import pytest
from rich.cells import cell_len

from api.console import Column, print_table


def test_console_dates_and_column_names_are_not_broken(capsys: pytest.CaptureFixture[str]) -> None:
    names = ("regulation", "ended", "replaced_by", "unit", "year", "result_report")
    columns = [Column(name, f"法规文件\n{name}") for name in names]
    columns.append(Column("evidence", "原句\nevidence", wide=True))
    row = dict.fromkeys(names, "很长的名称" * 8) | {"ended": "2022-05-01", "evidence": "原句" * 80}
    print_table(columns, [row])
    shown = capsys.readouterr().out
    for word in ("2022-05-01", *names, "evidence"):
        assert word in shown
    assert max(map(len, shown.splitlines())) <= 120


def test_console_title_wider_than_its_table_stays_whole(
    capsys: pytest.CaptureFixture[str],
) -> None:
    digest = "0123456789abcdef" * 4
    print_table([Column("what", "数")], [{"what": "一"}], title=f"govmech.kgl\n{digest}")
    assert capsys.readouterr().out.splitlines()[:2] == ["govmech.kgl", digest]


MANY = ("name", "about", "aliases", *(f"number_of_{i}" for i in range(12)))


def shown_of(capsys: pytest.CaptureFixture[str], rows: list[dict[str, object]]) -> list[str]:
    print_table([Column(name, f"名称\n{name}") for name in MANY], rows)
    return capsys.readouterr().out.splitlines()


def test_console_a_row_alone_with_many_columns_stands_upright(
    capsys: pytest.CaptureFixture[str],
) -> None:
    row = dict.fromkeys(MANY, 7) | {"about": "按日程接待。", "aliases": ["一名", "又名\x1b"]}
    lines = [line.rstrip() for line in shown_of(capsys, [row])]
    at = lines.index(next(line for line in lines if "aliases:" in line))
    assert lines[at].split() == ["名称", "aliases:", "一名"]
    assert lines[at + 1].strip() == "又名"
    assert lines[at + 1].startswith("   ")
    assert len(lines) == len(MANY) + 1
    assert any(line.split() == ["名称", "number_of_11:", "7"] for line in lines)


def test_console_a_row_alone_whose_cells_would_be_tall_stands_upright(
    capsys: pytest.CaptureFixture[str],
) -> None:
    names = ("unit", "kind", "place", "level", "line")
    print_table([Column(n, n) for n in names], [{n: f"{n} " + "甲" * 150 for n in names}])
    lines = [line.rstrip() for line in capsys.readouterr().out.splitlines()]
    assert [line.split()[:2] for line in lines if ":" in line] == [[f"{n}:", n] for n in names]
    assert max(map(cell_len, lines)) <= 120
    assert sum(line.count("甲") for line in lines) == 5 * 150


def test_console_two_rows_or_a_short_one_stay_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    row: dict[str, object] = dict.fromkeys(MANY, 7)
    assert any("─" in line for line in shown_of(capsys, [row, row]))
    print_table([Column("what", "数"), Column("count", "几")], [{"what": "一", "count": 1}])
    assert "─" in capsys.readouterr().out
