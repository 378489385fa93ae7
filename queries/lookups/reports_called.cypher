// name: reports_called
// title: 按名找报告 (Reports of that name)
// purpose: 标识、标题、文件路径或文件名相符的报告，每份一行。 (One row for each report whose id, title, file path or file name it is.)
// param: name STRING, example "北京市信访办公室2020年法治政府建设年度情况报告（摘要）" - 标识、标题或文件名 (id, title or file name)
// column: id REPORT - 标识 (id)
:param name => "北京市信访办公室2020年法治政府建设年度情况报告（摘要）";
MATCH (n:Report)
WHERE n.id = $name OR n.name = $name OR n.source = $name OR n.source ENDS WITH '/' + $name
RETURN n.id AS id
ORDER BY id
