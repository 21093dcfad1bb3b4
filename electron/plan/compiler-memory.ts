/** Where bytes lie: from, up to and without. */
type Range = readonly [number, number];

const PAGE = 64 * 1024;
const EMPTY = new Uint8Array(PAGE);

/**
 * The memory of a compiler: kept at a quiet moment and put back after a document. The compiler never lets go of what it
 * laid out, about 20 MB a document; put back, it has the fonts, the templates and whatever it knew at that moment, and
 * nothing of the documents since. Sound as long as no call is under way, because a program in WebAssembly has no other
 * state (its stack is empty then), and because the two sides agree on what each holds of the other:
 * - JavaScript's wrappers of things inside: what is made for a document (its world) is freed with it, so that no later
 *   collection of garbage frees a place that by then holds something else. Older ones are as they were when kept.
 * - The program's numbers of JavaScript's things: those it holds when kept (the reader of files and of packages) it holds
 *   to its end; those of a document are given up within the call that made them, so that none dangles and none is left.
 */
export class CompilerMemory {
  readonly #memory: WebAssembly.Memory;
  readonly #begun: number;
  readonly #unchanging: readonly Range[];
  #kept: readonly { at: number; bytes: Uint8Array<ArrayBuffer> }[] = [];

  /** `constants`: what the program holds and never changes; found in its memory, it is not copied. */
  constructor(memory: WebAssembly.Memory, constants: readonly Uint8Array[]) {
    this.#memory = memory;
    this.#begun = memory.buffer.byteLength;
    this.#unchanging = constants
      .flatMap((constant) => this.#placeOf(constant))
      .sort(([first], [second]) => first - second);
  }

  /** It had to take more than it had at first: it is used up, and cannot be put back. */
  get grown(): boolean {
    return this.#memory.buffer.byteLength > this.#begun;
  }

  /** Keeps the present state; false, and the former stays, where its copy would take more than `most` bytes. */
  keep(most = Number.POSITIVE_INFINITY): boolean {
    const all = new Uint8Array(this.#memory.buffer);
    const ranges: Range[] = [];
    let from = 0;
    for (const [begin, end] of this.#unchanging) {
      ranges.push([from, begin]);
      from = end;
    }
    ranges.push([from, Math.max(from, this.#usedUpTo())]);
    if (ranges.reduce((sum, [begin, end]) => sum + end - begin, 0) > most) return false;
    for (const { bytes } of this.#kept) bytes.buffer.transfer(0);
    this.#kept = ranges.map(([begin, end]) => ({ at: begin, bytes: all.slice(begin, end) }));
    return true;
  }

  /** Goes back to the state kept last. What lies above it was free then and is free again. */
  putBack(): void {
    const all = new Uint8Array(this.#memory.buffer);
    for (const { at, bytes } of this.#kept) all.set(bytes, at);
  }

  /** The end of the last page that was ever written to; the very last one holds a mark of the allocator that stays. */
  #usedUpTo(): number {
    const all = Buffer.from(this.#memory.buffer);
    for (let at = all.byteLength - 2 * PAGE; at >= 0; at -= PAGE)
      if (all.compare(EMPTY, 0, PAGE, at, at + PAGE) !== 0) return at + PAGE;
    return 0;
  }

  #placeOf(constant: Uint8Array): Range[] {
    const all = Buffer.from(this.#memory.buffer);
    const wanted = Buffer.from(constant.buffer, constant.byteOffset, constant.byteLength);
    const head = wanted.subarray(0, PAGE);
    for (let at = all.indexOf(head); at >= 0; at = all.indexOf(head, at + 1))
      if (all.compare(wanted, 0, wanted.byteLength, at, at + wanted.byteLength) === 0)
        return [[at, at + wanted.byteLength]];
    return [];
  }
}
