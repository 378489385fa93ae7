// name: plans_and_results
// title: 某单位上年计划的，下年做了吗 (What a unit planned one year and reported the next)
// purpose: 每项计划一行；以该单位下一份报告为准，没有提到则为空。 (One row for each plan; the unit's next report tells, empty where it does not mention it.)
// example: 东城区信访办公室计划的机制后来落实了吗？ (Did the office do what it had planned?)
// param: unit AGENCY, example "北京市东城区信访办公室" - 单位 (unit, id or any name)
// param: year INTEGER = null, 1900 to 2200 - 计划年份 (year of the report that plans)
// column: practice NODE - 机制或专项行动 (mechanism or initiative)
// column: planned_in INTEGER - 计划见于 (year of the report that plans it)
// column: plan STRING - 计划原句 (sentence of the plan)
// column: plan_report REPORT - 计划所在报告 (report that plans it)
// column: next_year INTEGER - 下一份报告年份 (year of the unit's next report)
// column: outcome STRING - 结果：reported 已报告，planned 仍在计划，lacking 不足，not mentioned 未提 (outcome)
// column: result STRING - 结果原句 (sentence of the result)
// column: result_report REPORT - 结果所在报告 (report of the result)
:param unit => "agency:北京市东城区信访办公室";
:param year => null;
MATCH (a:Agency {id: $unit})-[r:IMPLEMENTS]->(m)
WHERE r.status = 'planned' AND r.year IS NOT NULL AND ($year IS NULL OR r.year = $year)
OPTIONAL MATCH (a)-[:PUBLISHED]->(p:Report)
WHERE p.year > r.year
WITH a, r, m, min(p.year) AS next_year
OPTIONAL MATCH (a)-[s:IMPLEMENTS]->(m)
WHERE s.year = next_year
WITH r, m, next_year, s
ORDER BY CASE s.status WHEN 'reported' THEN 0 WHEN 'planned' THEN 1 ELSE 2 END, s.report
WITH m.id AS practice, r.year AS planned_in, r.evidence AS plan, r.report AS plan_report, next_year,
     collect({status: s.status, evidence: s.evidence, report: s.report})[0] AS found
RETURN practice, planned_in, plan, plan_report, next_year,
       CASE WHEN next_year IS NULL THEN null ELSE coalesce(found.status, 'not mentioned') END
         AS outcome,
       found.evidence AS result, found.report AS result_report
ORDER BY planned_in, practice, plan_report
