// name: adoption_curve
// title: 某机制的采用曲线 (The adoption curve of a mechanism)
// purpose: 有单位新采用的年份一行：当年新采用的单位、累计单位、占已有报告的单位比例。 (One row for each year in which units adopt it: new units, all so far, and their share of the units with reports up to then.)
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
MATCH (a:Agency)-[r:IMPLEMENTS]->(:Mechanism {id: $mechanism})
WHERE r.status = 'reported' AND r.year IS NOT NULL
  AND ($place IS NULL OR EXISTS {
    MATCH (a)-[:LOCATED_IN]->(:Place)-[:PART_OF*0..5]->(:Place {id: $place})
  })
WITH a.id AS agency, min(r.year) AS first
WITH collect({agency: agency, first: first}) AS adopters
UNWIND adopters AS adopter
WITH DISTINCT adopter.first AS year, adopters
WITH year, size([x IN adopters WHERE x.first = year]) AS new,
     size([x IN adopters WHERE x.first <= year]) AS total,
     [x IN adopters WHERE x.first <= year | x.agency] AS known
OPTIONAL MATCH (u:Agency)-[p:PUBLISHED]->(:Report)
WHERE p.year <= year AND NOT u.id IN known
  AND ($place IS NULL OR EXISTS {
    MATCH (u)-[:LOCATED_IN]->(:Place)-[:PART_OF*0..5]->(:Place {id: $place})
  })
WITH year, new, total, total + count(DISTINCT u.id) AS reporting
RETURN year, new, total, reporting, round(1000.0 * total / reporting) / 1000 AS share
ORDER BY year
