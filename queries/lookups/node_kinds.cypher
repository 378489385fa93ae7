// name: node_kinds
// title: 有无此标识 (Whether a node has that id)
// purpose: 至多一行。 (At most one row.)
// param: id STRING, example "mechanism:领导干部接访下访" - 标识 (id)
// column: id NODE - 标识 (id)
// column: name STRING - 名称 (name)
:param id => "mechanism:领导干部接访下访";
MATCH (n:Agency {id: $id}) RETURN n.id AS id, n.name AS name
UNION
MATCH (n:Regulation {id: $id}) RETURN n.id AS id, n.name AS name
UNION
MATCH (n:Mechanism {id: $id}) RETURN n.id AS id, n.name AS name
UNION
MATCH (n:Initiative {id: $id}) RETURN n.id AS id, n.name AS name
UNION
MATCH (n:Report {id: $id}) RETURN n.id AS id, n.name AS name
UNION
MATCH (n:Place {id: $id}) RETURN n.id AS id, n.name AS name
