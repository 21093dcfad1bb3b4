import { Input } from 'antd';
import { useState } from 'react';
import { parseLooseDate } from '../components/dates.ts';

/** A whole day typed as text (2027-05-25, 2027/5/25 …); anything else is shown as wrong and not taken. */
export function DayField(props: { id: string; value: string; onChange(day: string): void }) {
  const [typing, setTyping] = useState<string | null>(null);
  const parsed = parseLooseDate(typing ?? props.value);
  const wrong = parsed?.length !== 10;
  return (
    <Input
      id={props.id}
      className="cohort-date"
      value={typing ?? props.value}
      status={wrong ? 'error' : ''}
      aria-invalid={wrong}
      maxLength={20}
      onChange={({ target }) => {
        setTyping(target.value);
        const day = parseLooseDate(target.value);
        if (day && day.length === 10) props.onChange(day);
      }}
      onBlur={() => setTyping(null)}
    />
  );
}
