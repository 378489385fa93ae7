// name: adoption_curve
// title: 某机制的采用曲线 (The adoption curve of a mechanism)
// purpose: 有单位新采用的年份一行：当年新采用的单位、累计单位、占已有报告的单位比例；改革前后算一个单位。 (One row for each year in which units adopt it: new units, all so far, and their share of the units with reports up to then; a body before and after a reform counts once.)
// example: 领导干部接访下访逐年扩散到多少单位？ (How many units has it reached, year by year?)
// param: mechanism MECHANISM, example "领导干部接访下访" - 机制 (mechanism, id or any name)
// param: place PLACE = null - 地区，含下辖 (place, with all that lies in it)
// column: year INTEGER - 年份 (year)
// column: new INTEGER - 新采用的单位 (units that adopt it in the year)
// column: total INTEGER - 累计采用的单位 (units that have adopted it)
// column: reporting INTEGER - 已有报告的单位 (units with reports up to the year)
// column: share FLOAT - 累计比例 (total of reporting, 0 to 1)
:param mechanism => "mechanism:领导干部接访下访";
:param place => null;
CALL () {
  MATCH (a:Agency)-[r:IMPLEMENTS]->(:Mechanism {id: $mechanism})
  WHERE r.status = 'reported' AND r.year IS NOT NULL
    AND ($place IS NULL OR EXISTS {
      MATCH (a)-[:LOCATED_IN]->(:Place)-[:PART_OF*0..5]->(:Place {id: $place})
    })
  RETURN a.id AS agency, a.succeeded_by AS later, r.year AS year, 1 AS adopts
  UNION ALL
  MATCH (a:Agency)-[p:PUBLISHED]->(:Report)
  WHERE p.year IS NOT NULL
    AND ($place IS NULL OR EXISTS {
      MATCH (a)-[:LOCATED_IN]->(:Place)-[:PART_OF*0..5]->(:Place {id: $place})
    })
  RETURN a.id AS agency, a.succeeded_by AS later, p.year AS year, 0 AS adopts
}
WITH agency, later, year, adopts
OPTIONAL MATCH (h:Agency {id: later})
WITH coalesce(h.succeeded_by, later, agency) AS body, year, adopts
WITH body, min(year) AS since, min(CASE adopts WHEN 1 THEN year END) AS first
WITH collect(since) AS begins, collect(first) AS firsts
UNWIND firsts AS year
WITH DISTINCT year, begins, firsts
WITH year, size([x IN firsts WHERE x = year]) AS new, size([x IN firsts WHERE x <= year]) AS total,
     size([x IN begins WHERE x <= year]) AS reporting
RETURN year, new, total, reporting, round(1000.0 * total / reporting) / 1000 AS share
ORDER BY year
