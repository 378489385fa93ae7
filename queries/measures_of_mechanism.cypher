// name: measures_of_mechanism
// title: 某机制的数字 (Measures of a mechanism)
// purpose: 各单位各年份与该机制有关的每个数字一行，附原句。 (One row for each number tied to it, over units and years, with the sentence.)
// example: 领导干部接访下访有哪些数字？ (What numbers do reports give for it?)
// param: mechanism MECHANISM, example "领导干部接访下访" - 机制 (mechanism, id or any name)
// param: unit AGENCY = null - 单位 (reporting unit)
// param: year INTEGER = null, 1900 to 2200 - 年份 (year that the number is of)
// param: limit INTEGER = 200, 1 to 10000 - 最多行数 (rows at most)
// column: agency AGENCY - 单位 (reporting unit)
// column: year INTEGER - 年份 (year that the number is of)
// column: indicator STRING - 指标 (what is counted)
// column: value FLOAT - 数值 (value; the lower end of a range)
// column: upper FLOAT - 上限 (upper end of a range)
// column: unit STRING - 计量单位 (measure word)
// column: comparison STRING - 比较 (what it is a change against)
// column: change FLOAT - 变化 (the change with its sign)
// column: whole STRING - 占何者 (total that it is a part or a rate of)
// column: evidence STRING - 原句 (clause as printed)
// column: report REPORT - 报告 (report)
// column: title STRING - 报告标题 (title of the report)
// column: start INTEGER - 起 (first offset of the clause)
// column: end INTEGER - 止 (offset after its last character)
:param mechanism => "mechanism:领导干部接访下访";
:param unit => null;
:param year => null;
:param limit => 200;
MATCH (m:Measure)-[:MEASURES]->(:Mechanism {id: $mechanism})
WHERE ($year IS NULL OR m.year = $year)
WITH m, m.report AS said_in
MATCH (p:Report {id: said_in})
OPTIONAL MATCH (a:Agency)-[:PUBLISHED]->(p)
WITH m, p, a
WHERE $unit IS NULL OR a.id = $unit
RETURN a.id AS agency, m.year AS year, m.indicator AS indicator, m.value AS value,
       m.upper AS upper, m.unit AS unit, m.comparison AS comparison, m.change AS change,
       m.of AS whole, m.text AS evidence, p.id AS report,
       p.name AS title, m.start AS start, m.`end` AS `end`
ORDER BY coalesce(m.year, 0) DESC, coalesce(agency, ''), report, start, indicator, m.id
LIMIT $limit
