import { Drawer } from 'antd';
import { pick } from '../i18n/i18n.ts';
import { type Diagnosis, itemKey } from './evaluation.ts';
import { ItemDetail } from './item-detail.tsx';
import { closeItem, useOpenItem } from './item-store.ts';

/** The explanation of the item that was clicked, kept up to date with the diagnosis. */
export function ItemDrawer(props: { diagnosis: Diagnosis | null; onAnswer?: (field: string) => void }) {
  const { diagnosis, onAnswer } = props;
  const open = useOpenItem((state) => state.open);
  const rung = diagnosis?.rungs.find((candidate) => candidate.rung === open?.rung);
  const route = rung?.routes.find((candidate) =>
    open?.key.startsWith(`${candidate.standard}/${candidate.tier}/`),
  );
  const item = route?.items.find((candidate) => itemKey(route, candidate) === open?.key);
  return (
    <Drawer
      open={item !== undefined}
      size={520}
      title={item && pick(item.title)}
      onClose={closeItem}
      destroyOnHidden
    >
      {item && route && (
        <ItemDetail
          route={route}
          item={item}
          onAnswer={
            onAnswer &&
            ((field) => {
              closeItem();
              onAnswer(field);
            })
          }
        />
      )}
    </Drawer>
  );
}
