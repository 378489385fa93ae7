// name: co_occurring_mechanisms
// title: 常与某机制同时采用的机制 (Mechanisms applied together with a mechanism)
// purpose: 每项机制一行：同一单位在同一份报告中两者都采用；改革前后算一个单位。 (One row for each mechanism that the same unit applies in the same report; a body before and after a reform counts once.)
// example: 采用领导干部接访下访的单位还采用什么？ (What else do units apply that apply it?)
// param: mechanism MECHANISM, example "领导干部接访下访" - 机制 (mechanism, id or any name)
// param: limit INTEGER = 50, 1 to 1000 - 最多行数 (rows at most)
// column: other MECHANISM - 机制 (mechanism)
// column: units INTEGER - 单位数 (units)
// column: reports INTEGER - 报告数 (reports)
:param mechanism => "mechanism:领导干部接访下访";
:param limit => 50;
MATCH (a:Agency)-[r:IMPLEMENTS]->(:Mechanism {id: $mechanism})
WHERE r.status = 'reported'
WITH a, r.report AS report, a.succeeded_by AS later
OPTIONAL MATCH (h:Agency {id: later})
WITH a, report, coalesce(h.succeeded_by, later, a.id) AS body
MATCH (a)-[s:IMPLEMENTS]->(o:Mechanism)
WHERE s.report = report AND s.status = 'reported' AND o.id <> $mechanism
RETURN o.id AS other, count(DISTINCT body) AS units, count(DISTINCT report) AS reports
ORDER BY units DESC, reports DESC, other
LIMIT $limit
