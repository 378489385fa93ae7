// name: spread_by_level
// title: 某机制逐年在各层级的扩散 (How a mechanism spreads over levels, year by year)
// purpose: 有单位新采用的每个年份、层级一行：当年新采用的单位和该层级累计单位；改革前后算一个单位。 (One row for each year and level in which units adopt it: new units, and all of that level so far; a body before and after a reform counts once.)
// example: 领导干部接访下访先在哪一级、后在哪一级推开？ (At which level did it start, and where did it go?)
// param: mechanism MECHANISM, example "领导干部接访下访" - 机制 (mechanism, id or any name)
// param: place PLACE = null - 地区，含下辖 (place, with all that lies in it)
// column: year INTEGER - 年份 (year)
// column: level STRING - 层级 (level of the units)
// column: new INTEGER - 新采用的单位 (units of the level that adopt it in the year)
// column: total INTEGER - 累计采用的单位 (units of the level that have adopted it)
:param mechanism => "mechanism:领导干部接访下访";
:param place => null;
MATCH (a:Agency)-[r:IMPLEMENTS]->(:Mechanism {id: $mechanism})
WHERE r.status = 'reported' AND r.year IS NOT NULL
  AND ($place IS NULL OR EXISTS {
    MATCH (a)-[:LOCATED_IN]->(:Place)-[:PART_OF*0..5]->(:Place {id: $place})
  })
WITH a, r, a.succeeded_by AS later
OPTIONAL MATCH (h:Agency {id: later})
WITH a, r, coalesce(h.succeeded_by, later, a.id) AS body
ORDER BY r.year, a.id
WITH body, collect({level: a.level, year: r.year})[0] AS first
WITH first.level AS level, first.year AS year, count(body) AS new
WITH collect({level: level, year: year, new: new}) AS steps
UNWIND steps AS step
UNWIND steps AS before
WITH step, before
WHERE before.year <= step.year AND coalesce(before.level, '') = coalesce(step.level, '')
WITH step.year AS year, step.level AS level, step.new AS new, sum(before.new) AS total
RETURN year, level, new, total
ORDER BY year,
  CASE level WHEN '国家' THEN 1 WHEN '省' THEN 2 WHEN '市' THEN 3 WHEN '县区' THEN 4
             WHEN '乡镇街道' THEN 5 WHEN '村社区' THEN 6 ELSE 7 END
