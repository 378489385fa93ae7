// name: reports
// title: 报告列表 (List of reports)
// purpose: 每份报告一行，按标识排序。 (One row for each report, by id.)
// param: q STRING = null - 标题或单位含 (text that the title or unit holds)
// param: place PLACE = null - 地区，含下辖 (place of the unit, with all that lies in it)
// param: year INTEGER = null, 1900 to 2200 - 年份 (year covered)
// param: after STRING = null - 从此标识之后 (id after which the page starts)
// param: limit INTEGER = 50, 1 to 500 - 最多行数 (rows at most)
// column: id REPORT - 标识 (id)
// column: title STRING - 标题 (title)
// column: unit STRING - 报告单位 (unit that reports)
// column: year INTEGER - 年份 (year covered)
// column: place STRING - 地区 (place)
// column: published STRING - 发布日期 (date of publication)
// column: source STRING - 文件 (file it was read from)
:param q => null;
:param place => null;
:param year => null;
:param after => null;
:param limit => 50;
MATCH (n:Report)
WHERE ($after IS NULL OR n.id > $after)
  AND ($q IS NULL OR n.name CONTAINS $q OR n.unit CONTAINS $q)
  AND ($year IS NULL OR n.year = $year)
  AND ($place IS NULL OR EXISTS {
    MATCH (n)<-[:PUBLISHED]-(:Agency)-[:LOCATED_IN]->(:Place)-[:PART_OF*0..5]->(:Place {id: $place})
  })
RETURN n.id AS id, n.name AS title, n.unit AS unit, n.year AS year, n.place AS place,
       n.published AS published, n.source AS source
ORDER BY id
LIMIT $limit
