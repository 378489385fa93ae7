// name: reporting_chain
// title: 某单位向谁负责，逐级向上 (Whom a unit reports to, step by step upwards)
// purpose: 每一级隶属关系一行，取最近一年的原句。 (One row for each link, with its most recent sentence.)
// example: 东城区信访办公室向谁负责？ (Whom does the district petition office report to?)
// param: unit AGENCY, example "北京市东城区信访办公室" - 单位 (unit, id or any name)
// column: step INTEGER - 级 (steps up from the unit)
// column: lower AGENCY - 下级 (lower body)
// column: upper AGENCY - 上级 (higher body)
// column: reports INTEGER - 报告数 (reports that say so)
// column: year INTEGER - 年份 (year covered)
// column: evidence STRING - 原句 (sentence as printed)
// column: report REPORT - 报告 (report)
// column: title STRING - 报告标题 (title of the report)
// column: start INTEGER - 起 (first offset of the sentence)
// column: end INTEGER - 止 (offset after its last character)
:param unit => "agency:北京市东城区信访办公室";
MATCH (a:Agency {id: $unit})
CALL (a) {
  MATCH (a)-[:REPORTS_TO]->(b:Agency)
  RETURN DISTINCT 1 AS step, a AS low, b AS high
  UNION
  MATCH (a)-[:REPORTS_TO]->(x:Agency)
  WITH DISTINCT x
  MATCH (x)-[:REPORTS_TO]->(b:Agency)
  RETURN DISTINCT 2 AS step, x AS low, b AS high
  UNION
  MATCH (a)-[:REPORTS_TO]->(x:Agency)
  WITH DISTINCT x
  MATCH (x)-[:REPORTS_TO]->(y:Agency)
  WITH DISTINCT y
  MATCH (y)-[:REPORTS_TO]->(b:Agency)
  RETURN DISTINCT 3 AS step, y AS low, b AS high
}
WITH low, high, min(step) AS step
MATCH (low)-[r:REPORTS_TO]->(high)
WITH step, low, high, r
ORDER BY coalesce(r.year, 0) DESC, r.report
WITH step, low.id AS lower, high.id AS upper, count(r) AS reports,
     collect({year: r.year, evidence: r.evidence, report: r.report,
              start: r.start, stop: r.`end`})[0] AS latest
MATCH (p:Report {id: latest.report})
RETURN step, lower, upper, reports, latest.year AS year, latest.evidence AS evidence,
       p.id AS report, p.name AS title, latest.start AS start, latest.stop AS `end`
ORDER BY step, lower, upper
