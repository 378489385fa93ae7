// name: initiative
// title: 专项行动 (An initiative)
// purpose: 一行。 (One row.)
// param: id INITIATIVE, example "“八五”普法" - 标识 (id)
// column: id INITIATIVE - 标识 (id)
// column: name STRING - 名称 (name)
// column: aliases LIST<STRING> - 别名 (other names)
// column: name_en STRING - 英文名 (English name)
// column: field STRING - 领域 (field)
// column: definition STRING - 定义 (definition)
// column: discovered BOOLEAN - 目录外发现 (found in text, not in the catalogue)
:param id => "initiative:“八五”普法";
MATCH (n:Initiative {id: $id})
RETURN n.id AS id, n.name AS name, coalesce(n.aliases, []) AS aliases, n.name_en AS name_en,
       n.field AS field, n.definition AS definition, n.discovered AS discovered
