// name: mechanism_profile
// title: 某机制的概况 (Profile of a mechanism)
// purpose: 一行：名称、定义、依据、规模，计划的与已报告的；改革前后算一个单位。 (One row: names, definition, basis, extent, those that plan it beside those that report it; a body before and after a reform counts once.)
// example: 什么是领导干部接访下访？ (What is it, and how common?)
// param: mechanism MECHANISM, example "领导干部接访下访" - 机制 (mechanism, id or any name)
// column: mechanism MECHANISM - 机制 (mechanism)
// column: name_en STRING - 英文名 (English name)
// column: field STRING - 领域 (field of governance)
// column: definition STRING - 定义 (definition)
// column: aliases LIST<STRING> - 别名 (other names)
// column: broader MECHANISM - 上位机制 (broader mechanism)
// column: narrower LIST<STRING> - 下位机制 (names of narrower mechanisms)
// column: legal_basis LIST<STRING> - 依据 (legal basis, by the catalogue)
// column: cited LIST<STRING> - 报告所称依据 (names of the regulations that reports rest it on)
// column: discovered BOOLEAN - 目录外发现 (found in text, not in the catalogue)
// column: units INTEGER - 采用的单位 (units that report it)
// column: planning INTEGER - 仅计划的单位 (units that plan it and have not reported it)
// column: lacking INTEGER - 称其不足的单位 (units that report it as lacking)
// column: reports INTEGER - 报告数 (reports that name an applying unit)
// column: measures INTEGER - 数字 (numbers that reports give for it)
// column: first_year INTEGER - 最早年份 (first year that a unit reports it for)
// column: last_year INTEGER - 最近年份 (last year that a unit reports it for)
:param mechanism => "mechanism:领导干部接访下访";
MATCH (m:Mechanism {id: $mechanism})
OPTIONAL MATCH (a:Agency)-[r:IMPLEMENTS]->(m)
WITH m, r, a.id AS agency, a.succeeded_by AS later
OPTIONAL MATCH (h:Agency {id: later})
WITH m, r, coalesce(h.succeeded_by, later, agency) AS body
WITH m, collect(DISTINCT CASE r.status WHEN 'reported' THEN body END) AS applying,
     collect(DISTINCT CASE r.status WHEN 'planned' THEN body END) AS planned,
     count(DISTINCT CASE r.status WHEN 'lacking' THEN body END) AS lacking,
     count(DISTINCT CASE r.status WHEN 'reported' THEN r.report END) AS reports,
     min(CASE r.status WHEN 'reported' THEN r.year END) AS first_year,
     max(CASE r.status WHEN 'reported' THEN r.year END) AS last_year
OPTIONAL MATCH (m)-[:CITES]->(g:Regulation)
WITH m, applying, planned, lacking, reports, first_year, last_year, g.name AS named
ORDER BY named
WITH m, applying, planned, lacking, reports, first_year, last_year,
     collect(DISTINCT named) AS cited
OPTIONAL MATCH (n:Mechanism)
WHERE n.broader = $mechanism
WITH m, applying, planned, lacking, reports, first_year, last_year, cited, n.name AS part
ORDER BY part
WITH m, applying, planned, lacking, reports, first_year, last_year, cited,
     collect(DISTINCT part) AS narrower
RETURN m.id AS mechanism, m.name_en AS name_en, m.field AS field, m.definition AS definition,
       coalesce(m.aliases, []) AS aliases, m.broader AS broader, narrower,
       coalesce(m.legal_basis, []) AS legal_basis, cited, m.discovered AS discovered,
       size(applying) AS units, size([x IN planned WHERE NOT x IN applying]) AS planning, lacking,
       reports, COUNT { (:Measure)-[:MEASURES]->(m) } AS measures, first_year, last_year
ORDER BY mechanism
