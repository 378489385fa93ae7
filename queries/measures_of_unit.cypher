// name: measures_of_unit
// title: 某单位的数字 (Measures of a unit)
// purpose: 该单位报告中的每个数字一行，附原句。 (One row for each number in its reports, with the sentence.)
// example: 北京市信访办公室报告了哪些数字？ (What numbers does the unit report?)
// param: unit AGENCY, example "北京市信访办公室" - 单位 (unit, id or any name)
// param: year INTEGER = null, 1900 to 2200 - 年份 (year that the number is of)
// param: words STRING = null - 指标含有的字 (characters that the indicator holds)
// param: limit INTEGER = 200, 1 to 10000 - 最多行数 (rows at most)
// column: year INTEGER - 年份 (year that the number is of)
// column: about NODE - 所属 (mechanism, initiative or body that it is of)
// column: indicator STRING - 指标 (what is counted)
// column: value FLOAT - 数值 (value; the lower end of a range)
// column: upper FLOAT - 上限 (upper end of a range)
// column: unit STRING - 计量单位 (measure word)
// column: wording STRING - 原写法 (the number as printed)
// column: comparison STRING - 比较 (what it is a change against)
// column: change FLOAT - 变化 (the change with its sign)
// column: whole STRING - 占何者 (total that it is a part or a rate of)
// column: evidence STRING - 原句 (clause as printed)
// column: report REPORT - 报告 (report)
// column: title STRING - 报告标题 (title of the report)
// column: start INTEGER - 起 (first offset of the clause)
// column: end INTEGER - 止 (offset after its last character)
:param unit => "agency:北京市信访办公室";
:param year => null;
:param words => null;
:param limit => 200;
MATCH (:Agency {id: $unit})-[:PUBLISHED]->(p:Report)<-[:PART_OF]-(m:Measure)
WHERE ($year IS NULL OR m.year = $year)
  AND ($words IS NULL OR m.indicator CONTAINS $words)
OPTIONAL MATCH (m)-[:MEASURES]->(about)
RETURN m.year AS year, about.id AS about, m.indicator AS indicator, m.value AS value,
       m.upper AS upper, m.unit AS unit, m.wording AS wording, m.comparison AS comparison, m.change AS change,
       m.of AS whole, m.text AS evidence, p.id AS report,
       p.name AS title, m.start AS start, m.`end` AS `end`
ORDER BY coalesce(m.year, 0) DESC, report, start, indicator, m.id
LIMIT $limit
