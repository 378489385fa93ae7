"""Tables that people read in a terminal."""

import pytest

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
