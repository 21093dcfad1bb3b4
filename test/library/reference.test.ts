import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { districtsShape, industriesShape } from '../../electron/library/reference-schema.ts';

const resources = join(import.meta.dirname, '../../resources');
const read = (file: string): unknown => JSON.parse(readFileSync(join(resources, file), 'utf8'));
const industries = industriesShape.parse(read('reference/industries.json'));
const districts = districtsShape.parse(read('reference/districts.json'));

describe('industries', () => {
  test('20 sections A to T and 97 divisions 01 to 97, in order', () => {
    expect(industries.sections.map((s) => s.code).join('')).toBe('ABCDEFGHIJKLMNOPQRST');
    expect(industries.divisions.map((d) => d.code)).toEqual(
      Array.from({ length: 97 }, (_, i) => String(i + 1).padStart(2, '0')),
    );
  });

  test('each section holds the divisions the standard gives it', () => {
    const bounds = industries.sections.map(({ code }) => {
      const own = industries.divisions.filter((d) => d.section === code).map((d) => Number(d.code));
      expect(own).toEqual(Array.from({ length: own.length }, (_, i) => (own[0] ?? 0) + i));
      return `${code}${own[0]}-${own.at(-1)}`;
    });
    expect(bounds.join(' ')).toBe(
      'A1-5 B6-12 C13-43 D44-46 E47-50 F51-52 G53-60 H61-62 I63-65 J66-69 K70-70 L71-72 M73-75 N76-79 O80-82 P83-83 Q84-85 R86-90 S91-96 T97-97',
    );
  });

  test.each([
    ['05', '农、林、牧、渔专业及辅助性活动', 'other'],
    ['11', '开采专业及辅助性活动', 'energy'],
    ['25', '石油、煤炭及其他燃料加工业', 'energy'],
    ['27', '医药制造业', 'biomedicine'],
    ['36', '汽车制造业', 'automotive'],
    ['37', '铁路、船舶、航空航天和其他运输设备制造业', 'equipment'],
    ['39', '计算机、通信和其他电子设备制造业', 'electronics'],
    ['50', '建筑装饰、装修和其他建筑业', 'other'],
    ['58', '多式联运和运输代理业', 'services'],
    ['59', '装卸搬运和仓储业', 'services'],
    ['65', '软件和信息技术服务业', 'software'],
    ['79', '土地管理业', 'services'],
    ['96', '基层群众自治组织及其他组织', 'other'],
  ])('%s is %s', (code, zh, group) => {
    expect(industries.divisions.find((d) => d.code === code)).toMatchObject({ name: { zh }, group });
  });

  test('Chinese names are Chinese, English names are not', () => {
    for (const { name } of [...industries.sections, ...industries.divisions]) {
      expect(name.zh).toMatch(/^[\p{Script=Han}、]+$/u);
      expect(name.en).toMatch(/^[A-Z][A-Za-z ,’-]+$/);
    }
  });

  test('a missing division is refused', () => {
    const damaged = { ...industries, divisions: industries.divisions.slice(1) };
    expect(industriesShape.safeParse(damaged).success).toBe(false);
  });
});

describe('places', () => {
  test('Wuhan has 13 districts and its functional zones', () => {
    expect(districts.districts.filter((d) => d.kind === 'district')).toHaveLength(13);
    expect(districts.districts.filter((d) => d.kind === 'zone').map((d) => d.name.zh)).toEqual([
      '东湖新技术开发区',
      '武汉经济技术开发区',
      '东湖生态旅游风景区',
      '长江新区',
    ]);
  });

  test('34 provinces by their codes', () => {
    expect(districts.provinces).toHaveLength(34);
    expect(districts.provinces.find((p) => p.code === '42')?.name).toEqual({ zh: '湖北省', en: 'Hubei' });
    expect(districts.provinces.map((p) => p.code)).toEqual(districts.provinces.map((p) => p.code).toSorted());
  });

  test('the samples use names of the pickers', () => {
    for (const file of readdirSync(join(resources, 'samples'))) {
      const { profile } = read(`samples/${file}`) as { profile: Record<string, string | undefined> };
      expect(districts.provinces.map((p) => p.name.zh)).toContain(profile.province);
      if (profile.industryDivision) {
        const division = industries.divisions.find((d) => d.code === profile.industryDivision);
        expect(division?.section).toBe(profile.industrySection);
      }
      if (profile.city === '武汉市' && profile.district) {
        expect(districts.districts.map((d) => d.name.zh)).toContain(profile.district);
      }
    }
  });
});
