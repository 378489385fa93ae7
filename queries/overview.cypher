// name: overview
// title: 图谱概况 (Overview of the graph)
// purpose: 每类结点、每类关系一行。 (One row for each label and relationship type.)
// example: 图谱里有什么？ (What does the graph hold?)
// column: kind STRING - 类：node 结点，edge 关系 (node or edge)
// column: name STRING - 名称 (label or relationship type)
// column: count INTEGER - 数量 (how many)
// column: first_year INTEGER - 最早年份 (first year covered)
// column: last_year INTEGER - 最近年份 (last year covered)
MATCH (n:Agency)
RETURN 'node' AS kind, 'Agency' AS name, count(n) AS count, null AS first_year, null AS last_year
UNION ALL
MATCH (n:Regulation)
RETURN 'node' AS kind, 'Regulation' AS name, count(n) AS count, null AS first_year, null AS last_year
UNION ALL
MATCH (n:Mechanism)
RETURN 'node' AS kind, 'Mechanism' AS name, count(n) AS count, null AS first_year, null AS last_year
UNION ALL
MATCH (n:Initiative)
RETURN 'node' AS kind, 'Initiative' AS name, count(n) AS count, null AS first_year, null AS last_year
UNION ALL
MATCH (n:Report)
RETURN 'node' AS kind, 'Report' AS name, count(n) AS count, min(n.year) AS first_year, max(n.year) AS last_year
UNION ALL
MATCH (n:Passage)
RETURN 'node' AS kind, 'Passage' AS name, count(n) AS count, null AS first_year, null AS last_year
UNION ALL
MATCH (n:Place)
RETURN 'node' AS kind, 'Place' AS name, count(n) AS count, null AS first_year, null AS last_year
UNION ALL
MATCH ()-[r:IMPLEMENTS]->()
RETURN 'edge' AS kind, 'IMPLEMENTS' AS name, count(r) AS count, min(r.year) AS first_year, max(r.year) AS last_year
UNION ALL
MATCH ()-[r:REPORTS_TO]->()
RETURN 'edge' AS kind, 'REPORTS_TO' AS name, count(r) AS count, min(r.year) AS first_year, max(r.year) AS last_year
UNION ALL
MATCH ()-[r:CITES]->()
RETURN 'edge' AS kind, 'CITES' AS name, count(r) AS count, min(r.year) AS first_year, max(r.year) AS last_year
UNION ALL
MATCH ()-[r:ISSUES]->()
RETURN 'edge' AS kind, 'ISSUES' AS name, count(r) AS count, min(r.year) AS first_year, max(r.year) AS last_year
UNION ALL
MATCH ()-[r:PUBLISHED]->()
RETURN 'edge' AS kind, 'PUBLISHED' AS name, count(r) AS count, null AS first_year, null AS last_year
UNION ALL
MATCH ()-[r:MENTIONS]->()
RETURN 'edge' AS kind, 'MENTIONS' AS name, count(r) AS count, null AS first_year, null AS last_year
UNION ALL
MATCH ()-[r:PART_OF]->()
RETURN 'edge' AS kind, 'PART_OF' AS name, count(r) AS count, null AS first_year, null AS last_year
UNION ALL
MATCH ()-[r:LOCATED_IN]->()
RETURN 'edge' AS kind, 'LOCATED_IN' AS name, count(r) AS count, null AS first_year, null AS last_year
