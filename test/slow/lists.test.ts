import { expect, test } from 'vitest';
import { startService } from '../service/start-service.ts';

const definition = {
  query: '武汉',
  filter: { district: ['洪山区', ''], reviewWithin: 90 },
  sort: 'distance' as const,
  descending: false,
  columns: ['name' as const, 'distance' as const],
};

test('a view is kept with its search, filters, order and columns, renamed, changed and deleted', async () => {
  const { ask, refusal } = startService();
  const { id, views } = await ask('views.save', { name: ' 待复核 ', definition });
  expect(views).toEqual([{ id, name: '待复核', definition }]);
  expect(await refusal('views.save', { name: '待复核', definition })).toMatchObject({ key: 'viewNameTaken' });
  await ask('views.save', { id, name: '近期复核', definition: { columns: ['name'] } });
  expect(await ask('views.list', {})).toEqual([{ id, name: '近期复核', definition: { columns: ['name'] } }]);
  expect(await ask('views.remove', { id })).toEqual([]);
  expect(await refusal('views.remove', { id })).toMatchObject({ key: 'viewNotFound' });
});

test('views travel with the complete export', async () => {
  const { ask, dataDir } = startService();
  const { id } = await ask('views.save', { name: '待复核', definition });
  const path = `${dataDir}/everything.zip`;
  await ask('export.everything', { path, locale: 'zh' });
  const other = startService();
  await other.ask('import.everything', { path });
  expect(await other.ask('views.list', {})).toEqual([{ id, name: '待复核', definition }]);
});
