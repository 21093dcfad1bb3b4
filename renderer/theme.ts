import { theme as antdTheme, type ThemeConfig } from 'antd';
import type { ThemeName } from './state/settings.ts';

export const DEFAULT_ACCENT = '#0f766e';
/** Accents to choose from; each is dark enough for white text (contrast at least 4.5:1). */
export const ACCENTS = [DEFAULT_ACCENT, '#1d4ed8', '#b42318', '#7c3aed', '#92400e', '#334155'] as const;

export const FONTS =
  'system-ui, "Segoe UI", "Microsoft YaHei UI", "Microsoft YaHei", "PingFang SC", "Hiragino Sans GB", "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", sans-serif';

/** `share` parts of a colour over a background, as hex. */
function mix(colour: string, background: string, share: number): string {
  const part = (hex: string, at: number) => Number.parseInt(hex.slice(at, at + 2), 16);
  return `#${[1, 3, 5]
    .map((at) => Math.round(part(colour, at) * share + part(background, at) * (1 - share)))
    .map((value) => value.toString(16).padStart(2, '0'))
    .join('')}`;
}

/** The accent where it is text or a thin line: lightened on dark, so that it can be read. */
export function readableAccent(theme: ThemeName, accent: string): string {
  return theme === 'dark' ? mix(accent, '#ffffff', 0.5) : accent;
}

/** antd's theme for one accent in light or dark. The page's own colours are in styles/tokens.css. */
export function themeConfig(theme: ThemeName, accent: string): ThemeConfig {
  const dark = theme === 'dark';
  const surface = dark ? '#181e1d' : '#ffffff';
  // antd derives pale tints from a colour by a formula that turns dark colours grey; these keep their hue.
  const tint = mix(accent, surface, dark ? 0.3 : 0.1);
  const readable = readableAccent(theme, accent);
  const line = mix(accent, surface, dark ? 0.6 : 0.4);
  return {
    algorithm: dark ? antdTheme.darkAlgorithm : antdTheme.defaultAlgorithm,
    token: {
      colorPrimary: accent,
      colorInfo: readable,
      colorPrimaryBg: tint,
      colorInfoBg: tint,
      colorInfoBorder: line,
      controlItemBgActive: tint,
      colorLink: readable,
      colorSuccess: dark ? '#4fbf78' : '#14713a',
      colorWarning: dark ? '#e0a84a' : '#9a5b00',
      colorError: dark ? '#ff7a6e' : '#c4291c',
      fontFamily: FONTS,
      borderRadius: 6,
      controlHeight: 34,
      motion: !window.matchMedia('(prefers-reduced-motion: reduce)').matches,
      colorBgLayout: dark ? '#101514' : '#f5f7f6',
      colorBgContainer: surface,
      colorBgElevated: dark ? '#1f2625' : '#ffffff',
      colorTextPlaceholder: dark ? '#8b9794' : '#6b7774',
      colorTextDescription: dark ? '#a3aeab' : '#5b6764',
      colorTextSecondary: dark ? '#b4bebb' : '#4b5754',
      colorTextTertiary: dark ? '#a3aeab' : '#5b6764',
      motionDurationMid: '0.15s',
      motionDurationSlow: '0.2s',
    },
    components: {
      Tabs: {
        itemSelectedColor: readable,
        itemHoverColor: readable,
        itemActiveColor: readable,
        inkBarColor: readable,
      },
      Anchor: { colorPrimary: readable },
      Radio: { colorPrimary: readable },
      Checkbox: { colorPrimary: readable },
    },
  };
}
