// name: suggestions
// title: 输入时的候选名称 (Names to choose from while typing)
// purpose: 名称或别名含所输文字的结点，常用者在前。 (Nodes with a name that holds the text, those most used first.)
// param: text STRING = "", example "接访" - 文字，空则列最常用的 (text; empty lists those most used)
// param: kind STRING = null, one of "Agency" "Regulation" "Mechanism" "Initiative" "Place" "Report" - 类别 (kind of node)
// param: limit INTEGER = 10, 1 to 50 - 最多行数 (rows at most)
// column: id NODE - 标识 (id)
// column: name STRING - 名称 (name)
// column: also STRING - 命中的别名或英文名 (alias or English name that matched)
// column: count INTEGER - 数目：机制、专项行动的采用单位，法规文件的引用报告，机构的机制，地区的机构 (units that apply it, reports that cite it, mechanisms of a unit, units of a place)
:param text => "接访";
:param kind => null;
:param limit => 10;
CALL () {
  MATCH (n:Agency)
  WHERE $kind IS NULL OR $kind = 'Agency'
  WITH n, toLower(n.name) CONTAINS toLower($text) AS named,
       [x IN coalesce(n.aliases, []) WHERE toLower(x) CONTAINS toLower($text)][0] AS other
  WHERE named OR other IS NOT NULL
  OPTIONAL MATCH (n)-[r:IMPLEMENTS]->(m:Mechanism)
  WHERE r.status = 'reported'
  WITH n, named, other, count(DISTINCT m.id) AS count
  RETURN n.id AS id, n.name AS name, CASE WHEN named THEN null ELSE other END AS also, count
  ORDER BY count DESC, size(name), id
  LIMIT $limit
  UNION ALL
  MATCH (n:Regulation)
  WHERE $kind IS NULL OR $kind = 'Regulation'
  WITH n, toLower(n.name) CONTAINS toLower($text) AS named,
       [x IN coalesce(n.aliases, []) WHERE toLower(x) CONTAINS toLower($text)][0] AS other
  WHERE named OR other IS NOT NULL
  RETURN n.id AS id, n.name AS name, CASE WHEN named THEN null ELSE other END AS also,
         COUNT { (:Report)-[:CITES]->(n) } AS count
  ORDER BY count DESC, size(name), id
  LIMIT $limit
  UNION ALL
  MATCH (n:Mechanism)
  WHERE $kind IS NULL OR $kind = 'Mechanism'
  WITH n, toLower(n.name) CONTAINS toLower($text) AS named,
       [x IN coalesce(n.aliases, []) + coalesce([n.name_en], []) WHERE toLower(x) CONTAINS toLower($text)][0] AS other
  WHERE named OR other IS NOT NULL
  OPTIONAL MATCH (a:Agency)-[r:IMPLEMENTS]->(n)
  WHERE r.status = 'reported'
  WITH DISTINCT n, named, other, a.id AS agency, a.succeeded_by AS later
  OPTIONAL MATCH (h:Agency {id: later})
  WITH n, named, other, count(DISTINCT coalesce(h.succeeded_by, later, agency)) AS count
  RETURN n.id AS id, n.name AS name, CASE WHEN named THEN null ELSE other END AS also, count
  ORDER BY count DESC, size(name), id
  LIMIT $limit
  UNION ALL
  MATCH (n:Initiative)
  WHERE $kind IS NULL OR $kind = 'Initiative'
  WITH n, toLower(n.name) CONTAINS toLower($text) AS named,
       [x IN coalesce(n.aliases, []) + coalesce([n.name_en], []) WHERE toLower(x) CONTAINS toLower($text)][0] AS other
  WHERE named OR other IS NOT NULL
  OPTIONAL MATCH (a:Agency)-[r:IMPLEMENTS]->(n)
  WHERE r.status = 'reported'
  WITH DISTINCT n, named, other, a.id AS agency, a.succeeded_by AS later
  OPTIONAL MATCH (h:Agency {id: later})
  WITH n, named, other, count(DISTINCT coalesce(h.succeeded_by, later, agency)) AS count
  RETURN n.id AS id, n.name AS name, CASE WHEN named THEN null ELSE other END AS also, count
  ORDER BY count DESC, size(name), id
  LIMIT $limit
  UNION ALL
  MATCH (n:Place)
  WHERE ($kind IS NULL OR $kind = 'Place') AND toLower(n.id) CONTAINS toLower($text)
  RETURN n.id AS id, n.name AS name, null AS also,
         COUNT { (:Agency)-[:LOCATED_IN]->(n) } AS count
  ORDER BY count DESC, size(name), id
  LIMIT $limit
  UNION ALL
  MATCH (n:Report)
  WHERE ($kind IS NULL OR $kind = 'Report') AND toLower(n.name) CONTAINS toLower($text)
  RETURN n.id AS id, n.name AS name, null AS also, null AS count
  ORDER BY coalesce(n.year, 0) DESC, size(name), id
  LIMIT $limit
}
RETURN id, name, also, count
ORDER BY coalesce(count, 0) DESC, size(name), id
LIMIT $limit
