// An ARIA grid of positioned elements: a real table cannot hold a hundred thousand rows of which thirty exist. The grid
// itself takes focus and keyboard and says by aria-activedescendant which row it is on, so rows and cells take none.
// biome-ignore-all lint/a11y/useSemanticElements: see above
// biome-ignore-all lint/a11y/useFocusableInteractive: see above
// biome-ignore-all lint/a11y/useKeyWithClickEvents: see above
// biome-ignore-all lint/a11y/noNoninteractiveTabindex: see above
import { CaretDownOutlined, CaretUpOutlined } from '@ant-design/icons';
import { type KeyboardEvent, type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react';
import './virtual-grid.css';

export interface GridColumn<Row> {
  key: string;
  title: ReactNode;
  /** A CSS grid track, e.g. "minmax(220px, 2fr)". */
  width: string;
  numeric?: boolean;
  /** Name of the order this column's heading switches to. */
  sort?: string;
  render(row: Row): ReactNode;
}

/** Rows that can be chosen, each by a box before it. */
export interface GridSelection<Row> {
  isSelected(row: Row): boolean;
  /** `range`: everything from the row chosen last to this one. */
  toggle(index: number, range: boolean): void;
  all: boolean;
  some: boolean;
  toggleAll(): void;
  clear(): void;
  /** What the boxes are called. */
  label(row: Row): string;
  allLabel: string;
}

export interface GridProps<Row> {
  label: string;
  columns: GridColumn<Row>[];
  total: number;
  rowHeight: number;
  /** Least width of all columns together, in px; a narrower window scrolls sideways. */
  minWidth: number;
  /** The row at an index, undefined while it is being fetched. */
  rowAt(index: number): Row | undefined;
  active: number;
  onActive(index: number): void;
  onOpen(row: Row): void;
  onRange(first: number, last: number): void;
  sort?: string;
  descending?: boolean;
  onSort?(sort: string): void;
  selection?: GridSelection<Row> | undefined;
}

const HEADER = 40;

/**
 * A list of any length: only the rows in view exist, all of one height, so scrolling costs the same at ten rows and at a
 * hundred thousand. Arrow keys, Page Up/Down, Home and End move, Enter opens. Where rows can be chosen, Space does it (with
 * Shift up to the one chosen last), Ctrl+A chooses all, Escape none.
 */
export function VirtualGrid<Row>(props: GridProps<Row>) {
  const { columns, total, rowHeight, active, onRange, minWidth } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 600 });
  const first = Math.max(0, Math.floor(view.top / rowHeight) - 4);
  const last = Math.min(total - 1, Math.ceil((view.top + view.height) / rowHeight) + 4);
  const { selection } = props;
  const template = [...(selection ? ['44px'] : []), ...columns.map((column) => column.width)].join(' ');

  useLayoutEffect(() => {
    const element = scroller.current!;
    const measure = () => setView({ top: element.scrollTop, height: element.clientHeight });
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    if (total > 0) onRange(first, last);
  }, [first, last, total, onRange]);
  useEffect(() => {
    const element = scroller.current!;
    const top = active * rowHeight;
    const visible = element.clientHeight - HEADER;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top + rowHeight > element.scrollTop + visible) element.scrollTop = top + rowHeight - visible;
  }, [active, rowHeight]);

  const keys = (event: KeyboardEvent) => {
    if (event.target !== scroller.current || event.altKey) return;
    if (
      selection &&
      (event.ctrlKey || event.metaKey ? event.key === 'a' : [' ', 'Escape'].includes(event.key))
    ) {
      if (event.key === 'a') selection.toggleAll();
      else if (event.key === ' ') selection.toggle(active, event.shiftKey);
      else selection.clear();
      event.preventDefault();
      return;
    }
    if (event.ctrlKey || event.metaKey) return;
    const page = Math.max(1, Math.floor((view.height - HEADER) / rowHeight) - 1);
    const moves: Record<string, number> = {
      ArrowDown: active + 1,
      ArrowUp: active - 1,
      PageDown: active + page,
      PageUp: active - page,
      Home: 0,
      End: total - 1,
    };
    const to = moves[event.key];
    const row = props.rowAt(active);
    if (to !== undefined) props.onActive(Math.max(0, Math.min(total - 1, to)));
    else if (event.key === 'Enter' && row) props.onOpen(row);
    else return;
    event.preventDefault();
  };

  const rows: ReactNode[] = [];
  for (let index = first; index <= last; index += 1) {
    const row = props.rowAt(index);
    rows.push(
      <div
        key={index}
        id={`grid-row-${index}`}
        role="row"
        aria-rowindex={index + 2}
        aria-selected={selection ? row !== undefined && selection.isSelected(row) : index === active}
        className={index === active ? 'grid-row grid-row-active' : 'grid-row'}
        style={{ gridTemplateColumns: template, height: rowHeight, top: index * rowHeight }}
        onClick={() => {
          props.onActive(index);
          if (row) props.onOpen(row);
        }}
      >
        {selection && (
          <div role="gridcell" className="grid-cell grid-check" onClick={(event) => event.stopPropagation()}>
            {row && (
              <input
                type="checkbox"
                tabIndex={-1}
                aria-label={selection.label(row)}
                checked={selection.isSelected(row)}
                onChange={() => undefined}
                onClick={(event) => {
                  props.onActive(index);
                  selection.toggle(index, event.shiftKey);
                }}
              />
            )}
          </div>
        )}
        {columns.map((column) => (
          <div
            key={column.key}
            role="gridcell"
            data-column={column.key}
            className={column.numeric ? 'grid-cell num' : 'grid-cell'}
          >
            {row ? column.render(row) : <span className="grid-waiting" />}
          </div>
        ))}
      </div>,
    );
  }

  return (
    <div
      ref={scroller}
      role="grid"
      aria-label={props.label}
      aria-rowcount={total + 1}
      aria-activedescendant={
        total > 0 && active >= first && active <= last ? `grid-row-${active}` : undefined
      }
      tabIndex={0}
      className={selection ? 'grid grid-selectable' : 'grid'}
      aria-multiselectable={selection ? true : undefined}
      onScroll={(event) =>
        setView({ top: event.currentTarget.scrollTop, height: event.currentTarget.clientHeight })
      }
      onKeyDown={keys}
    >
      <div
        role="row"
        aria-rowindex={1}
        className="grid-head"
        style={{ gridTemplateColumns: template, minWidth, height: HEADER }}
      >
        {selection && (
          <div role="columnheader" className="grid-heading grid-check">
            <input
              type="checkbox"
              aria-label={selection.allLabel}
              title={selection.allLabel}
              checked={selection.all}
              ref={(box) => {
                if (box) box.indeterminate = selection.some && !selection.all;
              }}
              onChange={() => selection.toggleAll()}
            />
          </div>
        )}
        {columns.map((column) => (
          <GridHeading key={column.key} column={column} {...props} />
        ))}
      </div>
      <div role="rowgroup" className="grid-body" style={{ height: total * rowHeight, minWidth }}>
        {rows}
      </div>
    </div>
  );
}

function GridHeading<Row>(props: { column: GridColumn<Row> } & GridProps<Row>) {
  const { column, sort, descending, onSort } = props;
  const sorted = column.sort !== undefined && column.sort === sort;
  const order = sorted ? (descending ? 'descending' : 'ascending') : column.sort ? 'none' : undefined;
  return (
    <div
      role="columnheader"
      aria-sort={order}
      data-column={column.key}
      className={column.numeric ? 'grid-heading num' : 'grid-heading'}
    >
      {column.sort && onSort ? (
        <button type="button" onClick={() => onSort(column.sort!)}>
          {column.title}
          {sorted && (descending ? <CaretDownOutlined aria-hidden /> : <CaretUpOutlined aria-hidden />)}
        </button>
      ) : (
        column.title
      )}
    </div>
  );
}
