// name: plans_and_results
// title: 某单位上年计划的，下年做了吗 (What a unit planned one year and reported the next)
// purpose: 每项计划一行，报告中已采用的不算；结果以该单位（或改革后的机构）下一次有报告的年份为准，尚无报告则为空。 (One row for each plan that the same report does not say is carried out already; the unit's next year with reports tells, or that of the body a reform made of it; empty where there is none.)
// example: 东城区信访办公室计划的机制后来落实了吗？ (Did the office do what it had planned?)
// param: unit AGENCY, example "北京市东城区信访办公室" - 单位 (unit, id or any name)
// param: year INTEGER = null, 1900 to 2200 - 计划年份 (year of the report that plans)
// column: practice NODE - 机制或专项行动 (mechanism or initiative)
// column: planned_in INTEGER - 计划见于 (year of the report that plans it)
// column: plan STRING - 计划原句 (sentence of the plan)
// column: plan_report REPORT - 计划所在报告 (report that plans it)
// column: plan_title STRING - 计划所在报告标题 (title of that report)
// column: plan_start INTEGER - 计划起 (first offset of the plan)
// column: plan_end INTEGER - 计划止 (offset after its last character)
// column: next_year INTEGER - 下一份报告年份 (year of the unit's next report)
// column: outcome STRING - 结果：reported 已报告，planned 仍在计划，lacking 不足，not mentioned 未提 (outcome)
// column: result STRING - 结果原句 (sentence of the result)
// column: result_report REPORT - 结果所在报告 (report of the result)
// column: result_title STRING - 结果所在报告标题 (title of that report)
// column: result_start INTEGER - 结果起 (first offset of the result)
// column: result_end INTEGER - 结果止 (offset after its last character)
:param unit => "agency:北京市东城区信访办公室";
:param year => null;
MATCH (a:Agency {id: $unit})-[r:IMPLEMENTS]->(m)
WHERE r.status = 'planned' AND r.year IS NOT NULL AND ($year IS NULL OR r.year = $year)
WITH r, m, CASE WHEN a.succeeded_by IS NULL THEN [a.id] ELSE [a.id, a.succeeded_by] END AS bodies
UNWIND bodies AS body
OPTIONAL MATCH (:Agency {id: body})-[:PUBLISHED]->(p:Report)
WHERE p.year > r.year
WITH r, m, bodies, min(p.year) AS next_year
UNWIND bodies AS body
OPTIONAL MATCH (:Agency {id: body})-[s:IMPLEMENTS]->(m)
WHERE s.year = next_year
WITH r, m, next_year, s
ORDER BY CASE s.status WHEN 'reported' THEN 0 WHEN 'planned' THEN 1 WHEN 'lacking' THEN 2 ELSE 3 END, s.report
WITH m.id AS practice, r.year AS planned_in, r.evidence AS plan, r.report AS plan_report,
     r.start AS plan_start, r.`end` AS plan_end, next_year,
     collect({status: s.status, evidence: s.evidence, report: s.report,
              start: s.start, stop: s.`end`})[0] AS found
MATCH (p:Report {id: plan_report})
OPTIONAL MATCH (q:Report {id: found.report})
RETURN practice, planned_in, plan, plan_report, p.name AS plan_title, plan_start, plan_end, next_year,
       CASE WHEN next_year IS NULL THEN null ELSE coalesce(found.status, 'not mentioned') END
         AS outcome,
       found.evidence AS result, found.report AS result_report, q.name AS result_title,
       found.start AS result_start, found.stop AS result_end
ORDER BY planned_in, practice, plan_report
