// name: mechanism_spread
// title: 某机制在哪些层级和地区铺开 (How a mechanism spreads over levels and places)
// purpose: 每个层级、地区一行：多少单位，最早和最近的年份；改革前后算一个单位。 (One row for each level and place: how many units, first and last year; a body before and after a reform counts once.)
// example: 领导干部接访下访在哪些地区铺开？ (Where has it spread?)
// param: mechanism MECHANISM, example "领导干部接访下访" - 机制 (mechanism, id or any name)
// column: level STRING - 层级 (level of the units)
// column: place STRING - 地区 (place)
// column: units INTEGER - 采用的单位 (units)
// column: first_year INTEGER - 最早年份 (first year)
// column: last_year INTEGER - 最近年份 (last year)
:param mechanism => "mechanism:领导干部接访下访";
MATCH (a:Agency)-[r:IMPLEMENTS]->(:Mechanism {id: $mechanism})
WHERE r.status = 'reported'
WITH a, r, a.succeeded_by AS later
OPTIONAL MATCH (h:Agency {id: later})
WITH a.level AS level, a.place AS place, r.year AS year,
     coalesce(h.succeeded_by, later, a.id) AS body
RETURN level, place, count(DISTINCT body) AS units,
       min(year) AS first_year, max(year) AS last_year
ORDER BY units DESC, coalesce(level, ''), coalesce(place, '')
