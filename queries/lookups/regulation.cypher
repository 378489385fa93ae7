// name: regulation
// title: 法规文件 (A regulation)
// purpose: 一行。 (One row.)
// param: id REGULATION, example "信访工作条例" - 标识 (id)
// column: id REGULATION - 标识 (id)
// column: name STRING - 名称 (name)
// column: aliases LIST<STRING> - 别名 (other names)
// column: kind STRING - 类别 (kind)
// column: issuer LIST<STRING> - 发布机构 (issued by)
// column: issued INTEGER - 发布年份 (year of issue)
// column: status STRING - 效力 (in force, repealed or expired)
// column: ended STRING - 失效日期 (no longer in force since)
// column: replaced_by REGULATION - 替代文件 (what replaced it)
// column: known BOOLEAN - 见于目录 (whether the catalogue has it)
:param id => "regulation:信访工作条例";
MATCH (n:Regulation {id: $id})
RETURN n.id AS id, n.name AS name, coalesce(n.aliases, []) AS aliases, n.kind AS kind,
       coalesce(n.issuer, []) AS issuer, n.issued AS issued, n.status AS status,
       n.ended AS ended, n.replaced_by AS replaced_by, n.known AS known
