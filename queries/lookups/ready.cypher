// name: ready
// title: 图库是否可用 (Whether the store answers)
// purpose: 一行。 (One row.)
// column: one INTEGER - 一 (one)
RETURN 1 AS one
