import { Cascader } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { pick } from '../i18n/i18n.ts';
import { useReference } from '../state/reference.ts';

export interface Industry {
  industrySection: string | null;
  industryDivision: string | null;
}

/** Industry by GB/T 4754-2017: section, then division; found by code or name in either language. */
export function IndustryPicker(props: {
  id?: string;
  value: Industry;
  onChange(value: Industry): void;
  onBlur?(): void;
}) {
  const { t, i18n } = useTranslation('library');
  const reference = useReference((state) => state.reference);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the names follow the language
  const options = useMemo(
    () =>
      (reference?.sections ?? []).map((section) => ({
        value: section.code,
        label: `${section.code} ${pick(section.name)}`,
        search: `${section.code} ${section.name.zh} ${section.name.en}`.toLowerCase(),
        children: reference!.divisions
          .filter((division) => division.section === section.code)
          .map((division) => ({
            value: division.code,
            label: `${division.code} ${pick(division.name)}`,
            search: `${division.code} ${division.name.zh} ${division.name.en}`.toLowerCase(),
          })),
      })),
    [reference, i18n.language],
  );
  const { industrySection, industryDivision } = props.value;
  const value = [industrySection, industryDivision].filter((part) => part !== null);
  return (
    <Cascader
      id={props.id}
      style={{ width: '100%' }}
      options={options}
      value={value.length > 0 ? value : undefined}
      changeOnSelect
      expandTrigger="hover"
      placeholder={t('pickIndustry')}
      displayRender={(labels) => labels.at(-1)}
      showSearch={{
        filter: (input, path) =>
          path.some((option) => String(option.search).includes(input.trim().toLowerCase())),
        limit: 30,
      }}
      onChange={(chosen) => {
        const [section, division] = (chosen ?? []) as string[];
        props.onChange({ industrySection: section ?? null, industryDivision: division ?? null });
      }}
      onBlur={props.onBlur}
    />
  );
}
