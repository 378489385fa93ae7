// name: mechanisms_facets
// title: 机制列表各项的数目 (Counts for the list of mechanisms)
// purpose: 每项每个值一行，计入列表的全部行，多者在前。 (One row for each value of each facet, over the whole list, the most frequent first.)
// param: q STRING = null - 名称含 (text that a name holds)
// param: field STRING = null - 领域 (field of governance)
// param: discovered BOOLEAN = null - 目录外发现 (found in text, not in the catalogue)
// column: facet STRING - 项 (facet)
// column: value STRING - 值 (value)
// column: count INTEGER - 行数 (rows of the list that have it)
:param q => null;
:param field => null;
:param discovered => null;
MATCH (n:Mechanism)
WHERE ($q IS NULL OR n.name CONTAINS $q OR toLower(n.name_en) CONTAINS toLower($q)
       OR any(x IN coalesce(n.aliases, []) WHERE x CONTAINS $q))
  AND ($field IS NULL OR n.field = $field)
  AND ($discovered IS NULL OR n.discovered = $discovered)
UNWIND [['field', n.field], ['discovered', toString(n.discovered)]] AS pair
WITH pair[0] AS facet, pair[1] AS value
WHERE value IS NOT NULL
RETURN facet, value, count(*) AS count
ORDER BY facet, count DESC, value
