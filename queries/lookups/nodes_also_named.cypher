// name: nodes_also_named
// title: 以此为别名的结点 (Nodes of which it is another name)
// purpose: 每个结点一行：别名、英文名，地区的简称，报告的文件名。 (One row for each node: alias, English name, a place's own name, a report's file.)
// param: name STRING, example "领导接访" - 别名 (other name)
// column: id NODE - 标识 (id)
// column: name STRING - 名称 (name)
:param name => "领导接访";
MATCH (n:Agency) WHERE $name IN n.aliases RETURN n.id AS id, n.name AS name
UNION
MATCH (n:Regulation) WHERE $name IN n.aliases RETURN n.id AS id, n.name AS name
UNION
MATCH (n:Mechanism)
WHERE $name IN n.aliases OR toLower(n.name_en) = toLower($name)
RETURN n.id AS id, n.name AS name
UNION
MATCH (n:Initiative)
WHERE $name IN n.aliases OR toLower(n.name_en) = toLower($name)
RETURN n.id AS id, n.name AS name
UNION
MATCH (n:Report) WHERE n.source = $name OR n.source ENDS WITH '/' + $name
RETURN n.id AS id, n.name AS name
UNION
MATCH (n:Place) WHERE n.name ENDS WITH $name OR n.id ENDS WITH $name OR n.code = $name
RETURN n.id AS id, n.name AS name
