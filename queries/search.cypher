// name: search
// title: 全文检索 (Full-text search)
// purpose: 名称或语句中含所查词语的每个结点一行，含词多者在前，词在名称中者更前。 (One row for each node whose names, or sentence, hold the words; those that hold most come first, in the name before elsewhere.)
// example: 查“领导接访” (Look for 领导接访)
// param: query SEARCH, example "领导干部接访下访" - 词语 (words)
// param: kind STRING = null, one of "Agency" "Mechanism" "Regulation" "Initiative" "Passage" - 类别 (kind of node)
// param: limit INTEGER = 20, 1 to 500 - 最多行数 (rows at most)
// param: offset INTEGER = 0, 0 to 9499 - 跳过行数 (rows to skip)
// column: kind STRING - 类别 (kind of node)
// column: id NODE - 标识 (id)
// column: name STRING - 名称或语句 (name, or the sentence)
// column: words INTEGER - 命中词数 (how many of the words it holds)
// column: report REPORT - 报告 (report, for a sentence)
// column: title STRING - 报告标题 (title of the report)
// column: year INTEGER - 年份 (year covered)
// column: start INTEGER - 起 (first offset of the sentence)
// column: end INTEGER - 止 (offset after its last character)
:param query => '"领导" "干部" "接访" "下访"';
:param kind => null;
:param limit => 20;
:param offset => 0;

// The engines weigh words differently, so the order rests on what both agree on:
// how many of the words are there, how many of them in the name itself, then the shorter
// text. Of very many hits only what they are sorted by is carried along: with a node in each
// row the embedded engine takes 1.6 times as long.
CALL () {
  CALL db.index.fulltext.queryNodes('search_Agency', $query) YIELD node, score
  WITH node.id AS id, node.name AS name,
       [w IN split(replace($query, '"', ''), ' ')
        WHERE ' ' + node.search + ' ' CONTAINS ' ' + w + ' '] AS found
  WHERE ($kind IS NULL OR $kind = 'Agency') AND size(found) > 0
  RETURN 'Agency' AS kind, id, name, size(found) AS words,
         size([w IN found WHERE name CONTAINS w]) AS named,
         null AS report, null AS start, null AS stop
  ORDER BY words DESC, named DESC, size(name), id
  LIMIT $offset + $limit
  UNION ALL
  CALL db.index.fulltext.queryNodes('search_Mechanism', $query) YIELD node, score
  WITH node.id AS id, node.name AS name,
       [w IN split(replace($query, '"', ''), ' ')
        WHERE ' ' + node.search + ' ' CONTAINS ' ' + w + ' '] AS found
  WHERE ($kind IS NULL OR $kind = 'Mechanism') AND size(found) > 0
  RETURN 'Mechanism' AS kind, id, name, size(found) AS words,
         size([w IN found WHERE name CONTAINS w]) AS named,
         null AS report, null AS start, null AS stop
  ORDER BY words DESC, named DESC, size(name), id
  LIMIT $offset + $limit
  UNION ALL
  CALL db.index.fulltext.queryNodes('search_Regulation', $query) YIELD node, score
  WITH node.id AS id, node.name AS name,
       [w IN split(replace($query, '"', ''), ' ')
        WHERE ' ' + node.search + ' ' CONTAINS ' ' + w + ' '] AS found
  WHERE ($kind IS NULL OR $kind = 'Regulation') AND size(found) > 0
  RETURN 'Regulation' AS kind, id, name, size(found) AS words,
         size([w IN found WHERE name CONTAINS w]) AS named,
         null AS report, null AS start, null AS stop
  ORDER BY words DESC, named DESC, size(name), id
  LIMIT $offset + $limit
  UNION ALL
  CALL db.index.fulltext.queryNodes('search_Initiative', $query) YIELD node, score
  WITH node.id AS id, node.name AS name,
       [w IN split(replace($query, '"', ''), ' ')
        WHERE ' ' + node.search + ' ' CONTAINS ' ' + w + ' '] AS found
  WHERE ($kind IS NULL OR $kind = 'Initiative') AND size(found) > 0
  RETURN 'Initiative' AS kind, id, name, size(found) AS words,
         size([w IN found WHERE name CONTAINS w]) AS named,
         null AS report, null AS start, null AS stop
  ORDER BY words DESC, named DESC, size(name), id
  LIMIT $offset + $limit
  UNION ALL
  CALL db.index.fulltext.queryNodes('search_Passage', $query) YIELD node, score
  WITH node.id AS found, size(node.text) AS length,
       size([w IN split(replace($query, '"', ''), ' ')
             WHERE ' ' + node.search + ' ' CONTAINS ' ' + w + ' ']) AS words
  WHERE ($kind IS NULL OR $kind = 'Passage') AND words > 0
  WITH found, length, words
  ORDER BY words DESC, length, found
  LIMIT $offset + $limit
  MATCH (s:Passage {id: found})
  RETURN 'Passage' AS kind, s.id AS id, s.text AS name, words, words AS named,
         s.report AS report, s.start AS start, s.`end` AS stop
}
OPTIONAL MATCH (p:Report {id: report})
RETURN kind, id, name, words, p.id AS report, p.name AS title, p.year AS year,
       start, stop AS `end`
ORDER BY words DESC, kind = 'Passage', named DESC, size(name), kind, id
SKIP $offset
LIMIT $limit
