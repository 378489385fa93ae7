// name: similar_units
// title: 与某单位最相近的单位 (Units most similar to a unit)
// purpose: 每个单位一行；相似度是共有机制数除以两者机制总数；改革前后的自己不算。 (One row for each unit; similarity is mechanisms shared by those of either, after Jaccard; what it was before a reform, or became, is left out.)
// example: 哪些单位与北京市信访办公室最相近？ (Which units are most like Beijing's petition office?)
// param: unit AGENCY, example "北京市信访办公室" - 单位 (unit, id or any name)
// param: level STRING = null, one of "国家" "省" "市" "县区" "乡镇街道" "村社区" - 层级 (level of the others)
// param: limit INTEGER = 20, 1 to 1000 - 最多行数 (rows at most)
// column: agency AGENCY - 单位 (unit)
// column: level STRING - 层级 (level)
// column: similarity FLOAT - 相似度 (similarity, 0 to 1)
// column: shared INTEGER - 共有机制数 (mechanisms shared)
// column: mechanisms LIST<STRING> - 共有机制 (names of those shared, up to 20)
:param unit => "agency:北京市信访办公室";
:param level => null;
:param limit => 20;
MATCH (a:Agency {id: $unit})-[r:IMPLEMENTS]->(m:Mechanism)
WHERE r.status = 'reported'
WITH a, count(DISTINCT m.id) AS own
MATCH (a)-[r:IMPLEMENTS]->(m:Mechanism)<-[s:IMPLEMENTS]-(b:Agency)
WHERE r.status = 'reported' AND s.status = 'reported' AND b.id <> $unit
  AND coalesce(b.succeeded_by, '') <> $unit AND coalesce(a.succeeded_by, '') <> b.id
  AND ($level IS NULL OR b.level = $level)
WITH DISTINCT own, b, m.name AS name
ORDER BY name
WITH own, b, collect(name) AS names
MATCH (b)-[t:IMPLEMENTS]->(n:Mechanism)
WHERE t.status = 'reported'
WITH own, b, names, count(DISTINCT n.id) AS theirs
RETURN b.id AS agency, b.level AS level,
       round(1000.0 * size(names) / (own + theirs - size(names))) / 1000 AS similarity,
       size(names) AS shared, names[0..20] AS mechanisms
ORDER BY similarity DESC, shared DESC, agency
LIMIT $limit
