// name: first_adopters
// title: 哪些单位最先采用某机制 (Who adopted a mechanism first)
// purpose: 每个单位一行：报告最早写到采用它的那一年，附原文；图谱之外的更早报告不计；改革前后算一个单位。 (One row for each unit: the first year whose report says that it applies the mechanism, with the words; earlier reports that are not in the graph do not count; a body before and after a reform counts once.)
// example: 领导干部接访下访由哪些单位最先采用？ (Which units were the first?)
// param: mechanism MECHANISM, example "领导干部接访下访" - 机制 (mechanism, id or any name)
// param: place PLACE = null - 地区，含下辖 (place, with all that lies in it)
// param: limit INTEGER = 50, 1 to 500 - 行数 (rows)
// column: agency AGENCY - 单位 (unit)
// column: level STRING - 层级 (level of the unit)
// column: place STRING - 地区 (place of the unit)
// column: year INTEGER - 采用年份 (first year reported)
// column: report REPORT - 报告 (report)
// column: title STRING - 报告标题 (title of the report)
// column: evidence STRING - 原文 (the clause as printed)
// column: start INTEGER - 起点 (first offset in the report's text)
// column: end INTEGER - 终点 (offset after the last)
:param mechanism => "mechanism:领导干部接访下访";
:param place => null;
:param limit => 50;
MATCH (a:Agency)-[r:IMPLEMENTS]->(:Mechanism {id: $mechanism})
WHERE r.status = 'reported' AND r.year IS NOT NULL
  AND ($place IS NULL OR EXISTS {
    MATCH (a)-[:LOCATED_IN]->(:Place)-[:PART_OF*0..5]->(:Place {id: $place})
  })
WITH a, r, a.succeeded_by AS later
OPTIONAL MATCH (h:Agency {id: later})
WITH a, r, coalesce(h.succeeded_by, later, a.id) AS body
ORDER BY r.year, a.id, r.report
WITH body, collect({agency: a.id, level: a.level, place: a.place, year: r.year, report: r.report,
                    evidence: r.evidence, first: r.start, last: r.`end`})[0] AS found
MATCH (p:Report {id: found.report})
RETURN found.agency AS agency, found.level AS level, found.place AS place, found.year AS year,
       found.report AS report, p.name AS title, found.evidence AS evidence,
       found.first AS start, found.last AS `end`
ORDER BY year, agency
LIMIT $limit
