// name: mechanisms_of_unit
// title: 某单位采用哪些机制 (Which mechanisms a unit applies)
// purpose: 每项机制、每份报告一行，附说明这一点的原句。 (One row for each mechanism and report, with the sentence that says so.)
// example: 北京市信访办公室采用哪些机制？ (Which mechanisms does Beijing's petition office apply?)
// param: unit AGENCY, example "北京市信访办公室" - 单位 (unit, id or any name)
// param: year INTEGER = null, 1900 to 2200 - 年份 (year that the report covers)
// param: status STRING = null, one of "reported" "planned" "lacking" - 状态 (status)
// param: limit INTEGER = 500, 1 to 10000 - 最多行数 (rows at most)
// column: mechanism MECHANISM - 机制 (mechanism)
// column: name_en STRING - 英文名 (English name)
// column: year INTEGER - 年份 (year covered)
// column: status STRING - 状态 (status)
// column: evidence STRING - 原句 (sentence as printed)
// column: report REPORT - 报告 (report)
// column: title STRING - 报告标题 (title of the report)
// column: start INTEGER - 起 (first offset of the sentence)
// column: end INTEGER - 止 (offset after its last character)
:param unit => "agency:北京市信访办公室";
:param year => null;
:param status => null;
:param limit => 500;
MATCH (:Agency {id: $unit})-[r:IMPLEMENTS]->(m:Mechanism)
WHERE ($year IS NULL OR r.year = $year) AND ($status IS NULL OR r.status = $status)
WITH m, r, r.report AS said_in
MATCH (p:Report {id: said_in})
RETURN m.id AS mechanism, m.name_en AS name_en, r.year AS year, r.status AS status,
       r.evidence AS evidence, p.id AS report, p.name AS title,
       r.start AS start, r.`end` AS `end`
ORDER BY coalesce(r.year, 0) DESC, mechanism, report
LIMIT $limit
