// name: mechanism
// title: 机制 (A mechanism)
// purpose: 一行。 (One row.)
// param: id MECHANISM, example "领导干部接访下访" - 标识 (id)
// column: id MECHANISM - 标识 (id)
// column: name STRING - 名称 (name)
// column: aliases LIST<STRING> - 别名 (other names)
// column: name_en STRING - 英文名 (English name)
// column: field STRING - 领域 (field)
// column: definition STRING - 定义 (definition)
// column: broader MECHANISM - 上位机制 (broader mechanism)
// column: legal_basis LIST<STRING> - 依据 (legal basis)
// column: discovered BOOLEAN - 目录外发现 (found in text, not in the catalogue)
:param id => "mechanism:领导干部接访下访";
MATCH (n:Mechanism {id: $id})
RETURN n.id AS id, n.name AS name, coalesce(n.aliases, []) AS aliases, n.name_en AS name_en,
       n.field AS field, n.definition AS definition, n.broader AS broader,
       coalesce(n.legal_basis, []) AS legal_basis, n.discovered AS discovered
