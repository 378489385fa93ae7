// name: citations_after_repeal
// title: 哪些报告引用已废止的文件 (Which reports cite what is no longer in force)
// purpose: 报告发布时（未载明则为报告年度末）文件已失效的每处引用一行。 (One row for each citation of a regulation that had ended when the report was published, or by the end of its year where no date is given.)
// example: 2022年以后还有谁引用2005年的《信访条例》？ (Who still cites the petition regulations of 2005 after 2022?)
// param: regulation REGULATION = null - 法规文件 (regulation, id or any name)
// param: limit INTEGER = 200, 1 to 10000 - 最多行数 (rows at most)
// column: regulation REGULATION - 法规文件 (regulation)
// column: ended STRING - 失效日期 (no longer in force since)
// column: replaced_by REGULATION - 替代文件 (what replaced it)
// column: unit STRING - 报告单位 (unit that reports)
// column: year INTEGER - 年份 (year covered)
// column: evidence STRING - 原句 (sentence as printed)
// column: report REPORT - 报告 (report)
// column: title STRING - 报告标题 (title of the report)
// column: start INTEGER - 起 (first offset of the sentence)
// column: end INTEGER - 止 (offset after its last character)
:param regulation => null;
:param limit => 200;
MATCH (g:Regulation)
WHERE g.ended IS NOT NULL AND ($regulation IS NULL OR g.id = $regulation)
MATCH (p:Report)-[r:CITES]->(g)
WHERE coalesce(p.published, toString(p.year) + '-12-31') >= g.ended
RETURN g.id AS regulation, g.ended AS ended, g.replaced_by AS replaced_by, p.unit AS unit,
       r.year AS year, r.evidence AS evidence, p.id AS report, p.name AS title,
       r.start AS start, r.`end` AS `end`
ORDER BY regulation, coalesce(r.year, 0) DESC, report
LIMIT $limit
