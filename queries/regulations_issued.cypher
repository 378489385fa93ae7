// name: regulations_issued
// title: 某单位制发了哪些文件 (Which documents a unit has issued)
// purpose: 每份文件、每份报告一行，附说明这一点的原句；仅计划或称尚缺的不计。 (One row for each document and report, with the sentence that says so; those only planned or said to be lacking do not count.)
// example: 北京市信访办公室制发了哪些文件？ (Which documents has the office issued?)
// param: unit AGENCY, example "北京市信访办公室" - 单位 (unit, id or any name)
// param: limit INTEGER = 200, 1 to 10000 - 最多行数 (rows at most)
// column: regulation REGULATION - 法规文件 (document)
// column: kind STRING - 类别 (kind)
// column: year INTEGER - 年份 (year covered)
// column: evidence STRING - 原句 (sentence as printed)
// column: report REPORT - 报告 (report)
// column: title STRING - 报告标题 (title of the report)
// column: start INTEGER - 起 (first offset of the sentence)
// column: end INTEGER - 止 (offset after its last character)
:param unit => "agency:北京市信访办公室";
:param limit => 200;
MATCH (:Agency {id: $unit})-[r:ISSUES]->(g:Regulation)
WHERE r.status = 'reported'
WITH g, r, r.report AS said_in
MATCH (p:Report {id: said_in})
RETURN g.id AS regulation, g.kind AS kind, r.year AS year, r.evidence AS evidence,
       p.id AS report, p.name AS title, r.start AS start, r.`end` AS `end`
ORDER BY coalesce(r.year, 0) DESC, regulation, report
LIMIT $limit
