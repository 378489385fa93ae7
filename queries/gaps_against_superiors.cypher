// name: gaps_against_superiors
// title: 上级采用而某单位未提的机制 (Mechanisms that superiors apply and a unit does not mention)
// purpose: 每项机制一行；上级指报告写明的领导机关（至多三级），以及上级地区和国家同一条线的机构，附一个上级的原句。 (One row for each mechanism; superiors are those that reports name, up to three steps, and bodies of the same line in the places above and of the state; with one superior's sentence.)
// example: 上级要求的机制，东城区信访办公室还缺哪些？ (Which mechanisms of its superiors does the office lack?)
// param: unit AGENCY, example "北京市东城区信访办公室" - 单位 (unit, id or any name)
// param: limit INTEGER = 50, 1 to 1000 - 最多行数 (rows at most)
// column: mechanism MECHANISM - 机制 (mechanism)
// column: superiors INTEGER - 采用的上级 (superiors that apply it)
// column: agency AGENCY - 其中一个 (one of them)
// column: level STRING - 层级 (its level)
// column: year INTEGER - 年份 (year covered)
// column: evidence STRING - 原句 (sentence as printed)
// column: report REPORT - 报告 (report)
// column: title STRING - 报告标题 (title of the report)
// column: start INTEGER - 起 (first offset of the sentence)
// column: end INTEGER - 止 (offset after its last character)
:param unit => "agency:北京市东城区信访办公室";
:param limit => 50;
MATCH (a:Agency {id: $unit})
OPTIONAL MATCH (a)-[:IMPLEMENTS]->(own:Mechanism)
WITH a, collect(DISTINCT own.id) AS owned
CALL (a) {
  MATCH (a)-[:REPORTS_TO]->(s:Agency)
  RETURN s.id AS superior
  UNION
  MATCH (a)-[:REPORTS_TO]->(x:Agency)
  WITH DISTINCT x
  MATCH (x)-[:REPORTS_TO]->(s:Agency)
  RETURN s.id AS superior
  UNION
  MATCH (a)-[:REPORTS_TO]->(x:Agency)
  WITH DISTINCT x
  MATCH (x)-[:REPORTS_TO]->(y:Agency)
  WITH DISTINCT y
  MATCH (y)-[:REPORTS_TO]->(s:Agency)
  RETURN s.id AS superior
  UNION
  MATCH (a)-[:LOCATED_IN]->(:Place)-[:PART_OF*1..5]->(:Place)<-[:LOCATED_IN]-(s:Agency)
  WHERE s.line = a.line
  RETURN s.id AS superior
  UNION
  MATCH (s:Agency {level: '国家'})
  WHERE s.line = a.line AND s.place IS NULL AND a.level <> '国家'
  RETURN s.id AS superior
}
WITH owned, superior
WHERE superior <> $unit
MATCH (s:Agency {id: superior})-[r:IMPLEMENTS]->(m:Mechanism)
WHERE r.status = 'reported' AND NOT m.id IN owned
WITH m.id AS mechanism, s, r, s.succeeded_by AS later
OPTIONAL MATCH (h:Agency {id: later})
WITH mechanism, s, r, coalesce(h.succeeded_by, later, s.id) AS body
ORDER BY coalesce(r.year, 0) DESC, s.id, r.report
WITH mechanism, count(DISTINCT body) AS superiors,
     collect({agency: s.id, level: s.level, year: r.year, evidence: r.evidence, report: r.report,
              start: r.start, stop: r.`end`})[0] AS latest
MATCH (p:Report {id: latest.report})
RETURN mechanism, superiors, latest.agency AS agency, latest.level AS level, latest.year AS year,
       latest.evidence AS evidence, p.id AS report, p.name AS title, latest.start AS start,
       latest.stop AS `end`
ORDER BY superiors DESC, mechanism
LIMIT $limit
