// name: reports_facets
// title: 报告列表各项的数目 (Counts for the list of reports)
// purpose: 每项每个值一行，计入列表的全部行，多者在前。 (One row for each value of each facet, over the whole list, the most frequent first.)
// param: q STRING = null - 标题或单位含 (text that the title or unit holds)
// param: place PLACE = null - 地区，含下辖 (place of the unit, with all that lies in it)
// param: year INTEGER = null, 1900 to 2200 - 年份 (year covered)
// column: facet STRING - 项 (facet)
// column: value STRING - 值 (value)
// column: count INTEGER - 行数 (rows of the list that have it)
:param q => null;
:param place => null;
:param year => null;
MATCH (n:Report)
WHERE ($q IS NULL OR n.name CONTAINS $q OR n.unit CONTAINS $q)
  AND ($year IS NULL OR n.year = $year)
  AND ($place IS NULL OR EXISTS {
    MATCH (n)<-[:PUBLISHED]-(:Agency)-[:LOCATED_IN]->(:Place)-[:PART_OF*0..5]->(:Place {id: $place})
  })
UNWIND [['place', n.place], ['year', toString(n.year)]] AS pair
WITH pair[0] AS facet, pair[1] AS value
WHERE value IS NOT NULL
RETURN facet, value, count(*) AS count
ORDER BY facet, count DESC, value
