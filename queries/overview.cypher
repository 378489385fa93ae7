// name: overview
// title: 图谱概况 (Overview of the graph)
// purpose: 每类结点、每类关系一行。 (One row for each label and relationship type.)
// example: 图谱里有什么？ (What does the graph hold?)
// column: kind STRING - 类：node 结点，edge 关系 (node or edge)
// column: name STRING - 名称 (label or relationship type)
// column: count INTEGER - 数量 (how many)
// column: first_year INTEGER - 最早报告年份 (first year covered, of reports)
// column: last_year INTEGER - 最近报告年份 (last year covered, of reports)

// Counted before they are named: the embedded engine gives no row for a label without nodes.
MATCH (n:Agency)
WITH count(n) AS count
RETURN 'node' AS kind, 'Agency' AS name, count, null AS first_year, null AS last_year
UNION ALL
MATCH (n:Regulation)
WITH count(n) AS count
RETURN 'node' AS kind, 'Regulation' AS name, count, null AS first_year, null AS last_year
UNION ALL
MATCH (n:Mechanism)
WITH count(n) AS count
RETURN 'node' AS kind, 'Mechanism' AS name, count, null AS first_year, null AS last_year
UNION ALL
MATCH (n:Initiative)
WITH count(n) AS count
RETURN 'node' AS kind, 'Initiative' AS name, count, null AS first_year, null AS last_year
UNION ALL
MATCH (n:Report)
WITH count(n) AS count, min(n.year) AS first_year, max(n.year) AS last_year
RETURN 'node' AS kind, 'Report' AS name, count, first_year, last_year
UNION ALL
MATCH (n:Passage)
WITH count(n) AS count
RETURN 'node' AS kind, 'Passage' AS name, count, null AS first_year, null AS last_year
UNION ALL
MATCH (n:Measure)
WITH count(n) AS count
RETURN 'node' AS kind, 'Measure' AS name, count, null AS first_year, null AS last_year
UNION ALL
MATCH (n:Place)
WITH count(n) AS count
RETURN 'node' AS kind, 'Place' AS name, count, null AS first_year, null AS last_year
UNION ALL
MATCH ()-[r:IMPLEMENTS]->()
WITH count(r) AS count
RETURN 'edge' AS kind, 'IMPLEMENTS' AS name, count, null AS first_year, null AS last_year
UNION ALL
MATCH ()-[r:REPORTS_TO]->()
WITH count(r) AS count
RETURN 'edge' AS kind, 'REPORTS_TO' AS name, count, null AS first_year, null AS last_year
UNION ALL
MATCH ()-[r:CITES]->()
WITH count(r) AS count
RETURN 'edge' AS kind, 'CITES' AS name, count, null AS first_year, null AS last_year
UNION ALL
MATCH ()-[r:ISSUES]->()
WITH count(r) AS count
RETURN 'edge' AS kind, 'ISSUES' AS name, count, null AS first_year, null AS last_year
UNION ALL
MATCH ()-[r:PUBLISHED]->()
WITH count(r) AS count
RETURN 'edge' AS kind, 'PUBLISHED' AS name, count, null AS first_year, null AS last_year
UNION ALL
MATCH ()-[r:MENTIONS]->()
WITH count(r) AS count
RETURN 'edge' AS kind, 'MENTIONS' AS name, count, null AS first_year, null AS last_year
UNION ALL
MATCH ()-[r:PART_OF]->()
WITH count(r) AS count
RETURN 'edge' AS kind, 'PART_OF' AS name, count, null AS first_year, null AS last_year
UNION ALL
MATCH ()-[r:MEASURES]->()
WITH count(r) AS count
RETURN 'edge' AS kind, 'MEASURES' AS name, count, null AS first_year, null AS last_year
UNION ALL
MATCH ()-[r:LOCATED_IN]->()
WITH count(r) AS count
RETURN 'edge' AS kind, 'LOCATED_IN' AS name, count, null AS first_year, null AS last_year
