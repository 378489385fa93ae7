// name: neighbours
// title: 与某结点相邻的结点 (Neighbours of a node)
// purpose: 每条关系一行，附原句。 (One row for each relationship, with its sentence.)
// param: id NODE, example "领导干部接访下访" - 标识 (id)
// param: type STRING = null, one of "IMPLEMENTS" "REPORTS_TO" "CITES" "ISSUES" "PUBLISHED" "LOCATED_IN" "PART_OF" - 关系 (relationship type)
// param: after STRING = null - 从此之后 (key after which the page starts)
// param: limit INTEGER = 50, 1 to 500 - 最多行数 (rows at most)
// column: key STRING - 排序键 (what the rows are sorted by)
// column: type STRING - 关系 (relationship type)
// column: direction STRING - 方向：out 由此出发，in 到此为止 (out or in)
// column: other NODE - 另一端 (node at the other end)
// column: name STRING - 名称 (its name)
// column: year INTEGER - 年份 (year covered)
// column: status STRING - 状态 (status)
// column: evidence STRING - 原句 (sentence as printed)
// column: report REPORT - 报告 (report)
// column: title STRING - 报告标题 (title of the report)
// column: start INTEGER - 起 (first offset of the sentence)
// column: end INTEGER - 止 (offset after its last character)
:param id => "mechanism:领导干部接访下访";
:param type => null;
:param after => null;
:param limit => 50;

// Without a sentence there are no offsets: for these the embedded engine would give the ends.
MATCH (n:Agency|Regulation|Mechanism|Initiative|Report|Place {id: $id})-[r]-(o)
WHERE type(r) <> 'MENTIONS' AND NOT o:Passage AND ($type IS NULL OR type(r) = $type)
WITH r, o, type(r) AS type, CASE WHEN startNode(r).id = $id THEN 'out' ELSE 'in' END AS direction
WITH r, o, type, direction,
     type + ' ' + direction + ' ' + o.id + ' ' + coalesce(r.report, '') AS key
WHERE $after IS NULL OR key > $after
WITH r, o, type, direction, key
ORDER BY key
LIMIT $limit
OPTIONAL MATCH (p:Report {id: r.report})
RETURN key, type, direction, o.id AS other, o.name AS name, r.year AS year,
       r.status AS status, r.evidence AS evidence, r.report AS report, p.name AS title,
       CASE WHEN r.evidence IS NOT NULL THEN r.start END AS start,
       CASE WHEN r.evidence IS NOT NULL THEN r.`end` END AS `end`
ORDER BY key
