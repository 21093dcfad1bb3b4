import { startService } from './start-service.ts';

const yuan = (wan: number) => Math.round(wan * 10_000);

/** An electronics firm with the base title that misses much of tier 2, as a library holds it, and its plan. */
export async function planned() {
  const running = startService();
  const { ask } = running;
  const { id } = await ask('enterprise.create', {
    name: '武汉光谷微纳传感技术有限公司',
    industryDivision: '39',
    nicheSince: '2021-03',
    foundedOn: '2021-06-18',
  });
  const year = (of: number, revenue: number, main: number, rd: number, debt: number) => ({
    year: of,
    values: {
      revenue: yuan(revenue),
      mainRevenue: yuan(main),
      rdExpense: yuan(rd),
      netProfit: yuan(30),
      totalAssets: yuan(2500),
      totalLiabilities: yuan(debt),
      staffTotal: 44,
    },
  });
  await ask('figures.set', {
    enterpriseId: id,
    years: [
      year(2025, 1180, 905, 86.4, 2125),
      year(2024, 1050, 790, 96, 1850),
      year(2023, 900, 640, 55, 1500),
    ],
  });
  await ask('titles.save', {
    enterpriseId: id,
    title: {
      kind: 'innovative',
      name: '创新型中小企业',
      number: null,
      issuer: null,
      issuedOn: '2025-03-01',
      expiresOn: '2028-02-29',
      basis: 'documented',
      source: null,
    },
  });
  const plan = await ask('plan.create', { enterpriseId: id });
  return { ...running, id, plan, year };
}
