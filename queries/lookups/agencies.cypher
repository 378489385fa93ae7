// name: agencies
// title: 机构列表 (List of bodies)
// purpose: 每个机构一行，按标识排序。 (One row for each body, by id.)
// param: q STRING = null - 名称含 (text that a name holds)
// param: place PLACE = null - 地区，含下辖 (place, with all that lies in it)
// param: level STRING = null, one of "国家" "省" "市" "县区" "乡镇街道" "村社区" - 层级 (level)
// param: line STRING = null - 条线 (line of work)
// param: after STRING = null - 从此标识之后 (id after which the page starts)
// param: limit INTEGER = 50, 1 to 500 - 最多行数 (rows at most)
// column: id AGENCY - 标识 (id)
// column: name STRING - 名称 (name)
// column: level STRING - 层级 (level)
// column: line STRING - 条线 (line of work)
// column: place STRING - 地区 (place)
// column: mechanisms INTEGER - 机制数 (mechanisms that it reports)
// column: reports INTEGER - 报告数 (reports it published)
:param q => null;
:param place => null;
:param level => null;
:param line => null;
:param after => null;
:param limit => 50;
MATCH (n:Agency)
WHERE ($after IS NULL OR n.id > $after)
  AND ($q IS NULL OR n.name CONTAINS $q OR any(x IN coalesce(n.aliases, []) WHERE x CONTAINS $q))
  AND ($level IS NULL OR n.level = $level)
  AND ($line IS NULL OR n.line = $line)
  AND ($place IS NULL OR EXISTS {
    MATCH (n)-[:LOCATED_IN]->(:Place)-[:PART_OF*0..5]->(:Place {id: $place})
  })
WITH n
ORDER BY n.id
LIMIT $limit
OPTIONAL MATCH (n)-[r:IMPLEMENTS]->(m:Mechanism)
WHERE r.status = 'reported'
WITH n, count(DISTINCT m.id) AS mechanisms
RETURN n.id AS id, n.name AS name, n.level AS level, n.line AS line, n.place AS place,
       mechanisms, COUNT { (n)-[:PUBLISHED]->(:Report) } AS reports
ORDER BY id
