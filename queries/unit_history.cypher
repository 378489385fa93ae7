// name: unit_history
// title: 某单位逐年新增、延续、不再提及的机制 (What a unit newly applies, continues, or no longer mentions)
// purpose: 每年、每项机制一行，与该单位上一份报告相比。 (One row for each year and mechanism, against the unit's report before.)
// example: 东城区信访办公室哪年新增了哪些机制？ (Which mechanisms are new in which year?)
// param: unit AGENCY, example "北京市东城区信访办公室" - 单位 (unit, id or any name)
// column: year INTEGER - 年份 (year covered)
// column: mechanism MECHANISM - 机制 (mechanism)
// column: change STRING - 变化：new 新增，continued 延续，not mentioned 不再提及 (new, continued or not mentioned)
// column: since INTEGER - 对比年份 (year of the report before; empty for the first)
// column: evidence STRING - 原句 (sentence as printed; that of the year before where not mentioned)
// column: report REPORT - 报告 (report of that sentence)
// column: title STRING - 报告标题 (title of the report)
// column: start INTEGER - 起 (first offset of the sentence)
// column: end INTEGER - 止 (offset after its last character)
:param unit => "agency:北京市东城区信访办公室";
MATCH (a:Agency {id: $unit})-[:PUBLISHED]->(p:Report)
WHERE p.year IS NOT NULL
WITH DISTINCT a, p.year AS published
ORDER BY published
WITH a, collect(published) AS years
MATCH (a)-[r:IMPLEMENTS]->(m:Mechanism)
WHERE r.status = 'reported' AND r.year IN years
WITH years, m, r
ORDER BY r.year, r.report
WITH years, m.id AS mechanism, r.year AS year,
     collect({evidence: r.evidence, report: r.report, start: r.start, stop: r.`end`})[0] AS seen
WITH years, mechanism, collect({year: year, seen: seen}) AS found
UNWIND range(0, size(years) - 1) AS i
WITH mechanism, years[i] AS year, CASE WHEN i > 0 THEN years[i - 1] END AS since, found, years, i
WITH mechanism, year, since,
     [x IN found WHERE x.year = year | x.seen][0] AS now,
     [x IN found WHERE i > 0 AND x.year = years[i - 1] | x.seen][0] AS before
WHERE now IS NOT NULL OR before IS NOT NULL
WITH year, mechanism, since, now, before, coalesce(now.report, before.report) AS said_in
MATCH (p:Report {id: said_in})
RETURN year, mechanism,
       CASE WHEN now IS NULL THEN 'not mentioned' WHEN before IS NULL THEN 'new'
            ELSE 'continued' END AS change,
       since,
       coalesce(now.evidence, before.evidence) AS evidence,
       p.id AS report, p.name AS title,
       coalesce(now.start, before.start) AS start,
       coalesce(now.stop, before.stop) AS `end`
ORDER BY year DESC, change, mechanism
