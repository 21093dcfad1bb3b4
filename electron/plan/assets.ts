import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type Layout, TEMPLATES } from './layouts.ts';

/** Files the paper needs. */
export interface AssetPaths {
  readonly fonts: readonly string[];
  readonly wasm: string;
  /** The template of each layout. */
  readonly templates: Readonly<Record<Layout, string>>;
  /** What the templates share. */
  readonly parts: string;
}

const FONTS = [
  ['400Regular', 'NotoSansSC_400Regular.ttf'],
  ['700Bold', 'NotoSansSC_700Bold.ttf'],
] as const;
const WASM = 'typst_ts_web_compiler_bg.wasm';

/**
 * Where fonts, compiler and template are: under the resources of the packed application (fonts/, typst/), else in
 * node_modules. Throws where neither holds them.
 */
export function assetPaths(resourcesDir: string): AssetPaths {
  const at = (name: string) => join(resourcesDir, 'templates', name);
  const templates = {
    full: at(TEMPLATES.full),
    summary: at(TEMPLATES.summary),
    takeaway: at(TEMPLATES.takeaway),
  };
  const parts = at('parts.typ');
  const packed = {
    fonts: FONTS.map(([, name]) => join(resourcesDir, 'fonts', name)),
    wasm: join(resourcesDir, 'typst', WASM),
    templates,
    parts,
  };
  if ([...packed.fonts, packed.wasm].every(existsSync)) return packed;
  const require = createRequire(import.meta.url);
  const fontFolder = dirname(require.resolve('@expo-google-fonts/noto-sans-sc/package.json'));
  const wasmFolder = dirname(require.resolve('@myriaddreamin/typst-ts-web-compiler/package.json'));
  return {
    fonts: FONTS.map(([folder, name]) => join(fontFolder, folder, name)),
    wasm: join(wasmFolder, 'pkg', WASM),
    templates,
    parts,
  };
}
