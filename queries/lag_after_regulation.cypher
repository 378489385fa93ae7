// name: lag_after_regulation
// title: 依据的文件出台后多少年才采用 (Years from the regulation to adoption)
// purpose: 某机制所依据的每份文件、每个采用单位一行；负数表示做法在先；改革前后算一个单位。 (One row for each regulation that the mechanism rests on and each unit that adopts it; negative where practice came first; a body before and after a reform counts once.)
// example: 领导干部接访下访所依据的文件出台几年后各单位才采用？ (How long after the regulation did units adopt it?)
// param: mechanism MECHANISM, example "领导干部接访下访" - 机制 (mechanism, id or any name)
// param: regulation REGULATION = null - 法规文件 (one regulation only, id or any name)
// param: level STRING = null, one of "国家" "省" "市" "县区" "乡镇街道" "村社区" - 层级 (level of the unit)
// param: limit INTEGER = 200, 1 to 10000 - 最多行数 (rows at most)
// column: regulation REGULATION - 法规文件 (regulation)
// column: issued INTEGER - 发布年份 (year of issue of its current version)
// column: agency AGENCY - 单位 (unit)
// column: level STRING - 层级 (level of the unit)
// column: year INTEGER - 采用年份 (first year reported)
// column: years INTEGER - 相隔年数 (years between)
// column: evidence STRING - 原句 (sentence as printed)
// column: report REPORT - 报告 (report)
// column: title STRING - 报告标题 (title of the report)
// column: start INTEGER - 起 (first offset of the sentence)
// column: end INTEGER - 止 (offset after its last character)
:param mechanism => "mechanism:领导干部接访下访";
:param regulation => null;
:param level => null;
:param limit => 200;
MATCH (m:Mechanism {id: $mechanism})-[c:CITES]->(g:Regulation)
WHERE c.status = 'reported' AND g.issued IS NOT NULL
  AND ($regulation IS NULL OR g.id = $regulation)
WITH DISTINCT g.id AS regulation, g.issued AS issued
MATCH (a:Agency)-[r:IMPLEMENTS]->(:Mechanism {id: $mechanism})
WHERE r.status = 'reported' AND r.year IS NOT NULL AND ($level IS NULL OR a.level = $level)
WITH regulation, issued, a, r, a.succeeded_by AS later
OPTIONAL MATCH (h:Agency {id: later})
WITH regulation, issued, a, r, coalesce(h.succeeded_by, later, a.id) AS body
ORDER BY r.year, a.id, r.report
WITH regulation, issued, body,
     collect({agency: a.id, level: a.level, year: r.year, evidence: r.evidence,
              report: r.report, start: r.start, stop: r.`end`})[0] AS first
MATCH (p:Report {id: first.report})
RETURN regulation, issued, first.agency AS agency, first.level AS level, first.year AS year, first.year - issued AS years,
       first.evidence AS evidence, p.id AS report, p.name AS title, first.start AS start,
       first.stop AS `end`
ORDER BY regulation, year, agency
LIMIT $limit
