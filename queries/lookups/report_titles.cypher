// name: report_titles
// title: 若干报告的标题 (Titles of several reports)
// purpose: 每份报告一行，不含全文。 (One row for each report, without its text.)
// param: reports LIST<STRING>, example ["report:北京市信访办公室:2020:法治政府建设年度情况报告（摘要）"] - 标识 (ids)
// column: report REPORT - 标识 (id)
// column: title STRING - 标题 (title)
// column: unit STRING - 报告单位 (unit that reports)
// column: year INTEGER - 年份 (year covered)
:param reports => ["report:北京市信访办公室:2020:法治政府建设年度情况报告（摘要）"];
UNWIND $reports AS wanted
MATCH (n:Report {id: wanted})
RETURN n.id AS report, n.name AS title, n.unit AS unit, n.year AS year
ORDER BY report
