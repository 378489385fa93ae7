// name: mechanism_profile
// title: 某机制的概况 (Profile of a mechanism)
// purpose: 一行：名称、定义、依据、规模。 (One row: names, definition, basis, extent.)
// example: 什么是领导干部接访下访？ (What is it, and how common?)
// param: mechanism MECHANISM, example "领导干部接访下访" - 机制 (mechanism, id or any name)
// column: mechanism MECHANISM - 机制 (mechanism)
// column: name_en STRING - 英文名 (English name)
// column: field STRING - 领域 (field of governance)
// column: definition STRING - 定义 (definition)
// column: aliases LIST<STRING> - 别名 (other names)
// column: broader MECHANISM - 上位机制 (broader mechanism)
// column: legal_basis LIST<STRING> - 依据 (legal basis)
// column: discovered BOOLEAN - 目录外发现 (found in text, not in the catalogue)
// column: units INTEGER - 采用的单位 (units that report it)
// column: reports INTEGER - 报告数 (reports that name an applying unit)
// column: first_year INTEGER - 最早年份 (first year)
// column: last_year INTEGER - 最近年份 (last year)
:param mechanism => "mechanism:领导干部接访下访";
MATCH (m:Mechanism {id: $mechanism})
OPTIONAL MATCH (a:Agency)-[r:IMPLEMENTS]->(m)
WITH m, count(DISTINCT CASE r.status WHEN 'reported' THEN a.id END) AS units,
     count(DISTINCT r.report) AS reports, min(r.year) AS first_year, max(r.year) AS last_year
RETURN m.id AS mechanism, m.name_en AS name_en, m.field AS field, m.definition AS definition,
       coalesce(m.aliases, []) AS aliases, m.broader AS broader,
       coalesce(m.legal_basis, []) AS legal_basis, m.discovered AS discovered,
       units, reports, first_year, last_year
ORDER BY mechanism
