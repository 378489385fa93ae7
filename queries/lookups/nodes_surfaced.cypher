// name: nodes_surfaced
// title: 报告里这样称呼的结点 (Nodes that reports call so)
// purpose: 每个结点一行。 (One row for each node.)
// param: query SEARCH, example "领导干部接访下访" - 词语 (words of the name)
// param: surface STRING, example "领导干部接访下访" - 报告中的写法 (wording in reports)
// column: id NODE - 标识 (id)
// column: name STRING - 名称 (name)
:param query => '"领导" "干部" "接访" "下访"';
:param surface => "领导干部接访下访";
CALL db.index.fulltext.queryNodes('search_Passage', $query) YIELD node, score
WITH node, score
WHERE node.text CONTAINS $surface
WITH node
ORDER BY node.id
LIMIT 1000
MATCH (node)-[r:MENTIONS]->(n)
WHERE $surface IN r.surfaces
RETURN DISTINCT n.id AS id, n.name AS name
ORDER BY id
