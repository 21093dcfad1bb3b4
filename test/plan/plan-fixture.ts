import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { routeOf } from '../../electron/diagnosis/route-view.ts';
import { rulesetOf } from '../../electron/diagnosis/ruleset.ts';
import type { Diagnosis } from '../../electron/diagnosis/shapes.ts';
import {
  type EnterpriseFile,
  type FigureColumn,
  type Profile,
  profileShape,
  type Settings,
  staffColumns,
} from '../../electron/library/shapes.ts';
import { createPlanContent } from '../../electron/plan/choose.ts';
import type { DocumentInput } from '../../electron/plan/document-model.ts';
import { loadMeasures, loadPolicies, matchPolicies } from '../../electron/plan/measures.ts';
import { policyLinks, policyUses } from '../../electron/plan/policy-links.ts';
import type { WayUp } from '../../electron/plan/route-items.ts';
import type { Plan, PlanContent } from '../../electron/plan/shapes.ts';
import { diagnoseEnterprise } from '../../electron/service/diagnose-enterprise.ts';
import { leversIn } from '../../electron/service/route-calls.ts';
import { rulesOf } from '../../electron/service/rules.ts';
import { loadStandards } from '../../electron/standards/loader.ts';

export const resources = join(import.meta.dirname, '../../resources');
export const today = '2026-11-24';
const rules = rulesOf(loadStandards(join(resources, 'standards')));
export const { measures } = loadMeasures(resources);
export const { policies } = loadPolicies(resources);

export const settings: Settings = {
  locale: 'zh-CN',
  theme: 'light',
  consultant: '李明',
  organisation: '武汉专精特新服务中心',
  contact: '027-8888 0000',
  logo: null,
  accent: '#1f5f7a',
  autoLock: 15,
  wording: null,
};

const empty: Profile = Object.fromEntries(
  Object.keys(profileShape.shape).map((k) => [k, k === 'tags' ? [] : null]),
) as unknown as Profile;

/** An enterprise nobody knows anything about but its name, plus what a test says of it. */
export function firm(
  profile: Partial<Profile> & { name: string },
  rest: Partial<EnterpriseFile> = {},
): EnterpriseFile {
  return {
    enterprise: {
      ...empty,
      ...profile,
      id: '019a0000-0000-7000-8000-000000000001',
      isSample: false,
      isSynthetic: false,
      snapshotYear: null,
      sampleNotice: null,
      createdAt: '2026-11-24T01:00:00.000Z',
      updatedAt: '2026-11-24T01:00:00.000Z',
      archivedAt: null,
      trashedAt: null,
    },
    figures: [],
    facts: [],
    titles: [],
    ipRights: [],
    remarks: [],
    ...rest,
  };
}

/** A year of figures in 万元 (money) and persons. */
export function year(
  of: number,
  values: Partial<Record<FigureColumn, number>>,
): EnterpriseFile['figures'][number] {
  const staff = staffColumns as readonly string[];
  return {
    year: of,
    values: Object.fromEntries(
      Object.entries(values).map(([k, v]) => [k, staff.includes(k) ? v : Math.round(v * 10_000)]),
    ),
    backing: {},
  };
}

export function fact(
  factId: string,
  value: string | boolean,
  of: number | null = null,
): EnterpriseFile['facts'][number] {
  return {
    factId,
    year: of,
    value,
    basis: 'declared',
    source: null,
    note: null,
    updatedAt: '2026-11-24T01:00:00.000Z',
  };
}

/** A sample of the product as the library would hold it. */
export function sample(name: string): EnterpriseFile {
  const data = JSON.parse(readFileSync(join(resources, 'samples', `${name}.json`), 'utf8'));
  const file = firm(data.profile, {
    figures: data.figures.map((f: { year: number; values: Record<string, { value: string }> }) =>
      year(f.year, Object.fromEntries(Object.entries(f.values).map(([k, v]) => [k, Number(v.value)]))),
    ),
    facts: data.facts.map((f: { factId: string; value: string | boolean; year: number | null }) =>
      fact(f.factId, f.value, f.year),
    ),
    titles: data.titles.map((t: Record<string, unknown>, i: number) => ({
      id: `019a0000-0000-7000-8000-00000000010${i}`,
      ...t,
    })),
    remarks: (data.remarks ?? []).map((r: { source: string | null }) => ({
      ...r,
      source: r.source === null ? null : (data.sources[r.source] ?? null),
    })),
  });
  file.enterprise.isSample = true;
  file.enterprise.snapshotYear = data.fiscalYear;
  file.enterprise.sampleNotice = data.notice;
  return file;
}

export function diagnosisOf(file: EnterpriseFile, review: number[] = []): Diagnosis {
  return diagnoseEnterprise(file, rules, { today, review });
}

const levers = leversIn(resources);

/** The way up as the engine finds it. */
export function wayOf(diagnosis: Diagnosis): WayUp {
  return { steps: routeOf(diagnosis, rulesetOf(rules), levers), levers };
}

export function planOf(content: PlanContent): Plan {
  return {
    id: '019a0000-0000-7000-8000-000000000002',
    enterpriseId: '019a0000-0000-7000-8000-000000000001',
    diagnosisId: '019a0000-0000-7000-8000-000000000003',
    version: 1,
    createdAt: '2026-11-24T01:00:00.000Z',
    updatedAt: '2026-11-24T01:00:00.000Z',
    content,
  };
}

/** Everything the paper needs, the way the service puts it together. */
export function documentOf(
  file: EnterpriseFile,
  locale: 'zh' | 'en',
  change: { settings?: Partial<Settings>; content?: Partial<PlanContent>; review?: number[] } = {},
): DocumentInput {
  const diagnosis = diagnosisOf(file, change.review);
  const own = { ...settings, ...change.settings };
  const links = policyLinks(measures);
  const content = createPlanContent({ diagnosis, file, settings: own, measures, today });
  return {
    plan: planOf({ ...content, ...change.content }),
    diagnosis,
    file,
    settings: own,
    policies: matchPolicies(policies, diagnosis, file, policyUses({ ...content, ...change.content }, links)),
    links,
    locale,
  };
}

/** All answers a compliant firm gives to the basic conditions and exclusions. */
const sound: Record<string, boolean> = {
  established_in_prc: true,
  registered_in_prc: true,
  independent_legal_person: true,
  resident_enterprise: true,
  in_abnormal_list: false,
  in_serious_dishonest_list: false,
  product_prohibited_or_eliminated: false,
  major_incident_3y_2022def: false,
  major_incident_3y_2026def: false,
  tech_sme_compliance_ok: true,
  is_single_champion: false,
  controls_or_controlled_by_little_giant: false,
  group_similar_product_recognised: false,
};

function title(
  kind: EnterpriseFile['titles'][number]['kind'],
  name: string,
): EnterpriseFile['titles'][number] {
  return {
    id: '019a0000-0000-7000-8000-000000000201',
    kind,
    name,
    number: '鄂2025-0117',
    issuer: '湖北省经济和信息化厅',
    issuedOn: '2025-03-01',
    expiresOn: '2028-02-29',
    basis: 'documented',
    source: null,
  };
}

/** An electronics firm with the base title that misses most of tier 2: revenue, share, debt, R&D, IP, score. */
export function struggling(): EnterpriseFile {
  return firm(
    {
      name: '武汉光谷微纳传感技术有限公司',
      shortName: '微纳传感',
      uscc: '91420100MA4K12345X',
      province: '湖北省',
      city: '武汉市',
      district: '东湖高新区',
      foundedOn: '2021-06-18',
      industrySection: 'C',
      industryDivision: '39',
      industryClass: '3983',
      mainProduct: '高精度MEMS压力传感器',
      niche: '工业级MEMS压力传感器',
      nicheSince: '2022-03',
      chain: '光电子信息产业链',
      chainRole: '为工业自动化设备提供压力检测核心元器件',
      keyCustomers: '汇川技术、某智能制造龙头企业',
      brief: '专注MEMS压力传感器的设计、封装与测试。',
    },
    {
      figures: [
        year(2023, {
          revenue: 900,
          mainRevenue: 640,
          rdExpense: 55,
          netProfit: 12,
          totalAssets: 2100,
          totalLiabilities: 1500,
          staffTotal: 38,
          rdStaff: 11,
        }),
        year(2024, {
          revenue: 1050,
          mainRevenue: 790,
          rdExpense: 96,
          netProfit: 21,
          totalAssets: 2300,
          totalLiabilities: 1850,
          staffTotal: 42,
          rdStaff: 12,
        }),
        year(2025, {
          revenue: 1180,
          mainRevenue: 905,
          rdExpense: 86.4,
          netProfit: 30,
          totalAssets: 2500,
          totalLiabilities: 2125,
          staffTotal: 46,
          rdStaff: 13,
        }),
      ],
      facts: [
        ...Object.entries(sound).map(([id, value]) => fact(id, value)),
        fact('ip1_original_top3_count', '0'),
        fact('ip1_count', '0'),
        fact('eval_score', '43', 2026),
      ],
      titles: [title('innovative', '创新型中小企业')],
    },
  );
}

/** Strings that would break a template that took data for source, and characters that are hard to print. */
export const nasty =
  '#panic("x") $x^2$ *b* _i_ `raw` <label> @ref \\ // /* <script>alert(1)</script> {{mustache}} =heading 🚀 𠮷 مرحبا \u0007\u202Egnp.exe\u202C \uD800 end';

export function hostile(): EnterpriseFile {
  const file = struggling();
  Object.assign(file.enterprise, {
    name: `恶意#{[测试 ${nasty}`.slice(0, 200),
    mainProduct: nasty,
    niche: 'x'.repeat(300),
    keyCustomers: '#import "@preview/cetz:0.2.0": *\n第二行\n\n第四行',
    brief: `${'很长的企业简介。'.repeat(1250)}`,
    district: nasty,
    city: null,
  });
  file.titles.push(title('other', nasty));
  file.remarks.push({ zh: nasty, en: nasty, source: nasty });
  return file;
}

/** A firm that meets every condition of the little-giant standard; `held` also gives it that title already. */
export function champion(held = false): EnterpriseFile {
  const file = struggling();
  const money = {
    totalAssets: 15_000,
    totalLiabilities: 6000,
    netProfit: 1500,
    staffTotal: 120,
    rdStaff: 40,
  };
  return {
    ...file,
    enterprise: {
      ...file.enterprise,
      name: '武汉精锐光电股份有限公司',
      nicheSince: '2015-03',
      foundedOn: '2014-05-01',
    },
    figures: [
      year(2023, { ...money, revenue: 9000, mainRevenue: 8800, rdExpense: 700 }),
      year(2024, { ...money, revenue: 10_500, mainRevenue: 10_200, rdExpense: 850 }),
      year(2025, { ...money, revenue: 12_000, mainRevenue: 11_800, rdExpense: 960 }),
    ],
    facts: [
      ...Object.entries(sound).map(([id, value]) => fact(id, value)),
      fact('years_in_niche', '10'),
      fact('ip1_original_top3_count', '6'),
      fact('ip1_applied_with_benefit', true),
      fact('market_share_domestic', '0.18'),
      fact('judged_reputation', true),
      fact('at_key_chain_link', true),
      fact('product_in_six_bases', true),
      fact('eval_score', '71', 2026),
    ],
    titles: [
      title('innovative', '创新型中小企业'),
      title('srdi', '专精特新中小企业'),
      ...(held ? [title('little_giant', '专精特新“小巨人”企业')] : []),
    ],
  };
}
