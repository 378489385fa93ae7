// name: node_properties
// title: 若干结点的全部属性 (All properties of some nodes)
// purpose: 每个结点一行；没有的属性为空。 (One row for each node; null where its label has no such property.)
// param: ids LIST<STRING>, example ["agency:北京市信访办公室", "mechanism:领导干部接访下访"] - 标识 (ids)
// column: id NODE - 标识 (id)
// column: name STRING - 名称 (name)
// column: aliases LIST<STRING> - 别名 (aliases)
// column: level STRING - 层级 (level)
// column: line STRING - 条线 (line)
// column: place STRING - 地区 (place)
// column: succeeded_by STRING - 改革后机构 (succeeded by)
// column: succeeded_in INTEGER - 改革年份 (succeeded in)
// column: name_en STRING - 英文名 (name en)
// column: field STRING - 领域 (field)
// column: definition STRING - 定义 (definition)
// column: broader STRING - 上位机制 (broader)
// column: legal_basis LIST<STRING> - 法律依据 (legal basis)
// column: discovered BOOLEAN - 新发现 (discovered)
// column: kind STRING - 文件种类 (kind)
// column: issuer LIST<STRING> - 制发机关 (issuer)
// column: issued INTEGER - 制发年份 (issued)
// column: status STRING - 状态 (status)
// column: ended STRING - 失效日期 (ended)
// column: replaced_by STRING - 替代文件 (replaced by)
// column: known BOOLEAN - 在目录内 (known)
:param ids => ["agency:北京市信访办公室", "mechanism:领导干部接访下访"];
MATCH (n:Agency) WHERE n.id IN $ids
RETURN n.id AS id, n.name AS name, n.aliases AS aliases, n.level AS level, n.line AS line,
       n.place AS place, n.succeeded_by AS succeeded_by, n.succeeded_in AS succeeded_in,
       null AS name_en, null AS field, null AS definition, null AS broader,
       null AS legal_basis, null AS discovered, null AS kind, null AS issuer, null AS issued,
       null AS status, null AS ended, null AS replaced_by, null AS known
UNION ALL
MATCH (n:Mechanism) WHERE n.id IN $ids
RETURN n.id AS id, n.name AS name, n.aliases AS aliases, null AS level, null AS line,
       null AS place, null AS succeeded_by, null AS succeeded_in, n.name_en AS name_en,
       n.field AS field, n.definition AS definition,
       n.broader AS broader, n.legal_basis AS legal_basis, n.discovered AS discovered,
       null AS kind, null AS issuer, null AS issued, null AS status, null AS ended,
       null AS replaced_by, null AS known
UNION ALL
MATCH (n:Regulation) WHERE n.id IN $ids
RETURN n.id AS id, n.name AS name, n.aliases AS aliases, null AS level, null AS line,
       null AS place, null AS succeeded_by, null AS succeeded_in, null AS name_en,
       null AS field, null AS definition, null AS broader,
       null AS legal_basis, null AS discovered, n.kind AS kind, n.issuer AS issuer,
       n.issued AS issued, n.status AS status, n.ended AS ended, n.replaced_by AS replaced_by,
       n.known AS known
UNION ALL
MATCH (n:Initiative) WHERE n.id IN $ids
RETURN n.id AS id, n.name AS name, n.aliases AS aliases, null AS level, null AS line,
       null AS place, null AS succeeded_by, null AS succeeded_in, n.name_en AS name_en,
       n.field AS field, n.definition AS definition,
       null AS broader, null AS legal_basis, n.discovered AS discovered, null AS kind,
       null AS issuer, null AS issued, null AS status, null AS ended, null AS replaced_by,
       null AS known
