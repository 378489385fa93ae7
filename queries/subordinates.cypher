// name: subordinates
// title: 谁向某单位负责 (Which bodies report to a unit)
// purpose: 每个下级单位一行，取最近一年的原句。 (One row for each lower body, with its most recent sentence.)
// example: 谁向东城区人民政府负责？ (Who reports to the district government?)
// param: unit AGENCY, example "北京市东城区人民政府" - 单位 (unit, id or any name)
// param: limit INTEGER = 200, 1 to 10000 - 最多行数 (rows at most)
// column: agency AGENCY - 下级单位 (lower body)
// column: level STRING - 层级 (level)
// column: reports INTEGER - 报告数 (reports that say so)
// column: year INTEGER - 年份 (year covered)
// column: evidence STRING - 原句 (sentence as printed)
// column: report REPORT - 报告 (report)
// column: title STRING - 报告标题 (title of the report)
// column: start INTEGER - 起 (first offset of the sentence)
// column: end INTEGER - 止 (offset after its last character)
:param unit => "agency:北京市东城区人民政府";
:param limit => 200;
MATCH (a:Agency)-[r:REPORTS_TO]->(:Agency {id: $unit})
WITH a, r
ORDER BY coalesce(r.year, 0) DESC, r.report
WITH a.id AS agency, a.level AS level, count(r) AS reports,
     collect({year: r.year, evidence: r.evidence, report: r.report,
              start: r.start, stop: r.`end`})[0] AS latest
MATCH (p:Report {id: latest.report})
RETURN agency, level, reports, latest.year AS year, latest.evidence AS evidence,
       p.id AS report, p.name AS title, latest.start AS start, latest.stop AS `end`
ORDER BY agency
LIMIT $limit
