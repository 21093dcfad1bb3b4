import { nameKey, pinyinOf } from '../../electron/library/names.ts';
import type { Db } from '../../electron/library/open.ts';

/** A number from 0 to below 1, the same row for the same seed. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

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
const DIVISIONS = ['34', '35', '38', '39', '40', '65', '26', '51'] as const;

export interface Generated {
  readonly enterprises: number;
  readonly figures: number;
  readonly facts: number;
  readonly titles: number;
}

/**
 * Fills a library with synthetic enterprises, marked as such: log-normal figures of three years, answers of which a
 * part is missing, titles of which some have run out. The same seed gives the same firms. `lastClosed` is their y1.
 */
export function generate(db: Db, size: number, seed: number, lastClosed: number): Generated {
  const random = seeded(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const logNormal = (median: number, spread: number) => Math.round(median * Math.exp(spread * normal()));
  const yes = (chance: number) => random() < chance;
  const enterprise = db.prepare(`INSERT INTO enterprise (id, name, industry_division, niche_since, founded_on,
    is_synthetic, name_key, name_pinyin, name_initials, created_at, updated_at) VALUES (?,?,?,?,?,1,?,?,?,?,?)`);
  const figure =
    db.prepare(`INSERT INTO figure (enterprise_id, year, revenue, main_revenue, rd_expense, net_profit,
    total_assets, total_liabilities, sales, total_cost, equity_new, staff_total, rd_staff, tech_staff)
    VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)`);
  const fact = db.prepare(
    "INSERT INTO fact (enterprise_id, fact_id, year, value, basis, updated_at) VALUES (?,?,?,?,'declared',?)",
  );
  const title = db.prepare(
    "INSERT INTO title (id, enterprise_id, kind, name, issued_on, expires_on, basis) VALUES (?,?,?,?,?,?,'documented')",
  );
  const at = '2026-01-01T00:00:00.000Z';
  const sound = pinyinOf('合成企业');
  const made = { enterprises: 0, figures: 0, facts: 0, titles: 0 };
  const id = (kind: number, n: number) =>
    `019${kind.toString(16)}${(n >>> 16).toString(16).padStart(4, '0')}-${(n & 0xffff).toString(16).padStart(4, '0')}-7000-8000-000000000000`;
  const known = (value: number, chance = 0.92) => (yes(chance) ? value : null);
  db.transaction(() => {
    for (let i = 0; i < size; i++) {
      const key = id(0, i);
      const name = `合成企业${String(i).padStart(6, '0')}`;
      const founded = 1995 + Math.floor(random() * 28);
      const since = founded + Math.floor(random() * 4);
      enterprise.run(
        key,
        name,
        DIVISIONS[Math.floor(random() * DIVISIONS.length)],
        yes(0.9) ? `${since}-0${1 + Math.floor(random() * 9)}` : null,
        `${founded}-03-15`,
        nameKey(name),
        sound.full,
        sound.initials,
        at,
        at,
      );
      made.enterprises++;
      let revenue = logNormal(45_000_000, 1.1);
      const share = Math.min(1, 0.55 + random() * 0.5);
      const spend = Math.exp(Math.log(0.04) + 0.6 * normal());
      for (let back = 2; back >= 0; back--) {
        revenue = Math.round(revenue * (1 + 0.08 + 0.15 * normal()));
        if (revenue < 0) revenue = 0;
        if (!yes(0.96)) continue;
        const assets = logNormal(revenue * 1.2 + 1, 0.4);
        const staff = 1 + logNormal(90, 0.8);
        figure.run(
          key,
          lastClosed - back,
          known(revenue, 0.98),
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
          kind,
          `${issued}-06-01`,
          yes(0.8) ? `${issued + 3}-05` : null,
        );
        made.titles++;
      }
    }
  })();
  return made;
}
