import { readFileSync } from 'node:fs';
import { CompileFormatEnum, createTypstCompiler, type TypstCompiler } from '@myriaddreamin/typst.ts/compiler';
import { loadFonts } from '@myriaddreamin/typst.ts/dist/esm/options.init.mjs';

/** Starts a compiler with these fonts. `module` is the compiled WebAssembly, shared between workers. */
export async function startCompiler(
  fonts: readonly Uint8Array[],
  module: WebAssembly.Module,
): Promise<TypstCompiler> {
  const compiler = createTypstCompiler();
  const wrapper = await import('@myriaddreamin/typst-ts-web-compiler');
  await compiler.init({
    getWrapper: async () => ({
      ...wrapper,
      default: (given: unknown) => wrapper.default({ module_or_path: given as WebAssembly.Module }),
    }),
    getModule: () => module,
    // Without `assets: false` the compiler would fetch fonts from the network.
    beforeBuild: [loadFonts([...fonts], { assets: false })],
  });
  return compiler;
}

/** The fonts of the paper, read from their files. */
export function readFonts(paths: readonly string[]): Uint8Array[] {
  return paths.map((path) => new Uint8Array(readFileSync(path)));
}

/** Where a template is wrong; lines and columns count from 1. */
export interface TemplateError {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** Compiles `main` with its document as JSON in `inputs`: the PDF, or what is wrong. */
export async function compileDocument(
  compiler: TypstCompiler,
  main: string,
  document: object,
): Promise<{ pdf?: Uint8Array; problem?: string; at?: TemplateError }> {
  const done = await compiler.compile({
    mainFilePath: main,
    inputs: { document: JSON.stringify(document) },
    format: CompileFormatEnum.pdf,
    diagnostics: 'full',
  });
  if (done.result) return { pdf: done.result };
  const first = done.diagnostics?.find((d) => d.severity === 'error');
  const [line = 0, column = 0] = (first?.range ?? '').split(/[:-]/).map(Number);
  return {
    ...(first
      ? {
          at: {
            file: first.path.replace(/^\//, ''),
            line: line + 1,
            column: column + 1,
            // Only the first line: what follows is about the program, not about the template.
            message: (first.message.split('\n')[0] ?? '').slice(0, 300),
          },
        }
      : {}),
    problem: done.diagnostics?.map((d) => `${d.path}:${d.range} ${d.message}`).join('; ') ?? 'unknown',
  };
}
