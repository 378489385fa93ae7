"""Mechanisms: which spans are names, which names are one, what is left alone."""

from __future__ import annotations

from itertools import pairwise

import pytest

from loaders.document import Document, make_document
from loaders.entities import Entity, Mention
from loaders.heading import Heading
from loaders.mechanisms import find_mechanisms, resolve_mechanisms
from loaders.places import Place

UNIT = Heading(
    unit="江州市临江区柳荫街道办事处",
    surfaces=("柳荫街道",),
    place=Place("临江区", ("江州市",), "县区"),
)


def _mentions(text: str, *taken: Mention) -> tuple[Document, list[Mention]]:
    doc = make_document("r", "r.txt", "txt", text)
    return doc, find_mechanisms(doc, UNIT, taken)


def _surfaces(text: str) -> list[str]:
    return [m.surface for m in _mentions(text)[1]]


def _entities(text: str) -> list[Entity]:
    doc, mentions = _mentions(text)
    return resolve_mechanisms(mentions, doc, UNIT)


# (passage in our own words, names that a reader would mark)
NAMED = [
    # a noun phrase with a head, without the verbs in front of it
    ("不断健全完善矛盾纠纷会诊机制。", ["矛盾纠纷会诊机制"]),
    ("一年来，柳荫街道建立老旧小区停车管理台账制度。", ["老旧小区停车管理台账制度"]),
    ("严格执行重大项目廉政监督员制度，堵塞漏洞。", ["重大项目廉政监督员制度"]),
    ("在全市推行涉企收费目录清单。", ["涉企收费目录清单"]),
    ("进一步拓宽残疾人诉求表达渠道。", ["残疾人诉求表达渠道"]),
    ("我局绘制了工伤认定办事导图。", ["工伤认定办事导图"]),
    ("与各社区签订禁毒工作责任书。", ["禁毒工作责任书"]),
    ("设立退役军人接待窗口，专人值守。", ["退役军人接待窗口"]),
    # without the day, the place, or who does it, in front
    ("自2016年渔船动态编组制度实施以来，险情下降。", ["渔船动态编组制度"]),
    ("2015年9月启动渔港综合治理模式。", ["渔港综合治理模式"]),
    ("推广余姚市“渔嫂说事”治理模式。", ["“渔嫂说事”治理模式"]),
    (
        "督促沿海乡镇落实渔船动态编组制度，引导渔业企业加入渔获物追溯平台。",
        ["渔船动态编组制度", "渔获物追溯平台"],
    ),
    # nor what is done with it, behind
    (
        "依托“渔安通”平台上线预警专区，“渔省心”平台受理投诉96件。",
        ["“渔安通”平台", "预警专区", "“渔省心”平台"],
    ),
    (
        "在门户网站公示渔业权责清单，规范化建设渔事纠纷调解室，出台或完善制度12项。",
        ["渔业权责清单", "渔事纠纷调解室"],
    ),
    (
        "县便民服务大厅设企业开办窗口6个，养老服务中心设施管护制度同步建立。",
        ["企业开办窗口", "养老服务中心设施管护制度"],
    ),
    ("开通劳动维权热线。", ["劳动维权热线"]),
    ("建成校园食品安全追溯平台。", ["校园食品安全追溯平台"]),
    ("落实业主大会议事规则，规范表决。", ["业主大会议事规则"]),
    ("积极探索湖区联合巡护模式。", ["湖区联合巡护模式"]),
    ("召开未成年人保护联席会议。", ["未成年人保护联席会议"]),
    # each that is founded is its own
    ("在渔港设立海上巡回法庭和渔业纠纷调解室。", ["海上巡回法庭", "渔业纠纷调解室"]),
    ("建立恶意索赔异常名录和投诉分级处置机制。", ["恶意索赔异常名录", "投诉分级处置机制"]),
    (
        "严格执行项目法人责任制、招标投标制、建设监理制和合同管理制。",
        ["项目法人责任制", "招标投标制", "建设监理制", "合同管理制"],
    ),
    ("推行“恳谈日”，深化“邻里恳谈日”。", ["“恳谈日”", "“邻里恳谈日”"]),
    # beside a quote that is known, with what is added, by a rhythm, by one first word
    ("推动更多事项“跨省通办”“渔港快办”。", ["“跨省通办”", "“渔港快办”"]),
    (
        "深化“渔港调解+”，组织“每周一图”研讨，实行“定船员、定渔港、定航线”。",
        ["“渔港调解+”", "“每周一图”", "“定船员、定渔港、定航线”"],
    ),
    ("制定并公布渔港首违不罚清单。", ["渔港首违不罚清单"]),
    (
        "“只跑一次”或“渔港快办”事项占95%，全县较早探索港长轮值制。",
        ["“只跑一次”", "“渔港快办”", "港长轮值制"],
    ),
    # what is practised, whatever noun it ends in; a list is one where nothing in it is another
    ("全面推行渔获分类堆放，试行渔港物业化管理。", ["渔获分类堆放", "渔港物业化管理"]),
    ("实行船日巡、港周报。", ["船日巡、港周报"]),
    ("34条热线归并到12345热线。", ["12345热线"]),
    # ways that are known each by itself
    ("办理市长信箱、人民网留言板等渠道转来的诉求。", ["市长信箱", "人民网留言板"]),
    # behind an adverb, a lot, a year; not behind a count
    ("疫情发生后，立即执行跨省团队熔断预案制度。", ["跨省团队熔断预案制度"]),
    ("分三批发布审批事项正面清单。", ["审批事项正面清单"]),
    ("2021年开通农资诉求热线。", ["农资诉求热线"]),
    ("30天无理由退换机制运行良好。", ["30天无理由退换机制"]),
    ("坚持区级领导定点约谈制度。", ["区级领导定点约谈制度"]),
    ("健全厅机关公职律师调配制度。", ["公职律师调配制度"]),
    ("变“多头登记”为“一站式”登记，变“多头接访”为“一站式”接待。", ["“一站式”登记", "“一站式”接待"]),
    ("打造“石榴籽”解纷品牌，探索“板凳长谈”协商。", ["“石榴籽”解纷品牌", "“板凳长谈”协商"]),
    # the verb that sets up governs: what follows belongs to the name
    ("建立化解物业纠纷联动处置机制。", ["化解物业纠纷联动处置机制"]),
    ("完善地方标准制定程序。", ["地方标准制定程序"]),
    ("健全防范恶意欠薪预警机制。", ["防范恶意欠薪预警机制"]),
    ("三级网格推进渔港商户信用积分管理台账。", ["渔港商户信用积分管理台账"]),
    ("压实安全责任落实机制和项目推进台账。", ["安全责任落实机制"]),
    # what counts only where it is founded or used
    (
        "在渔港设立渔事纠纷法官工作室，建成渔船动态监控系统。",
        ["渔事纠纷法官工作室", "渔船动态监控系统"],
    ),
    ("设立24小时渔政自助服务区12处。", ["24小时渔政自助服务区"]),
    ("企业博士后工作站搬迁，动态监控系统故障。", []),
    # how something is done, behind what is done
    ("建立渔船险情主动上报制度。", ["渔船险情主动上报制度"]),
    ("个别部门落实养殖用海公示制度走形式。", ["养殖用海公示制度"]),
    ("坚持“先登记、后出海”。", ["“先登记、后出海”"]),
    ("设在村口的“渔家说事堂”开张。", ["“渔家说事堂”"]),
    # words that only look like boundaries, verbs behind verbs
    ("升级全市一体化停车诱导平台。", ["一体化停车诱导平台"]),
    ("优化质量督导责任区制度。", ["质量督导责任区制度"]),
    ("健全接单登记、分派处置、核查归档办理机制。", ["接单登记、分派处置、核查归档办理机制"]),
    ("深化“陪审式”审理，公布12350安全生产监督电话。", ["“陪审式”审理", "12350安全生产监督电话"]),
    ("形成“网格发现+部门处置+群众评议”闭环。", ["“网格发现+部门处置+群众评议”"]),
    ("实现“多审合一、联合踏勘”。", ["“多审合一、联合踏勘”"]),
    ("落实排污口“一口式”管理。", ["排污口“一口式”管理"]),
    ("完善内部制度和指导监督机制，二是社保制度碎片化。", []),
    ("为商户开设“合规诊断日”。", ["“合规诊断日”"]),
    ("企业注销“三日办结”。", ["企业注销“三日办结”"]),
    ("坚持“凡决策必论证”。", ["“凡决策必论证”"]),
    ("推动物业、居民、商户“三方联动”。", ["“三方联动”"]),
    ("形成“接单登记、分派处置、核查归档”闭环。", ["“接单登记、分派处置、核查归档”"]),
    ("通过“岚税通”采集数据，推进“互联网+养老服务”。", ["“岚税通”", "“互联网+养老服务”"]),
    ("实行社工积分管理，推行园长职级制。", ["社工积分管理", "园长职级制"]),
    ("“楼道加灯统筹审批”等8条建议获采纳。", []),
    ("健全社会工作体制机制。", ["社会工作体制机制"]),
    ("拓宽渔民维权诉求表达通道。", ["渔民维权诉求表达通道"]),
    ("推广应用“岚易码”。", ["“岚易码”"]),
    ("举办“局长会客厅”、座谈会等活动。", []),
    ("积极探索实践渔村纠纷联调机制。", ["渔村纠纷联调机制"]),
    # steps and things that share a head are one
    ("建立晨巡查、午通报、晚复盘工作制度。", ["晨巡查、午通报、晚复盘工作制度"]),
    ("健全每日碰头、每周会商、每旬通报的工作机制。", ["每日碰头、每周会商、每旬通报的工作机制"]),
    ("完善线索收集、移交、核查、反馈闭环机制。", ["线索收集、移交、核查、反馈闭环机制"]),
    ("落实船员名册、出港报告、返港登记等制度。", ["船员名册、出港报告、返港登记等制度"]),
    ("建立船员名册、出港报告、返港登记等配套制度。", ["船员名册、出港报告、返港登记等配套制度"]),
    # quotes side by side, where they are run, what they are called, how often
    ("推行渔船开办“一口通收”“一口通取”。", ["渔船开办“一口通收”", "“一口通取”"]),
    ("湾口镇“竹筏代办”广受好评，被群众称为“海上大厅”。", ["“竹筏代办”"]),
    ("对渔情进行“日监测、周分析、月研判”。", ["“日监测、周分析、月研判”"]),
    ("推进渔港救援站“一站多用”，渔政队员“一专多能”不够。", ["渔港救援站“一站多用”"]),
    ("落实“渔家四问”“渔家四答”，岚山镇“渔火夜话”等做法被推介。", ["“渔火夜话”"]),
    ("渔会机构和12个渔村服务窗口实行综合柜员制。", ["渔村服务窗口", "综合柜员制"]),
    (
        "建成市县乡村四级渔事纠纷调处中心，打造“渔火”多元解纷中心。",
        ["渔事纠纷调处中心", "“渔火”多元解纷中心"],
    ),
    # brackets that say of what else, numbers of headings, goals
    ("健全渔政站与乡镇（街道）执法协作机制。", ["渔政站与乡镇（街道）执法协作机制"]),
    ("2.落实渔港巡查制度。", ["渔港巡查制度"]),
    ("夏秋两季实现“零火点”，健全依法决策机制。", []),
    ("推行“渔港通”，渔民叫好。以“渔港通”为载体办理。", ["“渔港通”", "“渔港通”"]),
    # what a founding verb stands before, words that open no name, a quote that was held
    ("设立渔民接待室，建成渔港纠纷调解中心。", ["渔民接待室", "渔港纠纷调解中心"]),
    ("大额支出须经、必须经渔港建设联席会议审定。", ["渔港建设联席会议"]),
    ("建立“渔港管家群”，推广“岚海经验”。", ["“渔港管家群”", "“岚海经验”"]),
    ("开展“渔法大讲堂”12讲，公布渔港收费目录清单。", ["“渔法大讲堂”", "渔港收费目录清单"]),
    ("上线渔船监管数字应用，施行“红黄蓝”动态考评。", ["渔船监管数字应用", "“红黄蓝”动态考评"]),
    ("共导入司法渠道76件，个别学校规章制度不全，健全突发事件应对体系。", []),
    # the noun in front of a quote says of what; a verb or a person does not
    ("推进窗口服务“一口清”。", ["窗口服务“一口清”"]),
    ("网格员推行“一口清”。", ["“一口清”"]),
    ("公布渔政执法“三张清单”。", ["渔政执法“三张清单”"]),
    # quoted practices by their own words, whatever the sentence does with them
    ("“榕树下说事会”开到了村口。", ["“榕树下说事会”"]),
    ("每家企业“一企一档”，随查随更。", ["“一企一档”"]),
    ("建立“晨会点评”“夜巡联勤”等机制。", ["“晨会点评”", "“夜巡联勤”"]),
    # quoted and numbered formulas
    ("创新“三问三清”工作法，群众满意。", ["“三问三清”工作法"]),
    ("形成“2+3+N”模式。", ["“2+3+N”模式"]),
    ("推行“一岗一册”，责任到人。", ["“一岗一册”"]),
    ("落实值班巡查、定时报数、逐户回访等制度。", ["值班巡查、定时报数、逐户回访等制度"]),
    ("探索“三快两慢”，规范现场处置。", ["“三快两慢”"]),
    ("深化“警保联动”，快处轻微事故。", ["“警保联动”"]),
    ("设立“老街坊”调解室，就地解纷。", ["“老街坊”调解室"]),
    ("开通院长信箱，落实科主任接待日。", ["院长信箱", "科主任接待日"]),
    ("建立基层执法监督联系点。", ["基层执法监督联系点"]),
    ("坚持“谁审批谁监管”原则。", ["“谁审批谁监管”原则"]),
    ("推行“晚间延时办”、“周日预约办”服务。", ["“晚间延时办”", "“周日预约办”服务"]),
    ("实行“日巡查、周通报、月评比”制度。", ["“日巡查、周通报、月评比”制度"]),
    ("形成“四方联动”的社区治理格局。", ["“四方联动”的社区治理格局"]),
    ("首创“板凳听诉”。", ["“板凳听诉”"]),
    ("落实“马上办、网上办、上门办”。", ["“马上办、网上办、上门办”"]),
    ('创新"三问三清"工作法。', ['"三问三清"工作法']),
    # coordination: one noun shared is one name, two nouns are two
    ("建立执法协作和线索移送机制。", ["执法协作和线索移送机制"]),
    ("完善民意收集、问题会商、结果反馈机制。", ["民意收集、问题会商、结果反馈机制"]),
    ("完善舆情会诊机制和物资调拨制度。", ["舆情会诊机制", "物资调拨制度"]),
    ("健全对基层用药的制约和监督体系。", ["制约和监督体系"]),
    ("建立海事与渔政的联动机制。", ["海事与渔政的联动机制"]),
    ("完善协会、企业等第三方参与机制。", ["第三方参与机制"]),
    # what only says whose it is or where stays outside
    ("健全市、区、街三级禁毒会商机制。", ["禁毒会商机制"]),
    ("完善上下贯通、左右衔接的疫苗调度机制。", ["疫苗调度机制"]),
    ("临江区河道保洁制度得到落实。", ["河道保洁制度"]),
    ("坚持每月一会商制度。", ["每月一会商制度"]),
    ("动态调整跨科室检查实施清单。", ["跨科室检查实施清单"]),
    ("乡、村、组三级纠纷调处网络覆盖全域。", ["纠纷调处网络"]),
    ("上线“柳荫通”移动端，推行“一劝二纠三罚”执法法。", ["“柳荫通”移动端", "“一劝二纠三罚”执法法"]),
    ("推行“金银铜”三色门店评比办法。", ["“金银铜”三色门店评比办法"]),
    (
        "三家单位合署，组成“三方调解桌”，当天答复；组成“三方问诊台”。",
        ["“三方调解桌”", "“三方问诊台”"],
    ),
    # a list with the number of its items is one name
    ("作业日志、结果公示和投诉回访三项制度全部落地。", ["作业日志、结果公示和投诉回访三项制度"]),
    # quotes: one of a kind, one of a list with topics, one that came true
    ("利用“楼道茶话”“河边小课”等载体送法上门。", ["“楼道茶话”", "“河边小课”"]),
    ("推动诉求“一单结”、审批事项“一窗办”。", ["诉求“一单结”", "“一窗办”"]),
    (
        "甲方统一指挥、街坊邻里监督、各方协同发力、大家一起参与的机制更顺畅。",
        ["甲方统一指挥、街坊邻里监督、各方协同发力、大家一起参与的机制"],
    ),
    ("“一个窗口全办成”成为现实。", ["“一个窗口全办成”"]),
    # a list shares its head over 工作, a quote stands with its noun
    ("健全线索移送、联合检查、会商通报等工作机制。", ["线索移送、联合检查、会商通报等工作机制"]),
    ("打造“大柳荫”法治共同体，设立“街坊说法”议事点。", ["“大柳荫”法治共同体", "“街坊说法”议事点"]),
    # two verbs in a row govern together
    (
        "规划建设渔船轨迹共享平台，深化落实渔港协同巡护机制。",
        ["渔船轨迹共享平台", "渔港协同巡护机制"],
    ),
    ("与县法院落实失信被执行人联合惩戒机制。", ["失信被执行人联合惩戒机制"]),
    ("建立经常化渔民夜谈机制。", ["经常化渔民夜谈机制"]),
    ("依托“政务e家”自助终端，延长服务时间。", ["“政务e家”自助终端"]),
    ("实行主要领导“周调度”、分管领导“日通报”。", ["“周调度”", "“日通报”"]),
    ("对积案实行“一案一档一专人”，逐件化解。", ["“一案一档一专人”"]),
    ("在12个社区设立人民建议征集点。", ["人民建议征集点"]),
    ("建立欠薪风险预警模型。", ["欠薪风险预警模型"]),
    ("合同一律过“科室起草、律师把脉、集体会审”三道关。", ["“科室起草、律师把脉、集体会审”三道关"]),
    ("贯彻过问案件登记制度。", ["过问案件登记制度"]),
    ("编制本领域信访诉求分类清单。", ["信访诉求分类清单"]),
    ("与银行等金融机构建立账户快速止付机制。", ["账户快速止付机制"]),
    ("构建“工委—党委—支部—中心户”四级组织架构。", ["“工委—党委—支部—中心户”四级组织架构"]),
    ("落实街道领导每日轮流接访制度。", ["街道领导每日轮流接访制度"]),
    ("组织开展“五率”考核。", ["“五率”考核"]),
    ("升级改造网上办案信息系统。", ["网上办案信息系统"]),
    ("打造农村一小时法律援助便民圈。", ["农村一小时法律援助便民圈"]),
]

KNOWN = [
    ("进一步加强接诉即办工作。", "接诉即办"),
    ("落实信访联席会制度，研究疑难案件。", "信访工作联席会议"),
    ("建立党组会会前学法制度。", "会前学法"),
    ("坚持双随机、一公开监管，公示结果。", "双随机、一公开"),
    ("对轻微违法行为首违不罚。", "首违不罚"),
    ("行政机关负责人出庭应诉率为百分之百。", "行政机关负责人出庭应诉"),
    ("落实行政复议制度。", "行政复议"),
    ("用好12345市民服务热线。", "12345市民服务热线"),
    ("推广新时代“枫桥经验”。", "枫桥经验"),
    ("全面实行证明事项告知承诺制。", "告知承诺制"),
    ("完善重大执法决定法制审核制度。", "重大执法决定法制审核制度"),
    ("推行领导包案，逐件化解。", "领导包案"),
    ("做好依申请公开工作。", "依申请公开"),
    ("推进市场监管领域信用分级分类监管。", "信用监管"),
    ("公平竞争审查覆盖全部政策措施。", "公平竞争审查"),
    ("深化河长制。", "河长制"),
    ("落实零基预算管理。", "零基预算"),
    ("执行请示报告制度。", "重大事项请示报告"),
]

UNNAMED = [
    "争创“枫桥式”司法所，争创市级“人民满意窗口”。",
    "代办生育登记等事项463件，群众可就近办事，办理信、访、网、电各渠道来件。",
    "清单实行动态调整，落实行政复议体制改革要求，实行乡镇党委书记任召集人，不实行渔船评比。",
    "找老会计核实当年台账，组织新任干部到窗口轮岗，约谈窗口5人。",
    "窗口连续三年被评为红旗窗口，整合38条热线。",
    "对新业态的监管规则研究不够，全省适用清单办理案件74件。",
    "通过“请进来”“走出去”等方式组织交流。",
    "严格落实各项制度，完善工作机制，健全长效机制。",
    "进一步完善相关机制和配套制度。",
    "本制度自发布之日起施行。",
    "牢固树立法治思维，增强“四个意识”，坚定“四个自信”，做到“两个维护”。",
    "紧扣“十四五”目标，融入“一带一路”建设。",
    "坚持问题导向，全年召开主任办公会27次，开展宣传12场、培训8次、督查3轮。",
    "发挥先锋模范作用，践行为民服务宗旨。",
    "制度化、规范化、程序化水平明显提升，机制化运作初见成效。",
    "公安机关制度意识不断增强，体制机制更加顺畅。",
    "原则上不再新增项目，平台经济健康发展，窗口期稍纵即逝。",
    "床前明月光，疑是地上霜。举头望明月，低头思故乡。",
    "The committee set up a mechanism for hearing complaints.",
    "def mechanism(x): return [i for i in x if i % 2 == 0]",
    "12.5 13.6 44.1 78% 2019 2020 2021 1,204 3,455",
    "他把制度两个字写在纸上，又擦掉了。",
    "疏通民情渠道，修订行政许可程序规定，纳入决策必经程序。",
    "个别案件因程序瑕疵败诉，部分所执法程序不够规范。",
    "部分事项程序空转，个别干部重实体轻程序。",
    "群众网上可办率稳步提高，零跑动率达到九成。",
    "推动城市管理由“被动处置”向“主动治理”转变。",
    "坚持用最严格制度保护生态环境，少数民警办案程序存在瑕疵。",
    "以“消除隐患、筑牢防线”为主题开展宣传，落实“五星级”服务理念。",
    "设立综治、民政、社保等窗口6个，领导接访108批次。",
    "信访工作制度进一步健全。",
]


@pytest.mark.parametrize(("text", "expected"), NAMED, ids=[t for t, _ in NAMED])
def test_mechanisms_named(text: str, expected: list[str]) -> None:
    assert _surfaces(text) == expected


@pytest.mark.parametrize(("text", "name"), KNOWN, ids=[t for t, _ in KNOWN])
def test_mechanisms_known(text: str, name: str) -> None:
    (entity,) = _entities(text)
    assert entity.name == name
    assert entity.properties["discovered"] is False


@pytest.mark.parametrize("text", UNNAMED)
def test_mechanisms_nothing_without_a_name(text: str) -> None:
    assert _surfaces(text) == []


def test_mechanisms_mentions_are_the_text_and_do_not_overlap() -> None:
    doc, mentions = _mentions("".join(text for text, _ in [*NAMED, *KNOWN]))
    assert all(doc.text[m.start : m.end] == m.surface for m in mentions)
    assert all(a.end <= b.start for a, b in pairwise(mentions))


def test_mechanisms_variants_are_one_entity() -> None:
    entities = _entities("建立信访联席会。完善信访工作联席会议制度。发挥区级信访联席会议机制作用。")
    assert [e.name for e in entities] == ["信访工作联席会议"]
    assert len(entities[0].mentions) == 3


def test_mechanisms_discovered_variants_are_one_entity() -> None:
    entities = _entities("建立楼道议事制度。楼道议事机制运行良好。完善楼道议事工作机制。")
    assert len(entities) == 1
    assert entities[0].properties == {"discovered": True}


def test_mechanisms_longer_name_joins_the_only_shorter_one() -> None:
    entities = _entities("建立律师驻点接待制度。街道律师驻点接待制度成效明显。")
    assert [e.name for e in entities] == ["律师驻点接待机制"]
    assert {m.surface for m in entities[0].mentions} == {"律师驻点接待制度", "街道律师驻点接待制度"}


@pytest.mark.parametrize(
    ("text", "surface", "parts"),
    [
        (
            "认真执行领导包案和会前学法制度。",
            "领导包案和会前学法制度",
            ["领导包案", "会前学法"],
        ),
        (
            "牵头落实行政执法公示、执法全过程记录、重大执法决定法制审核制度。",
            "行政执法公示、执法全过程记录、重大执法决定法制审核制度",
            ["行政执法公示制度", "执法全过程记录制度", "重大执法决定法制审核制度"],
        ),
    ],
)
def test_mechanisms_known_names_with_one_head_are_one_name_with_parts(
    text: str, surface: str, parts: list[str]
) -> None:
    [mention] = _mentions(text)[1]
    assert mention.surface == surface
    assert [part.name for part in mention.parts] == parts
    assert all(text[part.start : part.end] == part.surface for part in mention.parts)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # each has a head of its own
        ("落实公平竞争审查和重大行政决策程序。", ["公平竞争审查", "重大行政决策程序"]),
        ("实行首问负责制、会前学法制度。", ["首问负责制", "会前学法制度"]),
        # a quote with its head is a name by itself
        ("推行会前学法和“一案一评估”机制。", ["会前学法", "“一案一评估”机制"]),
    ],
)
def test_mechanisms_with_heads_of_their_own_stay_apart(text: str, expected: list[str]) -> None:
    assert _surfaces(text) == expected


def test_mechanisms_similar_names_stay_apart() -> None:
    entities = _entities("建立渔船联合检查机制。建立渔港联合检查机制。")
    assert [e.name for e in entities] == ["渔船联合检查机制", "渔港联合检查机制"]


def test_mechanisms_also_holds_other_right_forms() -> None:
    (entity,) = _entities("创新“三问三清”工作法。")
    assert "“三问三清”" in entity.also
    (entity,) = _entities("建立执法协作和线索移送机制。")
    assert {"执法协作机制", "线索移送机制"} <= set(entity.also)


def test_mechanisms_leave_taken_spans_alone() -> None:
    text = "印发《柳荫街道首问负责制度》，落实首问负责制度。"
    end = text.index("，")
    title = Mention(2, end, text[2:end], "regulation", "柳荫街道首问负责制度", "title")
    assert [m.start > end for m in _mentions(text, title)[1]] == [True]


def test_mechanisms_begin_behind_an_agency() -> None:
    text = "临江区司法局合同会审制度运行良好。"
    agency = Mention(0, 6, text[:6], "agency", "江州市临江区司法局", "full")
    assert [m.surface for m in _mentions(text, agency)[1]] == ["合同会审制度"]


def test_mechanisms_known_carry_what_the_catalogue_says() -> None:
    (entity,) = _entities("推进未诉先办。")
    assert entity.properties["broader"] == "mechanism:接诉即办"
    assert entity.properties["field"] == "接诉即办与热线"
    assert entity.properties["legal_basis"] == ("北京市接诉即办工作条例",)
    assert entity.properties["name_en"]


def test_mechanisms_same_result_whatever_stands_before() -> None:
    text = "建立楼道议事制度。"
    alone = _entities(text)[0]
    later = _entities("无关的一句话。\n" + text)[0]
    assert (alone.name, alone.also, alone.properties) == (later.name, later.also, later.properties)


@pytest.mark.parametrize(
    "text",
    [
        "建立信访工作联席会议制度" * 5_000,
        "机制" * 20_000,
        "制度和" * 20_000,
        "“" * 50_000 + "机制",
        "《" * 50_000 + "制度",
        "健全" * 50_000 + "机制",
        "“甲乙办”、" * 10_000 + "“丙丁办”服务",
    ],
    ids=["phrase", "heads", "joins", "quotes", "titles", "verbs", "list"],
)
def test_mechanisms_survive_hostile_text(text: str) -> None:
    doc, mentions = _mentions(text)
    assert all(doc.text[m.start : m.end] == m.surface for m in mentions)


def test_mechanisms_leave_a_head_inside_a_name_that_ends_the_text_alone():
    taken = Mention(2, 10, "柳荫街道服务中心", "agency", "柳荫街道服务中心", "marked")
    assert _mentions("依托柳荫街道服务中心", taken)[1] == []
    inside = Mention(0, 9, "柳荫街道调解机制室", "agency", "柳荫街道调解机制室", "marked")
    assert _mentions("柳荫街道调解机制室", inside)[1] == []


def test_mechanisms_one_quote_with_one_head_is_one_entity() -> None:
    found = _entities("上线“岚惠通”政策兑现平台。升级“岚惠通”平台。")
    assert [(e.name, len(e.mentions)) for e in found] == [("“岚惠通”政策兑现平台", 2)]
