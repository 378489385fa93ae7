// name: nodes_named
// title: 以此为名称的结点 (Nodes whose canonical name it is)
// purpose: 每个结点一行，查索引。 (One row for each node, by index.)
// param: name STRING, example "领导干部接访下访" - 名称 (name, to the letter)
// column: id NODE - 标识 (id)
// column: name STRING - 名称 (name)
:param name => "领导干部接访下访";
MATCH (n:Agency {name: $name}) RETURN n.id AS id, n.name AS name
UNION
MATCH (n:Regulation {name: $name}) RETURN n.id AS id, n.name AS name
UNION
MATCH (n:Mechanism {name: $name}) RETURN n.id AS id, n.name AS name
UNION
MATCH (n:Initiative {name: $name}) RETURN n.id AS id, n.name AS name
UNION
MATCH (n:Report {name: $name}) RETURN n.id AS id, n.name AS name
UNION
MATCH (n:Place {name: $name}) RETURN n.id AS id, n.name AS name
