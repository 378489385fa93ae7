// name: regulations
// title: 法规文件列表 (List of regulations)
// purpose: 每份文件一行，按标识排序。 (One row for each document, by id.)
// param: q STRING = null - 名称含 (text that a name holds)
// param: kind STRING = null - 类别 (kind)
// param: status STRING = null - 效力 (in force, repealed or expired)
// param: after STRING = null - 从此标识之后 (id after which the page starts)
// param: limit INTEGER = 50, 1 to 500 - 最多行数 (rows at most)
// column: id REGULATION - 标识 (id)
// column: name STRING - 名称 (name)
// column: kind STRING - 类别 (kind)
// column: issued INTEGER - 发布年份 (year of issue)
// column: status STRING - 效力 (in force, repealed or expired)
// column: ended STRING - 失效日期 (no longer in force since)
// column: replaced_by REGULATION - 替代文件 (what replaced it)
// column: reports INTEGER - 引用的报告 (reports that cite it)
:param q => null;
:param kind => null;
:param status => null;
:param after => null;
:param limit => 50;
MATCH (n:Regulation)
WHERE ($after IS NULL OR n.id > $after)
  AND ($q IS NULL OR n.name CONTAINS $q OR any(x IN coalesce(n.aliases, []) WHERE x CONTAINS $q))
  AND ($kind IS NULL OR n.kind = $kind)
  AND ($status IS NULL OR n.status = $status)
WITH n
ORDER BY n.id
LIMIT $limit
RETURN n.id AS id, n.name AS name, n.kind AS kind, n.issued AS issued, n.status AS status,
       n.ended AS ended, n.replaced_by AS replaced_by,
       COUNT { (:Report)-[:CITES]->(n) } AS reports
ORDER BY id
