// name: report
// title: 报告 (A report)
// purpose: 一行，含全文；位置按码位计。 (One row with the text; offsets count its code points.)
// param: id REPORT, example "report:北京市信访办公室:2020:法治政府建设年度情况报告（摘要）" - 标识 (id)
// column: id REPORT - 标识 (id)
// column: title STRING - 标题 (title)
// column: unit STRING - 报告单位 (unit that reports)
// column: year INTEGER - 年份 (year covered)
// column: place STRING - 地区 (place)
// column: published STRING - 发布日期 (date of publication)
// column: source STRING - 文件 (file it was read from)
// column: format STRING - 格式 (format of that file)
// column: digest STRING - 摘要 (SHA-256 of the text without white space)
// column: warnings LIST<STRING> - 提示 (what could not be told from it)
// column: text STRING - 全文 (the text that every offset points into)
:param id => "report:北京市信访办公室:2020:法治政府建设年度情况报告（摘要）";
MATCH (n:Report {id: $id})
RETURN n.id AS id, n.name AS title, n.unit AS unit, n.year AS year, n.place AS place,
       n.published AS published, n.source AS source, n.format AS format, n.digest AS digest,
       coalesce(n.warnings, []) AS warnings, n.text AS text
