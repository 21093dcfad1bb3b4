/** One enterprise that may be brought to a rung, by year of application, each with its effort. */
export interface Candidate {
  readonly id: string;
  readonly options: readonly { readonly year: number; readonly effort: number }[];
}

/** So many new holders, altogether, by the end of a year. */
export interface Demand {
  readonly year: number;
  readonly count: number;
}

export interface Chosen {
  readonly id: string;
  readonly year: number;
  readonly effort: number;
  /** The demand it serves: the year by which it must be there. */
  readonly by: number;
}

export interface Solved {
  readonly chosen: readonly Chosen[];
  readonly effort: number;
  /** For each demand: how many are asked for, had, and could be had at most by that year. */
  readonly demands: readonly {
    readonly year: number;
    readonly asked: number;
    readonly had: number;
    readonly most: number;
  }[];
}

const FREE = -1;

/**
 * The least-effort choice of enterprises and years so that by the end of each demand's year as many are there as it
 * asks for, counted together with those before. Exact: a minimum-cost assignment of enterprises to places, of which
 * each demand adds its own, by successive cheapest augmentation. Where the demands cannot be met, as many places as
 * possible are filled, the earliest demands first, and `most` says what could be had.
 */
export function solveTargets(candidates: readonly Candidate[], demands: readonly Demand[]): Solved {
  const sorted = [...demands].sort((a, b) => a.year - b.year);
  const years = sorted.map((d) => d.year);
  // cost[k][i]: the least effort of enterprise i to be there by the end of the k-th demand's year.
  const best = years.map((year) =>
    candidates.map(({ options }) => {
      let found: { year: number; effort: number } | undefined;
      for (const option of options)
        if (option.year <= year && (!found || option.effort < found.effort)) found = option;
      return found;
    }),
  );
  const cost = (k: number, i: number) => best[k]?.[i]?.effort ?? Number.POSITIVE_INFINITY;
  const places = years.length;
  const at = new Int32Array(candidates.length).fill(FREE);
  const members = years.map(() => new Set<number>());
  // For each place the enterprises by effort, with a finger on the first that is still free.
  const queues = years.map((_, k) =>
    candidates
      .flatMap((_c, i) => (cost(k, i) < Number.POSITIVE_INFINITY ? [i] : []))
      .sort((a, b) => cost(k, a) - cost(k, b) || a - b),
  );
  const fingers = years.map(() => 0);
  const firstFree = (k: number): number | undefined => {
    const queue = queues[k] as number[];
    while ((fingers[k] as number) < queue.length && at[queue[fingers[k] as number] as number] !== FREE)
      fingers[k] = (fingers[k] as number) + 1;
    return queue[fingers[k] as number];
  };

  /** Fills one more place of demand `goal` at least extra effort, moving others where that is cheaper. */
  function augment(goal: number): boolean {
    // distance[k]: least extra effort to get one more into place k; by a free one, or from another place.
    const distance = new Array<number>(places).fill(Number.POSITIVE_INFINITY);
    const mover = new Array<number>(places).fill(FREE);
    const source = new Array<number>(places).fill(FREE);
    for (let k = 0; k < places; k++) {
      const free = firstFree(k);
      if (free === undefined) continue;
      distance[k] = cost(k, free);
      mover[k] = free;
    }
    // The cheapest move from place a to place b leaves a hole in a that has to be filled again.
    const moves = years.map((_, b) =>
      years.map((_y, a) => {
        let least = Number.POSITIVE_INFINITY;
        let who = FREE;
        if (a !== b)
          for (const i of members[a] as Set<number>) {
            const extra = cost(b, i) - cost(a, i);
            if (extra < least) {
              least = extra;
              who = i;
            }
          }
        return { extra: least, who };
      }),
    );
    for (let round = 0; round < places; round++) {
      let changed = false;
      for (let b = 0; b < places; b++) {
        for (let a = 0; a < places; a++) {
          const move = moves[b]?.[a];
          if (!move || move.who === FREE) continue;
          const total = (distance[a] as number) + move.extra;
          if (total < (distance[b] as number) - 1e-9) {
            distance[b] = total;
            mover[b] = move.who;
            source[b] = a;
            changed = true;
          }
        }
      }
      if (!changed) break;
    }
    if (distance[goal] === Number.POSITIVE_INFINITY) return false;
    for (let k = goal; ; ) {
      const i = mover[k] as number;
      const from = source[k] as number;
      if (from !== FREE) (members[from] as Set<number>).delete(i);
      (members[k] as Set<number>).add(i);
      at[i] = k;
      if (from === FREE) return true;
      k = from;
    }
  }

  // Cumulative: whoever is there for an earlier demand counts for the later ones too.
  let filled = 0;
  sorted.forEach(({ count }, k) => {
    while (filled < count && augment(k)) filled++;
  });
  const chosen: Chosen[] = [];
  at.forEach((k, i) => {
    const option = k === FREE ? undefined : best[k]?.[i];
    const candidate = candidates[i];
    if (option && candidate) chosen.push({ id: candidate.id, ...option, by: years[k] as number });
  });
  chosen.sort((a, b) => a.by - b.by || a.effort - b.effort || (a.id < b.id ? -1 : 1));
  return {
    chosen,
    effort: Math.round(chosen.reduce((sum, c) => sum + c.effort, 0) * 10) / 10,
    demands: sorted.map(({ year, count }, k) => ({
      year,
      asked: count,
      had: chosen.filter((c) => c.year <= year).length,
      most: (queues[k] as number[]).length,
    })),
  };
}
