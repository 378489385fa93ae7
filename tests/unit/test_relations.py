"""Pairs of a passage and the edges that it states.

A passage marks its entities: ``{a:区教委=甲市乙区教育委员会}`` is an agency with its
canonical name, ``r`` a regulation, ``m`` a mechanism, ``i`` an initiative; the name
is left out where it equals the wording. ``UNIT`` reports. Passages are our own.
"""

import re

import pytest

from loaders.clauses import Clauses
from loaders.document import make_document
from loaders.entities import Entity, Kind, Mention
from loaders.heading import Heading
from loaders.relations import find_statements

UNIT = "甲市乙区司法局"
KINDS: dict[str, Kind] = {
    "a": "agency",
    "r": "regulation",
    "m": "mechanism",
    "i": "initiative",
}
MARK = re.compile(r"\{([armi]):([^=}]+)(?:=([^}]+))?\}")


def statements(marked: str, unit: str = UNIT, level: str = "县区"):
    """Statements found in a marked passage, with the document they point into."""
    text, found, last = "", [], 0
    for match in MARK.finditer(marked):
        text += marked[last : match.start()]
        surface = match[2]
        name = (match[3] or surface).strip("《》")
        found.append((len(text), KINDS[match[1]], surface, name))
        text += surface
        last = match.end()
    text += marked[last:]
    doc = make_document("t", "t.txt", "txt", text)
    assert doc.text == text, "the passage must survive cleaning, or offsets shift"
    by_entity: dict[tuple[Kind, str], list[Mention]] = {}
    for start, kind, surface, name in found:
        mention = Mention(start, start + len(surface), surface, kind, name, "marked")
        by_entity.setdefault((kind, name), []).append(mention)
    entities = [Entity(kind, name, tuple(ms)) for (kind, name), ms in by_entity.items()]
    heading = Heading(unit=unit, year=2022, level=level)
    clauses = Clauses(doc, sorted(m for e in entities for m in e.mentions), heading)
    return doc, find_statements(doc, heading, entities, clauses)


def edges(marked: str, **kwargs: str) -> set[tuple[str, str, str]]:
    return {(s.type, s.source[1], s.target[1]) for s in statements(marked, **kwargs)[1]}


IMPLEMENTS = [
    (
        "several bodies in which it is run",
        "在{a:区城管局}、{a:区卫健局}等12个部门推行{m:三项制度}。",
        {UNIT, "区城管局", "区卫健局"},
    ),
    (
        "who carries out what the clause before names",
        "落实{m:公平竞争审查制度}，{a:区市监局}组织审查政策措施312件。",
        {UNIT, "区市监局"},
    ),
    (
        "who only does something else beside it",
        "落实{m:公平竞争审查制度}，{a:区市监局}荣获先进集体称号。",
        {UNIT},
    ),
    ("whose practice it is", "{a:甲街道}的{m:“红色网格员”工作法}受到好评。", {"甲街道"}),
    ("a practice with another body", "健全与{a:区城管局}的{m:协同执法机制}。", {UNIT}),
    (
        "bodies that take part in what the clause before names",
        "{a:区委政法委}牵头建立{m:执行联动机制}，{a:区公安局}、{a:区税务局}等12家单位参与。",
        {"区委政法委", "区公安局", "区税务局"},
    ),
    (
        "bodies with whom it begins",
        "印发方案，在{a:区国土局}、{a:区环保局}等6家单位先行开展{i:“三项制度”试点}。",
        {UNIT, "区国土局", "区环保局"},
    ),
    (
        "bodies with whom what the clause before names begins",
        "推行{m:证明事项告知承诺制}，在{a:区民政局}、{a:区人社局}先行开展试点。",
        {UNIT, "区民政局", "区人社局"},
    ),
    (
        "the unit's Party group",
        "{a:局党组=中共甲市乙区司法局党组}研究五次，落实{m:行政执法公示制度}。",
        {"中共甲市乙区司法局党组", UNIT},
    ),
    (
        "behind a body that is not known",
        "与航道管养处、{a:甲镇政府}建立{m:非现场执法机制}。",
        {UNIT, "甲镇政府"},
    ),
    ("unit without subject", "全面推行{m:行政执法公示制度}。", {UNIT}),
    ("unit by pronoun", "{a:我局=甲市乙区司法局}健全{m:行政执法公示制度}。", {UNIT}),
    (
        "other body as subject",
        "{a:区城管局}建立{m:非现场执法机制}。",
        {"区城管局"},
    ),
    (
        "subject carries over within the sentence",
        "2022年，{a:区城管局}加大巡查力度，建立{m:非现场执法机制}。",
        {"区城管局"},
    ),
    (
        "a new sentence is the unit's again",
        "{a:区城管局}加大巡查力度。建立{m:非现场执法机制}。",
        {UNIT},
    ),
    (
        "bodies side by side",
        "{a:区公安分局}、{a:区法院}和{a:区检察院}联合建立{m:侦诉审衔接机制}。",
        {"区公安分局", "区法院", "区检察院"},
    ),
    (
        "partner acts beside the unit",
        "会同{a:区人社局}推行{m:劳动争议联合调解机制}。",
        {UNIT, "区人社局"},
    ),
    (
        "partner acts beside the subject",
        "{a:区总工会}联合{a:区人社局}推行{m:劳动争议联合调解机制}。",
        {"区总工会", "区人社局"},
    ),
    (
        "made to act",
        "指导{a:丙镇政府}设立{m:公共法律服务工作站}。",
        {"丙镇政府"},
    ),
    (
        "made to act, said by pronoun in the next clause",
        "选取{a:区教委}、{a:区民政局}2个部门，帮助其建立{m:法律顾问制度}。",
        {"区教委", "区民政局"},
    ),
    (
        "made to act, then the unit again",
        "指导{a:丙镇政府}规范台账，推行{m:案卷评查制度}。",
        {UNIT},
    ),
    (
        "possessor is no subject",
        "{a:区政府}的重大事项一律执行{m:合法性审查制度}。",
        {UNIT},
    ),
    (
        "addressee is no subject",
        "向{a:区政府}报告并落实{m:合法性审查制度}。",
        {UNIT},
    ),
    (
        "enumerator and date before the subject",
        "（三）2022年6月，{a:区信访办}开通{m:网上信访}渠道。",
        {"区信访办"},
    ),
    (
        "several mechanisms in a clause",
        "{a:丙镇政府}推行{m:村民议事会}、{m:道德评议会}。",
        {"丙镇政府"},
    ),
    ("initiative", "开展{i:道路交通安全专项整治行动}。", {UNIT}),
    ("praised by others", "{a:省信访局}对{m:三色预警机制}予以充分肯定。", {UNIT}),
    ("beside the unit", "{a:区城管局}与我局联合开展{i:夜市整治行动}。", {"区城管局", UNIT}),
    (
        "who leads and who takes part, clause after clause",
        "建立{m:涉企案件研判机制}，由{a:区检察院}牵头，{a:区法院}、{a:区公安局}共同参与。",
        {UNIT, "区检察院", "区法院", "区公安局"},
    ),
    (
        "a body that is not known stands between",
        "{a:区市监局}、区文化天文委、{a:区应急局}等6个部门推出{m:免罚清单}。",
        {"区市监局", "区应急局"},
    ),
    (
        "a body that is not known is the first partner",
        "由{a:我局=甲市乙区司法局}会同河湾交通支队、{a:区教委}落实{m:“一校一策”}。",
        {UNIT, "区教委"},
    ),
    (
        "who made the document together",
        "与{a:区公安局}联合制定{r:《对接联动细则》}，建立{m:联席会商机制}。",
        {UNIT, "区公安局"},
    ),
    (
        "who was told to make it",
        "指导{a:区住建局}、{a:区人社局}梳理法定途径，形成{m:投诉请求清单}。",
        {"区住建局", "区人社局"},
    ),
    (
        "a class acts behind a body",
        "{a:区市监局}制定年度计划，22个部门开展{m:双随机抽查}156批次。",
        {UNIT},
    ),
    (
        "who set up what is used",
        "依托{a:区法院}在街道设立的{m:诉源治理工作站}开展调解。",
        {UNIT, "区法院"},
    ),
]


@pytest.mark.parametrize(
    ("passage", "actors"), [c[1:] for c in IMPLEMENTS], ids=[c[0] for c in IMPLEMENTS]
)
def test_relations_name_who_implements(passage, actors):
    assert {e[1] for e in edges(passage) if e[0] == "IMPLEMENTS"} == actors


def test_relations_a_body_that_tries_one_thing_does_not_carry_out_the_one_before():
    found = edges("推行{m:社区工作日}，在{a:甲街道}试点{m:信访代办制}。")
    assert ("IMPLEMENTS", "甲街道", "信访代办制") in found
    assert ("IMPLEMENTS", "甲街道", "社区工作日") not in found


def test_relations_a_governments_office_prints_what_the_government_carries_out():
    printed = "{a:甲市政府办公室=甲市人民政府办公室}印发{r:《甲市重大行政决策程序规定》}，"
    found = edges(f"{printed}实行{{m:目录管理}}。", unit="甲市人民政府")
    assert {e for e in found if e[0] == "IMPLEMENTS"} == {
        ("IMPLEMENTS", "甲市人民政府", "目录管理")
    }


REPORTS_TO = [
    (
        "a paper goes to them",
        "每周编发专报报送{a:区委办公室}、{a:区政府办公室}。",
        {(UNIT, "区委办公室"), (UNIT, "区政府办公室")},
    ),
    ("what others are urged to do", "督促{a:区人社局}、{a:区住建局}公布清单。", set()),
    (
        "a matter is submitted to them",
        "提请{a:区委常委会}会议、{a:区政府}常务会议研究信访工作9次。",
        {(UNIT, "区委常委会"), (UNIT, "区政府")},
    ),
    (
        "they hear, each so often",
        "{a:区委常委会}5次、{a:区政府}常务会议4次听取工作汇报。",
        {(UNIT, "区委常委会"), (UNIT, "区政府")},
    ),
    (
        "behind the spirit of a meeting",
        "认真落实全国信访工作会议精神和{a:市委}、{a:市政府}工作部署要求。",
        {(UNIT, "市委"), (UNIT, "市政府")},
    ),
    (
        "an interpretation of the law is no order",
        "按照{a:最高人民法院}有关司法解释要求办案。",
        set(),
    ),
    (
        "behind a document and its issuer",
        "按照{a:司法部}{r:《普法意见》}和{a:市司法局}有关工作要求，开展自查。",
        {(UNIT, "市司法局")},
    ),
    (
        "two are heard",
        "{a:区人大常委会}听取{a:区法院}、{a:区检察院}关于司法改革情况的报告。",
        {("区法院", "区人大常委会"), ("区检察院", "区人大常委会")},
    ),
    (
        "half a name in front",
        "在{a:区委}的正确领导和省、{a:市司法局}的关心指导下，工作取得实效。",
        {(UNIT, "区委"), (UNIT, "市司法局")},
    ),
    (
        "by a notice",
        "根据{a:市司法局}{r:《关于报送总结的通知》}要求，现报告如下。",
        {(UNIT, "市司法局")},
    ),
    ("matters handed down", "推动{a:市司法局}交办案件动态清零。", {(UNIT, "市司法局")}),
    (
        "two meetings hear the unit",
        "{a:区委常委会}会议、{a:区政府}常务会议先后听取工作汇报。",
        {(UNIT, "区委常委会"), (UNIT, "区政府")},
    ),
    ("leading officials are no leadership", "配合{a:区审计局}完成领导干部经济责任审计。", set()),
    (
        "led by",
        "在{a:区委}、{a:区政府}的坚强领导下，各项工作取得实效。",
        {(UNIT, "区委"), (UNIT, "区政府")},
    ),
    (
        "led and guided",
        "在{a:区委}正确领导和{a:市司法局}有力指导下，工作取得实效。",
        {(UNIT, "区委"), (UNIT, "市司法局")},
    ),
    ("deployment", "按照{a:市司法局}统一部署，开展自查。", {(UNIT, "市司法局")}),
    (
        "requirements of two",
        "根据{a:市司法局}、{a:区委依法治区办}工作要求，开展自查。",
        {(UNIT, "市司法局"), (UNIT, "区委依法治区办")},
    ),
    ("reports to", "定期向{a:区委}常委会汇报法治建设情况。", {(UNIT, "区委")}),
    ("heard by", "{a:区政府}常务会3次听取依法行政工作汇报。", {(UNIT, "区政府")}),
    ("assigned", "对{a:市信访局}交办的事项逐件办结。", {(UNIT, "市信访局")}),
    (
        "direction named in quotes",
        "围绕{a:市委}“工业强市、港口兴市”部署，开展服务。",
        {(UNIT, "市委")},
    ),
    (
        "assigned by two",
        "{a:省信访局}交办的8起案件、{a:市信访局}转送的90件按期办结。",
        {(UNIT, "省信访局"), (UNIT, "市信访局")},
    ),
    (
        "another body reports",
        "{a:区城管局}向{a:区政府}专题报告执法情况。",
        {("区城管局", "区政府")},
    ),
    ("centre in a set phrase is vague", "深入贯彻{a:党中央=中共中央}决策部署。", set()),
    (
        "assembly oversees only",
        "自觉接受{a:区人大=乙区人民代表大会}监督。",
        set(),
    ),
    (
        "assembly is reported to",
        "主动向{a:区人大常委会=乙区人民代表大会常务委员会}报告工作。",
        {(UNIT, "乙区人民代表大会常务委员会")},
    ),
    (
        "heard by the bodies of the clause before",
        "{a:区委}、{a:区政府}重视依法行政，多次听取我局汇报。",
        {(UNIT, "区委"), (UNIT, "区政府")},
    ),
    (
        "gives leadership to",
        "{a:区委}加强对我局法治工作的领导。",
        {(UNIT, "区委")},
    ),
    ("a partner is not above", "会同{a:区人社局}开展调解。", set()),
    ("a mere place of a meeting", "在{a:区政府}召开现场会。", set()),
    (
        "who leans on leadership",
        "靠着{a:区委}的有力领导，{m:接诉即办}跑出了速度。",
        {(UNIT, "区委")},
    ),
    (
        "requirements told at length",
        "按照{a:省委}关于推进县级社会矛盾纠纷调处化解中心建设的要求，整合力量。",
        {(UNIT, "省委")},
    ),
    (
        "documents and a body's requirements",
        "按照{r:《法治建设纲要》}以及{a:市委}关于法治建设的工作部署，细化任务。",
        {(UNIT, "市委")},
    ),
    (
        "a reform that has been deployed",
        "落实{a:市委}“民呼我应”改革部署，建成平台。",
        {(UNIT, "市委")},
    ),
    (
        "matters handed down in lots",
        "{a:省信访局}分两批交办我市事项74件。",
        {(UNIT, "省信访局")},
    ),
    ("results go up", "结果报{a:区委组织部}，作为参考。", {(UNIT, "区委组织部")}),
    ("what is passed to others", "向{a:区法院}、{a:区检察院}转送材料58件。", set()),
    (
        "bodies side by side are led both",
        "{a:镇党委}、{a:镇政府}在{a:县委}的领导下开展工作。",
        {("镇党委", "县委"), ("镇政府", "县委")},
    ),
]


@pytest.mark.parametrize(
    ("passage", "pairs"), [c[1:] for c in REPORTS_TO], ids=[c[0] for c in REPORTS_TO]
)
def test_relations_name_who_reports_to_whom(passage, pairs):
    assert {e[1:] for e in edges(passage) if e[0] == "REPORTS_TO"} == pairs


def test_relations_take_the_centre_as_superior_of_a_ministry():
    found = edges("在{a:党中央=中共中央}、{a:国务院}的坚强领导下，工作取得实效。", level="国家")
    assert found == {("REPORTS_TO", UNIT, "中共中央"), ("REPORTS_TO", UNIT, "国务院")}


def test_relations_read_the_salutation():
    found = edges("乙区司法局2022年工作报告\n{a:区委}、{a:区政府}：\n现将情况报告如下。")
    assert found == {("REPORTS_TO", UNIT, "区委"), ("REPORTS_TO", UNIT, "区政府")}


ISSUES = [
    (
        "who only lets it be printed",
        "经{a:区政府}同意，会同{a:区财政局}印发{r:《法律援助经费管理办法》}。",
        {(UNIT, "法律援助经费管理办法"), ("区财政局", "法律援助经费管理办法")},
    ),
    (
        "in whose name it is printed",
        "以{a:区信访工作联席会议办公室}名义印发{r:《信访责任清单》}。",
        {("区信访工作联席会议办公室", "信访责任清单")},
    ),
    (
        "a province's paper and a city's",
        "落实{a:省委=中共甲省委员会}、{a:省政府=甲省人民政府}{r:《甲省实施方案》}和{r:《丙市实施方案》}。",
        {("中共甲省委员会", "甲省实施方案"), ("甲省人民政府", "甲省实施方案")},
    ),
    (
        "a law of the province is not made by a department",
        "推动出台{r:《甲省水污染防治条例》}。",
        set(),
    ),
    (
        "those who acted together issue together",
        "会同{a:区检察院}、{a:区公安局}建立{m:衔接机制}，联合印发{r:《衔接办法》}。",
        {(UNIT, "衔接办法"), ("区检察院", "衔接办法"), ("区公安局", "衔接办法")},
    ),
    ("what others revise", "配合{a:市人大}做好{r:《物业条例》}修订。", set()),
    (
        "printed and put in force",
        "印发实施{r:《宅基地管理办法》}等5件。",
        {(UNIT, "宅基地管理办法")},
    ),
    (
        "printed by another",
        "{r:《住房租赁实施细则》}经专家论证后由{a:区政府}印发。",
        {("区政府", "住房租赁实施细则")},
    ),
    ("only looked into", "做好{r:《人才市场条例》}修订调研。", set()),
    (
        "the unit's Party group resolves",
        "{a:局党组=中共甲市乙区司法局党组}先后研究六次，印发{r:《2022年普法要点》}。",
        {("中共甲市乙区司法局党组", "2022年普法要点"), (UNIT, "2022年普法要点")},
    ),
    ("made by the unit", "制定{r:《行政调解工作办法》}。", {(UNIT, "行政调解工作办法")}),
    (
        "printed and sent",
        "印发了{r:《2022年普法要点》}和{r:《普法责任清单》}。",
        {(UNIT, "2022年普法要点"), (UNIT, "普法责任清单")},
    ),
    ("made by the subject", "{a:区政府}出台{r:《街道权责清单》}。", {("区政府", "街道权责清单")}),
    (
        "issuer before the title",
        "落实{a:国务院}{r:《优化营商环境条例》}。",
        {("国务院", "优化营商环境条例")},
    ),
    (
        "two issuers, two titles",
        "落实{a:区委}、{a:区政府}{r:《法治建设规划》}和{r:《乙区法治建设方案》}。",
        {
            ("区委", "法治建设规划"),
            ("区政府", "法治建设规划"),
            ("区委", "乙区法治建设方案"),
            ("区政府", "乙区法治建设方案"),
        },
    ),
    (
        "central issuers do not issue a local title",
        "根据{a:国务院}{r:《纲要》}和{r:《甲市实施方案》}。",
        {("国务院", "纲要")},
    ),
    (
        "printed by another",
        "按照{a:市司法局}印发的{r:《案卷评查标准》}，开展评查。",
        {("市司法局", "案卷评查标准")},
    ),
    (
        "jointly",
        "{a:区公安分局}和{a:区法院}联合印发{r:《人身安全保护令实施办法》}。",
        {("区公安分局", "人身安全保护令实施办法"), ("区法院", "人身安全保护令实施办法")},
    ),
    (
        "with a partner",
        "会同{a:区市场监管局}制定{r:《简易注销规程》}。",
        {(UNIT, "简易注销规程"), ("区市场监管局", "简易注销规程")},
    ),
    ("only followed", "严格执行{r:《行政处罚法》}。", set()),
    ("only taught", "组织学习新修订的{r:《行政处罚法》}。", set()),
    ("cited as basis", "根据{r:《信访条例》}制定{r:《接访流程》}。", {(UNIT, "接访流程")}),
    (
        "title before the verb",
        "{r:《乙区重大行政决策目录》}正式印发。",
        {(UNIT, "乙区重大行政决策目录")},
    ),
    (
        "approved by one, printed by those whom the next clause names",
        "{a:区委常委会}审定{r:《乙区调解办法》}，由{a:区委办}、{a:区府办}联合印发。",
        {("区委办", "乙区调解办法"), ("区府办", "乙区调解办法")},
    ),
    (
        "whose order it is",
        "按照{r:《执法证件办法》}（{a:司法部}令第7号）换发证件。",
        {("司法部", "执法证件办法")},
    ),
    (
        "made and carried out",
        "制定并实行{r:《教学质量评价方案》}。",
        {(UNIT, "教学质量评价方案")},
    ),
    (
        "printed by others for those who carry it out",
        "起草了{r:《信访工作意见》}，由{a:区委办}、{a:区政府办}印发各镇、街道执行。",
        {(UNIT, "信访工作意见"), ("区委办", "信访工作意见"), ("区政府办", "信访工作意见")},
    ),
    (
        "where an office sits is not what it does",
        "{a:领导小组办公室}设在法规科，年初印发{r:《工作要点》}。",
        {(UNIT, "工作要点")},
    ),
    ("printed soon after", "{r:《调解工作要点》}随后印发。", {(UNIT, "调解工作要点")}),
    (
        "what the next clause applies is not what it prints",
        "学习{r:《调解工作要点》}，由{a:区委办}抓好落实。",
        set(),
    ),
]


@pytest.mark.parametrize(("passage", "pairs"), [c[1:] for c in ISSUES], ids=[c[0] for c in ISSUES])
def test_relations_name_who_issues_what(passage, pairs):
    assert {e[1:] for e in edges(passage) if e[0] == "ISSUES"} == pairs


CITES = [
    (
        "the sentence before says what a document is about",
        "全面落实{m:逐级走访制度}。贯彻{r:《关于引导来访人逐级走访的办法》}，越级上访下降。",
        {("逐级走访制度", "关于引导来访人逐级走访的办法")},
    ),
    (
        "the sentence before is of something else",
        "全面落实{m:会前学法制度}。执行{r:《政府信息公开条例》}，主动公开信息。",
        set(),
    ),
    (
        "a document that is made beside what is built",
        "出台{r:《执法规范化三年行动方案》}，建设{m:执法办案信息平台}。",
        set(),
    ),
    (
        "what a clause turns to beside the document",
        "落实{r:《法治政府建设实施方案》}，紧扣{i:脱贫攻坚}大局。",
        set(),
    ),
    ("side by side", "严格执行{m:信访代理制}和{r:《信访代理工作规程》}。", set()),
    (
        "two things that are carried out, one of a body",
        "严格执行{r:《重大行政决策程序暂行条例》}和局党组{m:“三重一大”议事规则}。",
        set(),
    ),
    (
        "made, and done next with others",
        "印发{r:《劳动争议调解工作意见》}，与区工会联合建成{m:劳动争议联合调解中心}。",
        set(),
    ),
    (
        "what is only an example of matters that are decided",
        "执行{r:《重大行政决策程序暂行条例》}，将{i:旧楼加装电梯三年行动}等2项决策事项纳入目录。",
        set(),
    ),
    (
        "two things that are made",
        "制定{r:《重大行政决策程序规定》}，编制{m:重大行政决策事项目录}。",
        set(),
    ),
    (
        "made, and run",
        "出台{r:《临时救助办法》}，完善{m:临时救助制度}。",
        {("临时救助制度", "临时救助办法")},
    ),
    (
        "by the document, next clause",
        "按照{r:《信访工作条例》}要求，落实{m:领导包案}制度。",
        {("领导包案", "信访工作条例")},
    ),
    (
        "same clause",
        "依据{r:《行政复议法》}建立{m:行政复议委员会制度}。",
        {("行政复议委员会制度", "行政复议法")},
    ),
    ("granted", "{r:《信访条例》}赋予信访机构{m:三项建议权}。", {("三项建议权", "信访条例")}),
    (
        "laid down",
        "{r:《重大行政决策程序暂行条例》}明确的{m:公众参与}程序落实到位。",
        {("公众参与", "重大行政决策程序暂行条例")},
    ),
    (
        "by the document, over one clause between",
        "根据{r:《信访工作条例》}，规范办理流程，落实{m:首办责任制}。",
        {("首办责任制", "信访工作条例")},
    ),
    (
        "too far behind the document",
        "落实{r:《信访工作条例》}，成立专班，书记任组长，每周调度，采取{m:“四不两直”}方式督查。",
        set(),
    ),
    (
        "by each document of a list",
        "参照{r:《海上交通安全法》}、{r:《渔港水域交通安全管理条例》}，试行{m:返港报备制度}。",
        {("返港报备制度", "海上交通安全法"), ("返港报备制度", "渔港水域交通安全管理条例")},
    ),
    (
        "the document frames it",
        "以{r:《家庭教育促进法》}实施为契机，开展{i:家长课堂行动}。",
        {("家长课堂行动", "家庭教育促进法")},
    ),
    (
        "the document is the key to it",
        "以{r:《家庭教育促进法》}为抓手，开展{i:家长课堂行动}。",
        {("家长课堂行动", "家庭教育促进法")},
    ),
    (
        "the document takes effect",
        "推动{r:《湿地保护法》}落地见效，推行{m:湿地巡护员制度}。",
        {("湿地巡护员制度", "湿地保护法")},
    ),
    (
        "written into the document",
        "将{m:渔事纠纷联调机制}写入{r:《乙区渔港管理办法》}。",
        {("渔事纠纷联调机制", "乙区渔港管理办法")},
    ),
    (
        "what the document that is made says",
        "修订{r:《乙区司法局议事规则》}，明确{m:末位表态制}的适用范围。",
        {("末位表态制", "乙区司法局议事规则")},
    ),
    (
        "on the basis of what was agreed",
        "与邻县签订{r:《跨界水域协议》}，在此基础上构建{m:联合巡河机制}。",
        {("联合巡河机制", "跨界水域协议")},
    ),
    (
        "the campaign in front of its plan",
        "启动{i:“九五”普法}，印发{r:《乙区法治宣传教育第九个五年规划》}。",
        {("“九五”普法", "乙区法治宣传教育第九个五年规划")},
    ),
    (
        "the campaign teaches the document",
        "结合{i:安全生产月活动}，广泛宣讲{r:《安全生产法》}。",
        {("安全生产月活动", "安全生产法")},
    ),
    (
        "each by its own document",
        "按照{r:《信访工作条例》}，落实{m:领导包案}，根据{r:《公证法》}，推行{m:公证代办}。",
        {("领导包案", "信访工作条例"), ("公证代办", "公证法")},
    ),
    (
        "made before, of another matter",
        "印发{r:《乙区法治建设年度要点》}，启用{m:来访预约平台}。",
        set(),
    ),
    (
        "by a law, past the document that is made by it",
        "贯彻{r:《社会信用条例》}，印发{r:《年度工作要点》}，健全{m:失信惩戒机制}。",
        {("失信惩戒机制", "社会信用条例")},
    ),
    (
        "the next clause only says by what document",
        "实行{m:包容审慎监管}，依据{r:《市场监管轻微违法行为清单》}不予处罚。",
        {("包容审慎监管", "市场监管轻微违法行为清单")},
    ),
    (
        "the next clause turns to another thing",
        "实行{m:会前学法}，依据{r:《公证法》}开展公证，推行{m:公证代办}。",
        {("公证代办", "公证法")},
    ),
    (
        "named in the title, clauses later",
        "制定{r:《公调对接工作细则》}，在派出所设立调解室，全年{m:公调对接}受理418件。",
        {("公调对接", "公调对接工作细则")},
    ),
    (
        "what only leads the way",
        "落实{r:《法治政府建设实施纲要》}，以{i:数字化改革}为牵引，工作有序。",
        set(),
    ),
    ("mere neighbours", "学习{r:《民法典》}，开展{i:志愿服务活动}。", set()),
    ("another sentence", "按照{r:《信访工作条例》}要求登记。落实{m:领导包案}制度。", set()),
]


@pytest.mark.parametrize(("passage", "pairs"), [c[1:] for c in CITES], ids=[c[0] for c in CITES])
def test_relations_name_what_rests_on_which_document(passage, pairs):
    assert {e[1:] for e in edges(passage) if e[0] == "CITES"} == pairs


STATUS = [
    ("done", "一、主要成效\n推行{m:案卷评查制度}。", "reported"),
    ("next year's section", "一、2023年工作安排\n推行{m:案卷评查制度}。", "planned"),
    ("announced in a sentence", "下一步，推行{m:案卷评查制度}。", "planned"),
    (
        "a title that holds the word plan",
        "印发《三年行动计划》，推行{m:案卷评查制度}。",
        "reported",
    ),
    ("shortcomings section", "二、存在的问题\n{m:案卷评查制度}落实不到位。", "lacking"),
    (
        "remedies of shortcomings",
        "二、存在的问题\n解读形式单一。\n改进措施：健全{m:案卷评查制度}。",
        "planned",
    ),
    ("shortcoming in a clause", "{m:案卷评查制度}尚未建立。", "lacking"),
]


@pytest.mark.parametrize(("passage", "status"), [c[1:] for c in STATUS], ids=[c[0] for c in STATUS])
def test_relations_tell_done_from_planned_and_lacking(passage, status):
    (found,) = statements(passage)[1]
    assert [e.status for e in found.evidence] == [status]


def test_relations_point_evidence_into_the_text():
    doc, found = statements(
        "在{a:区委}的领导下，落实{m:领导包案}。\n按照{r:《信访工作条例》}，继续落实{m:领导包案}。"
    )
    assert found
    for statement in found:
        for e in statement.evidence:
            assert doc.text[e.start : e.end] == e.text


def test_relations_keep_every_sentence_that_states_an_edge():
    (found,) = statements("健全{m:领导包案}制度。\n落实{m:领导包案}制度。")[1]
    assert [e.text for e in found.evidence] == ["健全领导包案制度", "落实领导包案制度"]


def test_L22_relations_read_a_long_line_in_linear_time():
    passage = "推行{m:案卷评查制度}，" * 20000
    _, (found,) = statements(passage)
    assert len(found.evidence) == 20000


ROLES = [
    ("alone", "推行{m:领导包案}。", {UNIT: ""}),
    (
        "with a partner",
        "会同{a:区人社局}建立{m:快速调处机制}。",
        {UNIT: "leads", "区人社局": "joins"},
    ),
    (
        "led by another",
        "参加{a:区信访局}牵头的{m:信访工作联席会议}。",
        {UNIT: "joins", "区信访局": "leads"},
    ),
    ("has others act", "指导{a:丙镇政府}建立{m:村务协商机制}。", {"丙镇政府": "guided"}),
    ("named leader", "由{a:区司法局}牵头建立{m:案件会商机制}。", {"区司法局": "leads"}),
]


@pytest.mark.parametrize(("marked", "expected"), [c[1:] for c in ROLES], ids=[c[0] for c in ROLES])
def test_relations_implements_says_who_leads_and_who_joins(
    marked: str, expected: dict[str, str]
) -> None:
    found = {s.source[1]: s.role for s in statements(marked)[1] if s.type == "IMPLEMENTS"}
    assert found == expected


@pytest.mark.parametrize(
    ("marked", "act"),
    [
        ("建立{m:快速调处机制}。", "sets up"),
        ("进一步完善{m:快速调处机制}。", "improves"),
        ("落实{m:领导包案}。", "runs"),
        ("{m:快速调处机制}不断健全。", "improves"),
        ("{m:领导包案}成效明显。", ""),
    ],
)
def test_relations_implements_says_what_is_done(marked: str, act: str) -> None:
    assert [s.act for s in statements(marked)[1]] == [act]


def test_relations_role_and_act_are_of_what_is_done_not_of_what_is_planned() -> None:
    _, [found] = statements("计划完善{m:领导包案}。\n推行{m:领导包案}。")
    assert found.act == "runs"
