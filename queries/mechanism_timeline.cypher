// name: mechanism_timeline
// title: 某机制逐年有多少单位采用 (How many units apply a mechanism, year by year)
// purpose: 每年一行；没有年份的报告不计；改革前后算一个单位。 (One row for each year; reports without a year do not count; a body before and after a reform counts once.)
// example: 领导干部接访下访从哪年起、有多少单位采用？ (Since when, and by how many units, is it applied?)
// param: mechanism MECHANISM, example "领导干部接访下访" - 机制 (mechanism, id or any name)
// param: place PLACE = null - 地区，含下辖 (place, with all that lies in it)
// param: level STRING = null, one of "国家" "省" "市" "县区" "乡镇街道" "村社区" - 层级 (level of the unit)
// column: year INTEGER - 年份 (year covered)
// column: units INTEGER - 采用的单位 (units that report it)
// column: planning INTEGER - 计划的单位 (units that only plan it)
// column: reports INTEGER - 报告数 (reports that say that a unit applies it)
// column: share FLOAT - 占当年报告比例，限所选地区、层级 (share of that year's reports, of the place and level asked for, 0 to 1)
:param mechanism => "mechanism:领导干部接访下访";
:param place => null;
:param level => null;
MATCH (a:Agency)-[r:IMPLEMENTS]->(:Mechanism {id: $mechanism})
WHERE r.year IS NOT NULL AND r.status IN ['reported', 'planned']
  AND ($level IS NULL OR a.level = $level)
  AND ($place IS NULL OR EXISTS {
    MATCH (a)-[:LOCATED_IN]->(:Place)-[:PART_OF*0..5]->(:Place {id: $place})
  })
WITH r, a.id AS agency, a.succeeded_by AS later
OPTIONAL MATCH (h:Agency {id: later})
WITH r.year AS year, coalesce(h.succeeded_by, later, agency) AS body,
     collect(DISTINCT CASE r.status WHEN 'reported' THEN r.report END) AS seen
WITH year, sum(CASE size(seen) WHEN 0 THEN 0 ELSE 1 END) AS units,
     sum(CASE size(seen) WHEN 0 THEN 1 ELSE 0 END) AS planning, collect(seen) AS lists
WITH year, units, planning, reduce(all_seen = [], seen IN lists | all_seen + seen) AS seen
MATCH (p:Report {year: year})
OPTIONAL MATCH (u:Agency)-[:PUBLISHED]->(p)
WITH year, units, planning, p.id IN seen AS says, p,
     ($level IS NULL OR u.level = $level) AND ($place IS NULL OR EXISTS {
       MATCH (u)-[:LOCATED_IN]->(:Place)-[:PART_OF*0..5]->(:Place {id: $place})
     }) AS within
WITH year, units, planning, count(DISTINCT CASE WHEN says THEN p.id END) AS reports,
     count(DISTINCT CASE WHEN says OR within THEN p.id END) AS published
RETURN year, units, planning, reports,
       CASE published WHEN 0 THEN 0.0 ELSE round(1000.0 * reports / published) / 1000 END AS share
ORDER BY year
