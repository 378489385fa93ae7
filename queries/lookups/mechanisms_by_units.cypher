// name: mechanisms_by_units
// title: 采用单位最多的机制 (Mechanisms that most units apply)
// purpose: 每项机制一行，采用单位多者在前。 (One row for each mechanism, most units first.)
// param: limit INTEGER = 1, 1 to 500 - 最多行数 (rows at most)
// column: id MECHANISM - 标识 (id)
// column: name STRING - 名称 (name)
// column: units INTEGER - 采用的单位 (units that report it)
:param limit => 1;
MATCH (a:Agency)-[r:IMPLEMENTS]->(n:Mechanism)
WHERE r.status = 'reported'
WITH DISTINCT n.id AS id, n.name AS name, a.id AS agency, a.succeeded_by AS later
OPTIONAL MATCH (h:Agency {id: later})
WITH id, name, count(DISTINCT coalesce(h.succeeded_by, later, agency)) AS units
RETURN id, name, units
ORDER BY units DESC, id
LIMIT $limit
