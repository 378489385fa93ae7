// name: regulation_citations
// title: 谁引用某法规文件 (Who cites a regulation)
// purpose: 每处引用一行：报告本身，或以它为依据的机制、专项行动。 (One row for each citation: by a report, or by a mechanism or initiative that rests on it.)
// example: 谁引用《信访工作条例》？ (Who cites the Regulations on petition work?)
// param: regulation REGULATION, example "信访工作条例" - 法规文件 (regulation, id or any name)
// param: by STRING = null, one of "Report" "Mechanism" "Initiative" - 引用者类别 (kind of the citing side)
// param: year INTEGER = null, 1900 to 2200 - 年份 (year that the report covers)
// param: limit INTEGER = 200, 1 to 10000 - 最多行数 (rows at most)
// column: kind STRING - 类别 (Report, Mechanism or Initiative)
// column: source NODE - 引用者 (what cites it)
// column: unit STRING - 报告单位 (unit that reports)
// column: year INTEGER - 年份 (year covered)
// column: evidence STRING - 原句 (sentence as printed)
// column: report REPORT - 报告 (report)
// column: title STRING - 报告标题 (title of the report)
// column: start INTEGER - 起 (first offset of the sentence)
// column: end INTEGER - 止 (offset after its last character)
:param regulation => "regulation:信访工作条例";
:param by => null;
:param year => null;
:param limit => 200;
MATCH (s)-[r:CITES]->(:Regulation {id: $regulation})
WHERE ($by IS NULL OR $by IN labels(s)) AND ($year IS NULL OR r.year = $year)
WITH s, r, r.report AS said_in
MATCH (p:Report {id: said_in})
RETURN labels(s)[0] AS kind, s.id AS source, p.unit AS unit, r.year AS year,
       r.evidence AS evidence, p.id AS report, p.name AS title,
       r.start AS start, r.`end` AS `end`
ORDER BY coalesce(r.year, 0) DESC, source, report
LIMIT $limit
