import { readFileSync } from 'node:fs';
import { createTypstCompiler, type TypstCompiler } from '@myriaddreamin/typst.ts/compiler';
import { loadFonts } from '@myriaddreamin/typst.ts/dist/esm/options.init.mjs';
import { CompilerMemory } from './compiler-memory.ts';

type Exports = Awaited<ReturnType<typeof import('@myriaddreamin/typst-ts-web-compiler')['default']>>;

/** What the compiler may use before its thread should be replaced, in bytes: fonts, what is kept, and a document at work. */
export const ROOM = 192 * 1024 * 1024;

/**
 * Takes the room at once and hands it back to the compiler's own allocator. Grown piece by piece, each piece would tell
 * the engine of another few hundred megabytes in use and start a full collection of garbage: several a document, which
 * took longer than the document itself. What is not written to takes no memory.
 */
function reserve(exports: Exports, bytes: number): void {
  const { __wbindgen_export: take, __wbindgen_export4: give } = exports;
  if (typeof take !== 'function' || typeof give !== 'function') return;
  const at = take(bytes, 1);
  if (at !== 0) give(at, bytes, 1);
}

export interface Started {
  readonly compiler: TypstCompiler;
  readonly memory: CompilerMemory;
}

/** Starts a compiler with these fonts. `module` is the compiled WebAssembly, shared between workers. */
export async function startCompiler(
  fonts: readonly Uint8Array[],
  module: WebAssembly.Module,
  room = ROOM,
): Promise<Started> {
  const compiler = createTypstCompiler();
  const wrapper = await import('@myriaddreamin/typst-ts-web-compiler');
  let exports: Exports | undefined;
  await compiler.init({
    getWrapper: async () => ({
      ...wrapper,
      default: async (given: unknown) => {
        exports = await wrapper.default({ module_or_path: given as WebAssembly.Module });
        reserve(exports, room);
        return exports;
      },
    }),
    getModule: () => module,
    // Without `assets: false` the compiler would fetch fonts from the network.
    beforeBuild: [loadFonts([...fonts], { assets: false })],
  });
  if (!exports) throw new Error('the compiler did not start');
  return { compiler, memory: new CompilerMemory(exports.memory, fonts) };
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

/**
 * Compiles `main` with its document as JSON in `inputs`: the PDF, or what is wrong, or `lacking` where it does not hold what
 * `held` selects.
 */
export async function compileDocument(
  compiler: TypstCompiler,
  main: string,
  document: object,
  held?: string,
): Promise<{ pdf?: Uint8Array; problem?: string; at?: TemplateError; lacking?: true }> {
  // Its world is let go at once, also after a fault: the next document needs the room, and nothing of this one may be
  // freed later, when the memory has been put back.
  const outcome = await compiler.runWithWorld(
    { mainFilePath: main, inputs: { document: JSON.stringify(document) } },
    async (world) => {
      try {
        const { hasError, diagnostics } = await world.compile({ diagnostics: 'full' });
        if (hasError) return { done: { diagnostics } };
        if (held && (await world.query<unknown[]>({ selector: held })).length === 0)
          return { lacking: true as const };
        return { done: await world.pdf({ diagnostics: 'full' }) };
      } catch (fault) {
        return { fault };
      }
    },
  );
  if ('fault' in outcome) throw outcome.fault;
  if ('lacking' in outcome) return outcome;
  const { done } = outcome;
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
