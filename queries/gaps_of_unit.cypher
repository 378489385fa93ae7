// name: gaps_of_unit
// title: 同类单位采用而某单位未提的机制 (Mechanisms that peers apply and a unit does not mention)
// purpose: 每项机制一行；同类单位指同一层级、同一条线，改革前后的自己不算，附一个同类单位的原句。 (One row for each mechanism; peers have the same level and line of work and are not what the unit was before a reform, or became; with one peer's sentence.)
// example: 与同类单位相比，广安门内街道缺哪些机制？ (Which mechanisms of its peers does the subdistrict lack?)
// param: unit AGENCY, example "北京市西城区人民政府广安门内街道办事处" - 单位 (unit, id or any name)
// param: place PLACE = null - 同类单位所在地区 (place of the peers, with all that lies in it)
// param: limit INTEGER = 50, 1 to 1000 - 最多行数 (rows at most)
// column: mechanism MECHANISM - 机制 (mechanism)
// column: peers INTEGER - 采用的同类单位 (peers that apply it)
// column: of_peers INTEGER - 同类单位总数 (peers with reports)
// column: agency AGENCY - 其中一个 (one of them)
// column: year INTEGER - 年份 (year covered)
// column: evidence STRING - 原句 (sentence as printed)
// column: report REPORT - 报告 (report)
// column: title STRING - 报告标题 (title of the report)
// column: start INTEGER - 起 (first offset of the sentence)
// column: end INTEGER - 止 (offset after its last character)
:param unit => "agency:北京市西城区人民政府广安门内街道办事处";
:param place => null;
:param limit => 50;
MATCH (a:Agency {id: $unit})
OPTIONAL MATCH (a)-[:IMPLEMENTS]->(own:Mechanism)
WITH a, collect(DISTINCT own.id) AS owned
CALL (a) {
  MATCH (b:Agency {level: a.level})
  WHERE b.id <> a.id AND b.line = a.line AND EXISTS { MATCH (b)-[:PUBLISHED]->(:Report) }
    AND coalesce(b.succeeded_by, '') <> a.id AND coalesce(a.succeeded_by, '') <> b.id
    AND ($place IS NULL OR EXISTS {
      MATCH (b)-[:LOCATED_IN]->(:Place)-[:PART_OF*0..5]->(:Place {id: $place})
    })
  WITH b.id AS peer, b.succeeded_by AS later
  OPTIONAL MATCH (h:Agency {id: later})
  RETURN count(DISTINCT coalesce(h.succeeded_by, later, peer)) AS of_peers
}
MATCH (b:Agency {level: a.level})
WHERE b.id <> a.id AND b.line = a.line AND EXISTS { MATCH (b)-[:PUBLISHED]->(:Report) }
  AND coalesce(b.succeeded_by, '') <> a.id AND coalesce(a.succeeded_by, '') <> b.id
  AND ($place IS NULL OR EXISTS {
    MATCH (b)-[:LOCATED_IN]->(:Place)-[:PART_OF*0..5]->(:Place {id: $place})
  })
MATCH (b)-[r:IMPLEMENTS]->(m:Mechanism)
WHERE r.status = 'reported' AND NOT m.id IN owned
WITH a, of_peers, m, b.id AS peer, b.succeeded_by AS later
OPTIONAL MATCH (h:Agency {id: later})
WITH a, of_peers, m, count(DISTINCT coalesce(h.succeeded_by, later, peer)) AS peers
ORDER BY peers DESC, m.id
LIMIT $limit
CALL (a, m) {
  MATCH (c:Agency)-[s:IMPLEMENTS]->(m)
  WHERE c.level = a.level AND c.line = a.line AND s.status = 'reported'
    AND coalesce(c.succeeded_by, '') <> a.id AND coalesce(a.succeeded_by, '') <> c.id
    AND EXISTS { MATCH (c)-[:PUBLISHED]->(:Report) }
    AND ($place IS NULL OR EXISTS {
      MATCH (c)-[:LOCATED_IN]->(:Place)-[:PART_OF*0..5]->(:Place {id: $place})
    })
  RETURN c.id AS agency, s.year AS year, s.evidence AS evidence, s.report AS said_in,
         s.start AS start, s.`end` AS stop
  ORDER BY coalesce(s.year, 0) DESC, c.id, s.report
  LIMIT 1
}
MATCH (p:Report {id: said_in})
RETURN m.id AS mechanism, peers, of_peers, agency, year, evidence, p.id AS report,
       p.name AS title, start, stop AS `end`
ORDER BY peers DESC, mechanism
LIMIT $limit
