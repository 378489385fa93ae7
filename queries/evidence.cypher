// name: evidence
// title: 某条关系的全部原句 (Every sentence that states an edge)
// purpose: 每处原句一行，各有状态和规则。 (One row for each sentence, with its status and rule.)
// example: 哪些话说明北京市信访办公室采用领导干部接访下访？ (Which sentences say that the office applies it?)
// param: source NODE, example "北京市信访办公室" - 起点 (where the edge starts, id or any name)
// param: target NODE, example "领导干部接访下访" - 终点 (where the edge ends, id or any name)
// param: report REPORT = null - 报告 (report, id or title)
// param: limit INTEGER = 200, 1 to 10000 - 最多行数 (rows at most)
// column: type STRING - 关系 (relationship type)
// column: year INTEGER - 年份 (year covered)
// column: status STRING - 状态 (status)
// column: evidence STRING - 原句 (sentence as printed)
// column: rule STRING - 规则 (rule that found it)
// column: report REPORT - 报告 (report)
// column: title STRING - 报告标题 (title of the report)
// column: start INTEGER - 起 (first offset of the sentence)
// column: end INTEGER - 止 (offset after its last character)
:param source => "agency:北京市信访办公室";
:param target => "mechanism:领导干部接访下访";
:param report => null;
:param limit => 200;
MATCH (s:Agency|Report|Mechanism|Initiative {id: $source})
      -[r:IMPLEMENTS|REPORTS_TO|CITES|ISSUES]->(t {id: $target})
WHERE $report IS NULL OR r.report = $report
WITH r, r.report AS said_in
MATCH (p:Report {id: said_in})
UNWIND range(0, size(r.evidence_all) - 1) AS i
RETURN type(r) AS type, r.year AS year, r.status_all[i] AS status, r.evidence_all[i] AS evidence,
       r.rule_all[i] AS rule, p.id AS report, p.name AS title,
       r.start_all[i] AS start, r.end_all[i] AS `end`
ORDER BY type, coalesce(r.year, 0) DESC, report, start, `end`, rule
LIMIT $limit
