// name: nodes_called
// title: 名称或别名在表中的结点 (Nodes whose id, name or alias is in a list)
// purpose: 每个结点一行，附其全部名称。 (One row for each node, with all its names.)
// param: names LIST<STRING>, example ["领导干部接访下访", "北京市信访办"] - 标识、名称或别名 (ids, names or aliases)
// column: id NODE - 标识 (id)
// column: name STRING - 名称 (name)
// column: names LIST<STRING> - 其他名称 (other names)
:param names => ["领导干部接访下访", "北京市信访办"];
MATCH (n:Agency)
WHERE n.id IN $names OR n.name IN $names OR any(x IN coalesce(n.aliases, []) WHERE x IN $names)
RETURN n.id AS id, n.name AS name, coalesce(n.aliases, []) AS names
UNION ALL
MATCH (n:Regulation)
WHERE n.id IN $names OR n.name IN $names OR any(x IN coalesce(n.aliases, []) WHERE x IN $names)
RETURN n.id AS id, n.name AS name, coalesce(n.aliases, []) AS names
UNION ALL
MATCH (n:Mechanism)
WHERE n.id IN $names OR n.name IN $names OR n.name_en IN $names
   OR any(x IN coalesce(n.aliases, []) WHERE x IN $names)
RETURN n.id AS id, n.name AS name, coalesce(n.aliases, []) + coalesce([n.name_en], []) AS names
UNION ALL
MATCH (n:Initiative)
WHERE n.id IN $names OR n.name IN $names OR n.name_en IN $names
   OR any(x IN coalesce(n.aliases, []) WHERE x IN $names)
RETURN n.id AS id, n.name AS name, coalesce(n.aliases, []) + coalesce([n.name_en], []) AS names
