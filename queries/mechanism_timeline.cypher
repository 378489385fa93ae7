// name: mechanism_timeline
// title: 某机制逐年有多少单位采用 (How many units apply a mechanism, year by year)
// purpose: 每年一行；没有年份的报告不计。 (One row for each year; reports without a year do not count.)
// example: 领导干部接访下访从哪年起、有多少单位采用？ (Since when, and by how many units, is it applied?)
// param: mechanism MECHANISM, example "领导干部接访下访" - 机制 (mechanism, id or any name)
// param: place PLACE = null - 地区，含下辖 (place, with all that lies in it)
// param: level STRING = null, one of "国家" "省" "市" "县区" "乡镇街道" "村社区" - 层级 (level of the unit)
// column: year INTEGER - 年份 (year covered)
// column: units INTEGER - 采用的单位 (units that report it)
// column: planning INTEGER - 计划的单位 (units that only plan it)
// column: reports INTEGER - 报告数 (reports that say so)
// column: share FLOAT - 占当年报告比例 (share of that year's reports, 0 to 1)
:param mechanism => "mechanism:领导干部接访下访";
:param place => null;
:param level => null;
MATCH (a:Agency)-[r:IMPLEMENTS]->(:Mechanism {id: $mechanism})
WHERE r.year IS NOT NULL
  AND ($level IS NULL OR a.level = $level)
  AND ($place IS NULL OR EXISTS {
    MATCH (a)-[:LOCATED_IN]->(:Place)-[:PART_OF*0..5]->(:Place {id: $place})
  })
WITH r.year AS year, a.id AS agency, r.report AS report,
     CASE r.status WHEN 'reported' THEN 1 ELSE 0 END AS done,
     CASE r.status WHEN 'planned' THEN 1 ELSE 0 END AS planned
WITH year, agency, max(done) AS done, max(planned) AS planned, collect(DISTINCT report) AS seen
WITH year, sum(done) AS units,
     sum(CASE WHEN done = 0 AND planned = 1 THEN 1 ELSE 0 END) AS planning,
     collect(seen) AS lists
UNWIND lists AS seen
UNWIND seen AS report
WITH year, units, planning, count(DISTINCT report) AS reports
MATCH (all_reports:Report {year: year})
WITH year, units, planning, reports, count(all_reports) AS published
RETURN year, units, planning, reports,
       round(1000.0 * reports / published) / 1000 AS share
ORDER BY year
