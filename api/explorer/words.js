// Words for people: Chinese, then English.
export const STATUS = {
  reported: ["已报告", "reported"],
  planned: ["计划", "planned"],
  lacking: ["不足", "lacking"],
};
export const OUTCOME = {
  ...STATUS,
  "not mentioned": ["未提及", "not mentioned"],
  new: ["新增", "new"],
  continued: ["延续", "continued"],
  resumed: ["恢复", "resumed"],
  both: ["都采用", "both"],
  unit: ["仅前者", "only the first"],
  other: ["仅后者", "only the second"],
};
export const KIND = {
  Agency: ["机构", "unit"],
  Mechanism: ["机制", "mechanism"],
  Regulation: ["法规文件", "regulation"],
  Initiative: ["专项行动", "initiative"],
  Passage: ["语句", "sentence"],
  Report: ["报告", "report"],
  Place: ["地区", "place"],
};
export const LEVEL = {
  国家: ["国家", "state"],
  省: ["省", "province"],
  市: ["市", "city"],
  县区: ["县区", "county or district"],
  乡镇街道: ["乡镇街道", "township or subdistrict"],
  村社区: ["村社区", "village or community"],
};
export const FORCE = {
  "in force": ["现行有效", "in force"],
  repealed: ["已废止", "repealed"],
  expired: ["已失效", "expired"],
};
export const ANY = "不限 any";
/** A pair of words as plain text, where no mark-up can stand. */
export const said = ([zh, en]) => `${zh} ${en}`;
/** Years as people write them: one year once. */
export const span = (first, last) => (first === last ? `${first}` : `${first}–${last}`);
/** Kind of a node by what its id begins with. */
export const KIND_OF_PREFIX = {
  agency: "Agency",
  mechanism: "Mechanism",
  regulation: "Regulation",
  initiative: "Initiative",
  report: "Report",
  place: "Place",
};
const COUNTED = {
  Agency: "机制数 mechanisms",
  Mechanism: "采用单位数 units",
  Regulation: "引用报告数 reports",
  Initiative: "采用单位数 units",
  Place: "机构数 units",
};
/** What is counted beside a suggested name. */
export const counted = (id) => COUNTED[KIND_OF_PREFIX[String(id).split(":")[0]]] ?? "";
/** Where the API keeps each kind. */
export const NOUN = {
  Agency: "units",
  Mechanism: "mechanisms",
  Regulation: "regulations",
  Initiative: "initiatives",
  Report: "reports",
};
/** Relationships as seen from the node in the middle. */
export const RELATION = {
  "IMPLEMENTS out": ["采用", "applies"],
  "IMPLEMENTS in": ["采用单位", "applied by"],
  "REPORTS_TO out": ["受其领导", "reports to"],
  "REPORTS_TO in": ["向其负责", "reported to by"],
  "CITES out": ["依据", "rests on"],
  "CITES in": ["被引用于", "cited by"],
  "ISSUES out": ["制发", "issues"],
  "ISSUES in": ["制发机构", "issued by"],
  "LOCATED_IN out": ["位于", "located in"],
};
export const NODE_TYPES = [
  "AGENCY", "REGULATION", "MECHANISM", "INITIATIVE", "REPORT", "PLACE", "NODE",
];
/** The question that a node's page answers by itself. */
export const FIRST_QUESTION = {
  Agency: ["mechanisms_of_unit", "unit"],
  Regulation: ["regulation_citations", "regulation"],
  Initiative: ["units_joining_initiative", "initiative"],
};
