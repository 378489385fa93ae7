// name: nodes_like
// title: 名称含这些词的结点 (Nodes whose names hold the words)
// purpose: 每类至多若干行，含词多者在前。 (A few rows of each kind, those that hold most words first.)
// param: query SEARCH, example "领导干部接访下访" - 词语 (words)
// param: limit INTEGER = 30, 1 to 500 - 每类最多行数 (rows of each kind at most)
// column: id NODE - 标识 (id)
// column: name STRING - 名称 (name)
// column: names LIST<STRING> - 其他名称 (other names)
// column: words INTEGER - 命中词数 (how many of the words it holds)
:param query => '"领导" "干部" "接访" "下访"';
:param limit => 30;
CALL () {
  CALL db.index.fulltext.queryNodes('search_Agency', $query) YIELD node, score
  WITH node, [w IN split(replace($query, '"', ''), ' ') WHERE w IN split(node.search, ' ')] AS found
  RETURN node.id AS id, node.name AS name, coalesce(node.aliases, []) AS names,
         size(found) AS words
  ORDER BY words DESC, size(name), id
  LIMIT $limit
  UNION ALL
  CALL db.index.fulltext.queryNodes('search_Regulation', $query) YIELD node, score
  WITH node, [w IN split(replace($query, '"', ''), ' ') WHERE w IN split(node.search, ' ')] AS found
  RETURN node.id AS id, node.name AS name, coalesce(node.aliases, []) AS names,
         size(found) AS words
  ORDER BY words DESC, size(name), id
  LIMIT $limit
  UNION ALL
  CALL db.index.fulltext.queryNodes('search_Mechanism', $query) YIELD node, score
  WITH node, [w IN split(replace($query, '"', ''), ' ') WHERE w IN split(node.search, ' ')] AS found
  RETURN node.id AS id, node.name AS name, coalesce(node.aliases, []) AS names,
         size(found) AS words
  ORDER BY words DESC, size(name), id
  LIMIT $limit
  UNION ALL
  CALL db.index.fulltext.queryNodes('search_Initiative', $query) YIELD node, score
  WITH node, [w IN split(replace($query, '"', ''), ' ') WHERE w IN split(node.search, ' ')] AS found
  RETURN node.id AS id, node.name AS name, coalesce(node.aliases, []) AS names,
         size(found) AS words
  ORDER BY words DESC, size(name), id
  LIMIT $limit
}
RETURN id, name, names, words
ORDER BY words DESC, size(name), id
