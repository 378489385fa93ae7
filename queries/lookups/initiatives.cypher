// name: initiatives
// title: 专项行动列表 (List of initiatives)
// purpose: 每项一行，按标识排序。 (One row for each, by id.)
// param: q STRING = null - 名称含 (text that a name holds)
// param: field STRING = null - 领域 (field of governance)
// param: after STRING = null - 从此标识之后 (id after which the page starts)
// param: limit INTEGER = 50, 1 to 500 - 最多行数 (rows at most)
// column: id INITIATIVE - 标识 (id)
// column: name STRING - 名称 (name)
// column: name_en STRING - 英文名 (English name)
// column: field STRING - 领域 (field)
// column: discovered BOOLEAN - 目录外发现 (found in text, not in the catalogue)
// column: units INTEGER - 参加的单位 (units that take part)
:param q => null;
:param field => null;
:param after => null;
:param limit => 50;
MATCH (n:Initiative)
WHERE ($after IS NULL OR n.id > $after)
  AND ($q IS NULL OR n.name CONTAINS $q OR toLower(n.name_en) CONTAINS toLower($q)
       OR any(x IN coalesce(n.aliases, []) WHERE x CONTAINS $q))
  AND ($field IS NULL OR n.field = $field)
WITH n
ORDER BY n.id
LIMIT $limit
OPTIONAL MATCH (a:Agency)-[:IMPLEMENTS]->(n)
WITH DISTINCT n, a.id AS agency, a.succeeded_by AS later
OPTIONAL MATCH (h:Agency {id: later})
RETURN n.id AS id, n.name AS name, n.name_en AS name_en, n.field AS field,
       n.discovered AS discovered, count(DISTINCT coalesce(h.succeeded_by, later, agency)) AS units
ORDER BY id
