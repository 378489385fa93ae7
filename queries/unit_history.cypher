// name: unit_history
// title: 某单位逐年新增、延续、不再提及的机制 (What a unit newly applies, continues, or no longer mentions)
// purpose: 每年、每项机制一行，与该单位上一次有报告的年份相比；改革前的机构算在内。 (One row for each year and mechanism, against the year of the unit's reports before; bodies that a reform made into it count as the unit.)
// example: 东城区信访办公室哪年新增了哪些机制？ (Which mechanisms are new in which year?)
// param: unit AGENCY, example "北京市东城区信访办公室" - 单位 (unit, id or any name)
// column: year INTEGER - 年份 (year covered)
// column: mechanism MECHANISM - 机制 (mechanism)
// column: change STRING - 变化：new 新增，continued 延续，resumed 恢复，planned 只有计划，lacking 称其不足，not mentioned 不再提及 (new; continued; resumed, after a year without it; now only planned; now lacking; or not mentioned)
// column: since INTEGER - 对比年份 (year of the reports before; empty for the first)
// column: evidence STRING - 原句 (sentence as printed; that of the year before where not mentioned)
// column: report REPORT - 报告 (report of that sentence)
// column: title STRING - 报告标题 (title of the report)
// column: start INTEGER - 起 (first offset of the sentence)
// column: end INTEGER - 止 (offset after its last character)
:param unit => "agency:北京市东城区信访办公室";
MATCH (a:Agency {id: $unit})
OPTIONAL MATCH (b:Agency)
WHERE b.succeeded_by = $unit
WITH collect(b.id) AS former
OPTIONAL MATCH (c:Agency)
WHERE c.succeeded_by IN former
WITH former, collect(c.id) AS earlier
WITH former + earlier + [$unit] AS bodies
UNWIND bodies AS body
MATCH (:Agency {id: body})-[:PUBLISHED]->(p:Report)
WHERE p.year IS NOT NULL
WITH DISTINCT bodies, p.year AS published
ORDER BY published
WITH bodies, collect(published) AS years
UNWIND bodies AS body
MATCH (:Agency {id: body})-[r:IMPLEMENTS]->(m:Mechanism)
WHERE r.year IN years
WITH years, m, r
ORDER BY CASE r.status WHEN 'reported' THEN 0 WHEN 'planned' THEN 1 ELSE 2 END, r.report
WITH years, m.id AS mechanism, r.year AS year,
     collect({status: r.status, evidence: r.evidence, report: r.report,
              start: r.start, stop: r.`end`})[0] AS seen
WITH years, mechanism, collect({year: year, status: seen.status, seen: seen}) AS found
UNWIND range(0, size(years) - 1) AS i
WITH mechanism, years[i] AS year, CASE WHEN i > 0 THEN years[i - 1] END AS since, found
WITH mechanism, year, since,
     [x IN found WHERE x.year = year | x.seen][0] AS now,
     [x IN found WHERE x.year = since AND x.status = 'reported' | x.seen][0] AS before,
     size([x IN found WHERE x.year < year AND x.status = 'reported']) AS times
WHERE now.status = 'reported' OR before IS NOT NULL
WITH year, mechanism, since, now, before, times, coalesce(now.report, before.report) AS said_in
MATCH (p:Report {id: said_in})
RETURN year, mechanism,
       CASE WHEN now IS NULL THEN 'not mentioned' WHEN now.status <> 'reported' THEN now.status
            WHEN before IS NOT NULL THEN 'continued' WHEN times > 0 THEN 'resumed' ELSE 'new'
            END AS change,
       since,
       coalesce(now.evidence, before.evidence) AS evidence,
       p.id AS report, p.name AS title,
       coalesce(now.start, before.start) AS start,
       coalesce(now.stop, before.stop) AS `end`
ORDER BY year DESC, change, mechanism
