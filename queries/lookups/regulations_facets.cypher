// name: regulations_facets
// title: 法规文件列表各项的数目 (Counts for the list of regulations)
// purpose: 每项每个值一行，计入列表的全部行，多者在前。 (One row for each value of each facet, over the whole list, the most frequent first.)
// param: q STRING = null - 名称含 (text that a name holds)
// param: kind STRING = null - 类别 (kind)
// param: status STRING = null - 效力 (in force, repealed or expired)
// column: facet STRING - 项 (facet)
// column: value STRING - 值 (value)
// column: count INTEGER - 行数 (rows of the list that have it)
:param q => null;
:param kind => null;
:param status => null;
MATCH (n:Regulation)
WHERE ($q IS NULL OR n.name CONTAINS $q OR any(x IN coalesce(n.aliases, []) WHERE x CONTAINS $q))
  AND ($kind IS NULL OR n.kind = $kind)
  AND ($status IS NULL OR n.status = $status)
UNWIND [['kind', n.kind], ['status', n.status]] AS pair
WITH pair[0] AS facet, pair[1] AS value
WHERE value IS NOT NULL
RETURN facet, value, count(*) AS count
ORDER BY facet, count DESC, value
