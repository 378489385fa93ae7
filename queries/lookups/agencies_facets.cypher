// name: agencies_facets
// title: 机构列表各项的数目 (Counts for the list of bodies)
// purpose: 每项每个值一行，计入列表的全部行，多者在前。 (One row for each value of each facet, over the whole list, the most frequent first.)
// param: q STRING = null - 名称含 (text that a name holds)
// param: place PLACE = null - 地区，含下辖 (place, with all that lies in it)
// param: level STRING = null, one of "国家" "省" "市" "县区" "乡镇街道" "村社区" - 层级 (level)
// param: line STRING = null - 条线 (line of work)
// column: facet STRING - 项 (facet)
// column: value STRING - 值 (value)
// column: count INTEGER - 行数 (rows of the list that have it)
:param q => null;
:param place => null;
:param level => null;
:param line => null;
MATCH (n:Agency)
WHERE ($q IS NULL OR n.name CONTAINS $q OR any(x IN coalesce(n.aliases, []) WHERE x CONTAINS $q))
  AND ($level IS NULL OR n.level = $level)
  AND ($line IS NULL OR n.line = $line)
  AND ($place IS NULL OR EXISTS {
    MATCH (n)-[:LOCATED_IN]->(:Place)-[:PART_OF*0..5]->(:Place {id: $place})
  })
UNWIND [['place', n.place], ['level', n.level], ['line', n.line]] AS pair
WITH pair[0] AS facet, pair[1] AS value
WHERE value IS NOT NULL
RETURN facet, value, count(*) AS count
ORDER BY facet, count DESC, value
