// name: compare_units
// title: 两个单位的机制对比 (Two units compared)
// purpose: 每项机制一行：谁采用，各附一句。 (One row for each mechanism: who applies it, with a sentence of each.)
// example: 北京市信访办公室和东城区信访办公室有何异同？ (How do the two offices differ?)
// param: unit AGENCY, example "北京市信访办公室" - 单位 (unit, id or any name)
// param: other AGENCY, example "北京市东城区信访办公室" - 另一单位 (other unit, id or any name)
// column: mechanism MECHANISM - 机制 (mechanism)
// column: who STRING - 采用者：both 都有，unit 仅前者，other 仅后者 (both, unit or other)
// column: unit_year INTEGER - 前者年份 (unit's year)
// column: unit_evidence STRING - 前者原句 (unit's sentence)
// column: unit_report REPORT - 前者报告 (unit's report)
// column: unit_title STRING - 前者报告标题 (title of the unit's report)
// column: unit_start INTEGER - 前者起 (first offset of the unit's sentence)
// column: unit_end INTEGER - 前者止 (offset after its last character)
// column: other_year INTEGER - 后者年份 (other's year)
// column: other_evidence STRING - 后者原句 (other's sentence)
// column: other_report REPORT - 后者报告 (other's report)
// column: other_title STRING - 后者报告标题 (title of the other's report)
// column: other_start INTEGER - 后者起 (first offset of the other's sentence)
// column: other_end INTEGER - 后者止 (offset after its last character)
:param unit => "agency:北京市信访办公室";
:param other => "agency:北京市东城区信访办公室";
MATCH (a:Agency)-[r:IMPLEMENTS]->(m:Mechanism)
WHERE a.id IN [$unit, $other] AND r.status = 'reported'
WITH a, m, r
ORDER BY coalesce(r.year, 0) DESC, r.report
WITH a.id AS agency, m.id AS mechanism,
     collect({year: r.year, evidence: r.evidence, report: r.report,
              start: r.start, stop: r.`end`})[0] AS latest
WITH mechanism,
     collect(CASE agency WHEN $unit THEN latest END)[0] AS u,
     collect(CASE agency WHEN $other THEN latest END)[0] AS o
OPTIONAL MATCH (p:Report {id: u.report})
OPTIONAL MATCH (q:Report {id: o.report})
RETURN mechanism,
       CASE WHEN u IS NULL THEN 'other' WHEN o IS NULL THEN 'unit' ELSE 'both' END AS who,
       u.year AS unit_year, u.evidence AS unit_evidence, u.report AS unit_report,
       p.name AS unit_title, u.start AS unit_start, u.stop AS unit_end,
       o.year AS other_year, o.evidence AS other_evidence, o.report AS other_report,
       q.name AS other_title, o.start AS other_start, o.stop AS other_end
ORDER BY who, mechanism
