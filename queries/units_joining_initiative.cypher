// name: units_joining_initiative
// title: 哪些单位参加某专项行动 (Which units take part in an initiative)
// purpose: 每个单位、每份报告一行，附说明这一点的原句。 (One row for each unit and report, with the sentence that says so.)
// example: 哪些单位开展“八五”普法？ (Which units take part in the eighth five-year law education?)
// param: initiative INITIATIVE, example "“八五”普法" - 专项行动 (initiative, id or any name)
// param: place PLACE = null - 地区，含下辖 (place, with all that lies in it)
// param: level STRING = null, one of "国家" "省" "市" "县区" "乡镇街道" "村社区" - 层级 (level of the unit)
// param: line STRING = null - 条线 (line of work of the unit, such as 信访)
// param: year INTEGER = null, 1900 to 2200 - 年份 (year that the report covers)
// param: status STRING = null, one of "reported" "planned" "lacking" - 状态 (status)
// param: limit INTEGER = 200, 1 to 10000 - 最多行数 (rows at most)
// column: agency AGENCY - 单位 (unit)
// column: place STRING - 地区 (place)
// column: level STRING - 层级 (level)
// column: year INTEGER - 年份 (year covered)
// column: status STRING - 状态 (status)
// column: evidence STRING - 原句 (sentence as printed)
// column: report REPORT - 报告 (report)
// column: title STRING - 报告标题 (title of the report)
// column: start INTEGER - 起 (first offset of the sentence)
// column: end INTEGER - 止 (offset after its last character)
:param initiative => "initiative:“八五”普法";
:param place => null;
:param level => null;
:param line => null;
:param year => null;
:param status => null;
:param limit => 200;
MATCH (a:Agency)-[r:IMPLEMENTS]->(:Initiative {id: $initiative})
WHERE ($level IS NULL OR a.level = $level)
  AND ($line IS NULL OR a.line = $line)
  AND ($year IS NULL OR r.year = $year)
  AND ($status IS NULL OR r.status = $status)
  AND ($place IS NULL OR EXISTS {
    MATCH (a)-[:LOCATED_IN]->(:Place)-[:PART_OF*0..5]->(:Place {id: $place})
  })
WITH a, r, r.report AS said_in
MATCH (p:Report {id: said_in})
RETURN a.id AS agency, a.place AS place, a.level AS level, r.year AS year, r.status AS status,
       r.evidence AS evidence, p.id AS report, p.name AS title,
       r.start AS start, r.`end` AS `end`
ORDER BY coalesce(r.year, 0) DESC, agency, report
LIMIT $limit
