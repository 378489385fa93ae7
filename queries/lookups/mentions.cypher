// name: mentions
// title: 报告某处提及什么 (What a report mentions, and where)
// purpose: 每个结点、每句一行。 (One row for each node and sentence.)
// param: report REPORT, example "report:北京市信访办公室:2020:法治政府建设年度情况报告（摘要）" - 报告 (report)
// param: target NODE = null - 结点 (node)
// column: target NODE - 结点 (node)
// column: surfaces LIST<STRING> - 写法 (wording of each mention)
// column: starts LIST<INTEGER> - 起 (first offset of each)
// column: ends LIST<INTEGER> - 止 (offset after the last, of each)
:param report => "report:北京市信访办公室:2020:法治政府建设年度情况报告（摘要）";
:param target => null;
MATCH (s:Passage {report: $report})-[r:MENTIONS]->(n)
WHERE $target IS NULL OR n.id = $target
RETURN n.id AS target, r.surfaces AS surfaces, r.starts AS starts, r.ends AS ends
ORDER BY s.start, target
