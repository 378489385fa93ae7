// name: agency
// title: 机构 (A body)
// purpose: 一行。 (One row.)
// param: id AGENCY, example "北京市信访办公室" - 标识 (id)
// column: id AGENCY - 标识 (id)
// column: name STRING - 名称 (name)
// column: aliases LIST<STRING> - 别名 (other names)
// column: level STRING - 层级 (level)
// column: line STRING - 条线 (line of work)
// column: place STRING - 地区 (place)
// column: succeeded_by AGENCY - 改革后机构 (body that a reform made of it)
// column: succeeded_in INTEGER - 改革年份 (year of that reform)
// column: succeeded LIST<STRING> - 改革前机构 (ids of the bodies that it took over from)
// column: years LIST<INTEGER> - 有报告的年份 (years with a report)
:param id => "agency:北京市信访办公室";
MATCH (n:Agency {id: $id})
OPTIONAL MATCH (b:Agency)
WHERE b.succeeded_by = $id
WITH n, b.id AS before
ORDER BY before
WITH n, collect(before) AS succeeded
OPTIONAL MATCH (n)-[:PUBLISHED]->(p:Report)
WITH n, succeeded, p.year AS year
ORDER BY year
RETURN n.id AS id, n.name AS name, coalesce(n.aliases, []) AS aliases, n.level AS level,
       n.line AS line, n.place AS place, n.succeeded_by AS succeeded_by,
       n.succeeded_in AS succeeded_in, succeeded, collect(DISTINCT year) AS years
