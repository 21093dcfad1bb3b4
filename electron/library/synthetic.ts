import { missingOf } from './missing.ts';
import { fold, nameKey, pinyinOf } from './names.ts';
import { type Db, prepared } from './open.ts';
import { firmMaker, type SyntheticWords, seeded } from './synthetic-firms.ts';

const FLAGS: readonly (readonly [string, number])[] = [
  ['established_in_prc', 0.99],
  ['registered_in_prc', 0.99],
  ['independent_legal_person', 0.98],
  ['resident_enterprise', 0.99],
  ['in_abnormal_list', 0.02],
  ['in_serious_dishonest_list', 0.01],
  ['product_prohibited_or_eliminated', 0.02],
  ['major_incident_3y_2022def', 0.02],
  ['major_incident_3y_2026def', 0.02],
  ['tech_sme_compliance_ok', 0.95],
  ['is_single_champion', 0.01],
  ['controls_or_controlled_by_little_giant', 0.05],
  ['group_similar_product_recognised', 0.03],
  ['ip1_applied_with_benefit', 0.7],
  ['has_provincial_plus_rd_institution', 0.15],
  ['product_in_strategic_emerging', 0.4],
  ['product_in_six_bases', 0.3],
  ['product_upgrades_traditional', 0.3],
  ['product_in_emerging', 0.3],
  ['product_in_future', 0.1],
  ['at_key_chain_link', 0.4],
  ['judge_s26_5', 0.7],
  ['sci_award_national_3y', 0.02],
  ['sci_award_provincial_3y', 0.1],
];
const COUNTS: readonly (readonly [string, number])[] = [
  ['ip1_count', 4],
  ['ip1_self_count', 3],
  ['ip1_high_value_count', 1],
  ['ip1_original_top3_count', 4],
  ['ip2_count', 10],
  ['sci_award_national_3y_rank', 1],
  ['sci_award_provincial_plus_3y_rank', 4],
  ['market_rank_domestic', 8],
  ['standards_led_5y', 1],
];
const TITLES = ['hightech', 'tech_sme', 'innovative', 'srdi', 'little_giant', 'ip_advantage'] as const;

/** Firms written in one transaction: memory stays the same however many there are. */
const BATCH = 2000;

export interface SyntheticOptions {
  readonly size: number;
  readonly seed: number;
  /** The last closed fiscal year: y1 of the figures. */
  readonly lastClosed: number;
  readonly words: SyntheticWords;
  /** Whether they are listed on the library screen; default true. */
  readonly lines?: boolean;
  progress?(done: number): void;
}

export interface Generated {
  readonly enterprises: number;
  readonly figures: number;
  readonly facts: number;
  readonly titles: number;
}

/**
 * Fills an empty library with invented enterprises, each marked as such: log-normal figures of three years, a plausible mix
 * of districts and industries, answers of which a part is missing, titles of which some have run out. The same seed gives the
 * same firms. No log is kept of them, and they wait to be judged.
 */
export function generateSynthetic(db: Db, options: SyntheticOptions): Generated {
  const { size, lastClosed, words } = options;
  const random = seeded(options.seed);
  const firm = firmMaker(words, seeded(options.seed ^ 0x5bd1e995));
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const logNormal = (median: number, spread: number) => Math.round(median * Math.exp(spread * normal()));
  const yes = (chance: number) => random() < chance;
  const known = <T>(value: T, chance = 0.92) => (yes(chance) ? value : null);
  const enterprise = prepared(
    db,
    `INSERT INTO enterprise (id, name, short_name, uscc, province, city, district, contact_name, contact_phone, founded_on,
      industry_section, industry_division, main_product, niche_since, tags, consultant, is_synthetic, sample_notice, name_key, name_pinyin,
      name_initials, created_at, updated_at) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,1,?,?,?,?,?,?)`,
  );
  const standing = prepared(
    db,
    `INSERT INTO standing (enterprise_id, search_text, name_sort, updated_at, archived, is_sample, district, division,
      revenue_year, revenue, current_rung, met, unmet, unknown, manual, rungs, rules_hash, good_until, consultant, tags,
      figure_year, missing) VALUES (?,?,?,?,0,0,?,?,?,?,0,0,0,0,0,'[]','','9999-12-31',?,?,?,?)`,
  );
  const figure = prepared(
    db,
    `INSERT INTO figure (enterprise_id, year, revenue, main_revenue, rd_expense, net_profit, total_assets,
      total_liabilities, sales, total_cost, equity_new, staff_total, rd_staff, tech_staff)
     VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)`,
  );
  const fact = prepared(
    db,
    "INSERT INTO fact (enterprise_id, fact_id, year, value, basis, updated_at) VALUES (?,?,?,?,'declared',?)",
  );
  const title = prepared(
    db,
    "INSERT INTO title (id, enterprise_id, kind, name, issued_on, expires_on, basis) VALUES (?,?,?,?,?,?,'documented')",
  );
  const made = { enterprises: 0, figures: 0, facts: 0, titles: 0 };
  const notice = JSON.stringify(words.notice);
  const id = (kind: number, n: number) =>
    `019${kind.toString(16)}${(n >>> 16).toString(16).padStart(4, '0')}-${(n & 0xffff).toString(16).padStart(4, '0')}-7000-8000-000000000000`;

  function one(i: number): void {
    const key = id(0, i);
    const who = firm(i);
    const founded = 1995 + Math.floor(random() * 28);
    const since = founded + Math.floor(random() * 4);
    const niche = yes(0.9) ? `${since}-0${1 + Math.floor(random() * 9)}` : null;
    const uscc = known(who.uscc, 0.97);
    const district = known(who.district, 0.97);
    const product = known(who.product, 0.93);
    const phone = known(`027-${80_000_000 + Math.floor(random() * 9_999_999)}`, 0.8);
    const consultant = known(who.consultant, 0.75);
    // Worked on at different times of the last year and a half.
    const at = new Date(
      Date.UTC(lastClosed + 1, 10, 20) - Math.floor(random() * 540) * 86_400_000,
    ).toISOString();
    const sound = pinyinOf(who.name);
    const tags = JSON.stringify(who.tags);
    const short = pinyinOf(who.shortName);
    enterprise.run(
      key,
      who.name,
      who.shortName,
      uscc,
      words.province,
      words.cityFull,
      district,
      who.person,
      phone,
      `${founded}-0${1 + (i % 9)}-15`,
      who.section,
      who.division,
      product,
      niche,
      tags,
      consultant,
      notice,
      nameKey(who.name),
      sound.full,
      sound.initials,
      at,
      at,
    );
    made.enterprises++;
    let revenue = logNormal(45_000_000, 1.1);
    const share = Math.min(1, 0.55 + random() * 0.5);
    const spend = Math.exp(Math.log(0.04) + 0.6 * normal());
    let latest: { year: number; revenue: number } | null = null;
    let lastYear: number | null = null;
    for (let back = 2; back >= 0; back--) {
      revenue = Math.max(0, Math.round(revenue * (1 + 0.08 + 0.15 * normal())));
      if (!yes(0.96)) continue;
      const assets = logNormal(revenue * 1.2 + 1, 0.4);
      const staff = 1 + logNormal(Math.max(3, revenue / 500_000), 0.5);
      const year = lastClosed - back;
      const told = known(revenue, 0.98);
      if (told !== null) latest = { year, revenue: told };
      lastYear = year;
      figure.run(
        key,
        year,
        told,
        known(Math.round(revenue * share)),
        known(Math.round(revenue * spend)),
        known(Math.round(revenue * (0.06 + 0.08 * normal()))),
        known(assets),
        known(Math.round(assets * Math.min(1.2, Math.max(0.05, 0.5 + 0.2 * normal())))),
        known(revenue, 0.7),
        known(Math.round(revenue * 0.9), 0.6),
        known(yes(0.05) ? logNormal(20_000_000, 1) : 0, 0.8),
        known(staff),
        known(Math.round(staff * random() * 0.5)),
        known(Math.round(staff * random() * 0.5)),
      );
      made.figures++;
    }
    const put = (field: string, year: number | null, value: unknown) => {
      fact.run(key, field, year, JSON.stringify(value), at);
      made.facts++;
    };
    for (const [field, chance] of FLAGS) if (yes(0.65)) put(field, null, yes(0.01) ? null : yes(chance));
    for (const [field, most] of COUNTS)
      if (yes(0.6)) put(field, null, String(Math.floor(random() * (most + 1))));
    if (yes(0.5)) put('market_share_domestic', null, (random() * 0.3).toFixed(3));
    if (yes(0.3)) put('market_share_international', null, (random() * 0.1).toFixed(4));
    if (yes(0.6)) put('eval_score', lastClosed + 1, (30 + random() * 50).toFixed(1));
    if (yes(0.1)) put('debt_ratio', lastClosed, random().toFixed(4));
    for (const kind of TITLES) {
      if (!yes(0.25)) continue;
      const issued = lastClosed - 4 + Math.floor(random() * 5);
      title.run(
        id(1 + TITLES.indexOf(kind), i),
        key,
        kind,
        words.titles[kind],
        `${issued}-06-01`,
        yes(0.8) ? `${issued + 3}-05` : null,
      );
      made.titles++;
    }
    if (options.lines === false) return;
    const text = [who.name, who.shortName, sound.full, sound.initials, uscc, product, ...who.tags];
    if (!sound.full.includes(short.full)) text.push(short.full, short.initials);
    standing.run(
      key,
      text.flatMap((part) => (part ? [fold(part)] : [])).join('\n'),
      `${sound.full}\n${who.name}`,
      at,
      district,
      who.division,
      latest?.year ?? null,
      latest?.revenue ?? null,
      consultant,
      tags,
      lastYear,
      missingOf({
        uscc,
        district,
        industryDivision: who.division,
        foundedOn: `${founded}`,
        mainProduct: product,
        nicheSince: niche,
        contactPhone: phone,
        contactMobile: null,
        contactEmail: null,
        consultant,
      }),
    );
  }

  for (let from = 0; from < size; from += BATCH) {
    const to = Math.min(size, from + BATCH);
    db.transaction(() => {
      for (let i = from; i < to; i++) one(i);
    })();
    options.progress?.(to);
  }
  return made;
}
