import type { Db } from '../open.ts';

/** The first library: enterprises with their yearly figures, facts, titles and rights, diagnoses, plans, change log. */
export function up(db: Db): void {
  db.exec(`
    CREATE TABLE setting (
      key TEXT PRIMARY KEY NOT NULL,
      value TEXT NOT NULL CHECK (json_valid(value))
    ) STRICT;

    CREATE TABLE enterprise (
      id TEXT PRIMARY KEY NOT NULL,
      name TEXT NOT NULL CHECK (name <> ''),
      short_name TEXT,
      uscc TEXT,
      province TEXT,
      city TEXT,
      district TEXT,
      address TEXT,
      postcode TEXT,
      legal_representative TEXT,
      legal_phone TEXT,
      controlling_shareholder TEXT,
      actual_controller TEXT,
      controller_nationality TEXT,
      contact_name TEXT,
      contact_phone TEXT,
      contact_mobile TEXT,
      contact_fax TEXT,
      contact_email TEXT,
      founded_on TEXT,
      registered_capital INTEGER CHECK (registered_capital >= 0),
      industry_section TEXT,
      industry_division TEXT,
      industry_class TEXT,
      ownership TEXT,
      listing_status TEXT,
      stock_code TEXT,
      listing_progress TEXT,
      listing_venue TEXT,
      main_product TEXT,
      main_product_code TEXT,
      niche TEXT,
      niche_since TEXT,
      chain TEXT,
      chain_role TEXT,
      key_customers TEXT,
      brief TEXT,
      tags TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(tags)),
      consultant TEXT,
      notes TEXT,
      is_sample INTEGER NOT NULL DEFAULT 0 CHECK (is_sample IN (0, 1)),
      is_synthetic INTEGER NOT NULL DEFAULT 0 CHECK (is_synthetic IN (0, 1)),
      snapshot_year INTEGER,
      sample_notice TEXT CHECK (sample_notice IS NULL OR json_valid(sample_notice)),
      remarks TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(remarks)),
      name_key TEXT NOT NULL,
      name_pinyin TEXT NOT NULL,
      name_initials TEXT NOT NULL,
      created_at TEXT NOT NULL,
      updated_at TEXT NOT NULL,
      archived_at TEXT
    ) STRICT;
    CREATE UNIQUE INDEX enterprise_uscc ON enterprise (uscc) WHERE uscc IS NOT NULL;
    CREATE INDEX enterprise_name ON enterprise (name_key);

    -- One row a fiscal year. Money in whole yuan, head-counts in persons; NULL = unknown, never zero.
    CREATE TABLE figure (
      enterprise_id TEXT NOT NULL REFERENCES enterprise (id),
      year INTEGER NOT NULL,
      revenue INTEGER,
      main_revenue INTEGER,
      main_cost INTEGER,
      sales INTEGER,
      rd_expense INTEGER,
      net_profit INTEGER,
      total_profit INTEGER,
      total_assets INTEGER,
      total_liabilities INTEGER,
      net_assets INTEGER,
      selling_expense INTEGER,
      admin_expense INTEGER,
      total_cost INTEGER,
      exports INTEGER,
      taxes_paid INTEGER,
      equity_new INTEGER,
      bank_loans INTEGER,
      valuation INTEGER,
      cash_operating INTEGER,
      cash_investing INTEGER,
      cash_financing INTEGER,
      staff_total INTEGER,
      rd_staff INTEGER,
      tech_staff INTEGER,
      backing TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(backing)),
      PRIMARY KEY (enterprise_id, year)
    ) STRICT, WITHOUT ROWID;

    -- A stored answer. value is JSON: true, false, "text", or null for "unknown for now".
    CREATE TABLE fact (
      enterprise_id TEXT NOT NULL REFERENCES enterprise (id),
      fact_id TEXT NOT NULL,
      year INTEGER,
      value TEXT NOT NULL CHECK (json_valid(value)),
      basis TEXT NOT NULL,
      source TEXT,
      note TEXT,
      updated_at TEXT NOT NULL
    ) STRICT;
    CREATE UNIQUE INDEX fact_key ON fact (enterprise_id, fact_id, ifnull(year, 0));

    CREATE TABLE title (
      id TEXT PRIMARY KEY NOT NULL,
      enterprise_id TEXT NOT NULL REFERENCES enterprise (id),
      kind TEXT NOT NULL,
      name TEXT NOT NULL CHECK (name <> ''),
      number TEXT,
      issuer TEXT,
      issued_on TEXT,
      expires_on TEXT,
      basis TEXT NOT NULL,
      source TEXT
    ) STRICT;
    CREATE INDEX title_enterprise ON title (enterprise_id);

    CREATE TABLE ip_right (
      id TEXT PRIMARY KEY NOT NULL,
      enterprise_id TEXT NOT NULL REFERENCES enterprise (id),
      name TEXT NOT NULL CHECK (name <> ''),
      number TEXT,
      kind TEXT NOT NULL,
      acquired TEXT,
      holder_rank INTEGER CHECK (holder_rank > 0),
      granted_on TEXT,
      for_main_product INTEGER CHECK (for_main_product IN (0, 1)),
      applied INTEGER CHECK (applied IN (0, 1))
    ) STRICT;
    CREATE INDEX ip_right_enterprise ON ip_right (enterprise_id);

    -- A file that proves something, known by the SHA-256 of its content; the content itself lies beside the library.
    CREATE TABLE attachment (
      id TEXT PRIMARY KEY NOT NULL,
      enterprise_id TEXT NOT NULL REFERENCES enterprise (id),
      content_hash TEXT NOT NULL CHECK (length(content_hash) = 64),
      name TEXT NOT NULL,
      mime TEXT NOT NULL,
      bytes INTEGER NOT NULL CHECK (bytes >= 0),
      linked_entity TEXT,
      linked_id TEXT,
      added_at TEXT NOT NULL
    ) STRICT;
    CREATE INDEX attachment_enterprise ON attachment (enterprise_id);
    CREATE INDEX attachment_content ON attachment (content_hash);

    -- Every rule pack a diagnosis was made with, byte for byte, so that it can be run again.
    CREATE TABLE standard_pack (
      hash TEXT PRIMARY KEY NOT NULL CHECK (length(hash) = 64),
      id TEXT NOT NULL,
      bytes BLOB NOT NULL
    ) STRICT;

    CREATE TABLE diagnosis (
      id TEXT PRIMARY KEY NOT NULL,
      enterprise_id TEXT NOT NULL REFERENCES enterprise (id),
      created_at TEXT NOT NULL,
      actor TEXT NOT NULL,
      as_of TEXT NOT NULL CHECK (json_valid(as_of)),
      packs TEXT NOT NULL CHECK (json_valid(packs)),
      snapshot TEXT NOT NULL CHECK (json_valid(snapshot)),
      snapshot_hash TEXT NOT NULL CHECK (length(snapshot_hash) = 64)
    ) STRICT;
    CREATE INDEX diagnosis_enterprise ON diagnosis (enterprise_id, created_at);

    CREATE TABLE plan (
      id TEXT PRIMARY KEY NOT NULL,
      enterprise_id TEXT NOT NULL REFERENCES enterprise (id),
      diagnosis_id TEXT NOT NULL REFERENCES diagnosis (id),
      version INTEGER NOT NULL CHECK (version > 0),
      content TEXT NOT NULL CHECK (json_valid(content)),
      created_at TEXT NOT NULL,
      updated_at TEXT NOT NULL
    ) STRICT;
    CREATE INDEX plan_enterprise ON plan (enterprise_id, created_at);

    -- The line of the library screen, derived from everything above and rebuilt at any time; not in the change log.
    CREATE TABLE standing (
      enterprise_id TEXT PRIMARY KEY NOT NULL REFERENCES enterprise (id),
      search_text TEXT NOT NULL,
      name_sort TEXT NOT NULL,
      updated_at TEXT NOT NULL,
      archived INTEGER NOT NULL,
      is_sample INTEGER NOT NULL,
      district TEXT,
      division TEXT,
      revenue_year INTEGER,
      revenue INTEGER,
      size_class TEXT,
      stage TEXT,
      current_rung INTEGER NOT NULL,
      next_rung INTEGER,
      next_verdict TEXT,
      met INTEGER NOT NULL,
      unmet INTEGER NOT NULL,
      unknown INTEGER NOT NULL,
      manual INTEGER NOT NULL,
      rungs TEXT NOT NULL CHECK (json_valid(rungs)),
      rules_hash TEXT NOT NULL,
      good_until TEXT NOT NULL
    ) STRICT;
    CREATE INDEX standing_updated ON standing (archived, updated_at, enterprise_id);
    CREATE INDEX standing_name ON standing (archived, name_sort, enterprise_id);
    CREATE INDEX standing_revenue ON standing (archived, revenue, enterprise_id);
    CREATE INDEX standing_rung ON standing (archived, current_rung, enterprise_id);
    CREATE INDEX standing_unmet ON standing (archived, unmet, enterprise_id);
    CREATE INDEX standing_district ON standing (archived, district);
    CREATE INDEX standing_rules ON standing (rules_hash, good_until);

    -- One row for each entity a write changed; fields holds only what changed, as {"field": {"old": …, "new": …}}.
    CREATE TABLE change (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      hlc TEXT NOT NULL UNIQUE,
      at TEXT NOT NULL,
      actor TEXT NOT NULL,
      action TEXT NOT NULL,
      op TEXT NOT NULL CHECK (op IN ('put', 'remove')),
      entity TEXT NOT NULL,
      entity_id TEXT NOT NULL,
      enterprise_id TEXT,
      fields TEXT NOT NULL CHECK (json_valid(fields))
    ) STRICT;
    CREATE INDEX change_enterprise ON change (enterprise_id, id);
  `);
}
