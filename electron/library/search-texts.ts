/** Texts are kept in blocks, joined: one search through a block costs little more than through one text. */
const BLOCK = 2048;
const BETWEEN = '\u0000';

/** Everything outside the 256 characters that a string can hold in one byte each. */
const WIDE = /[^\u0000-\u00ff]/;
const WIDE_RUNS = /[^\u0000-\u00ff]+/g;

/** Only the lines that hold something wide. */
function wideLines(text: string): string {
  let lines = '';
  for (let from = 0; from < text.length; ) {
    const end = text.indexOf('\n', from);
    const line = text.slice(from, end < 0 ? text.length : end);
    if (WIDE.test(line)) lines = lines === '' ? line : `${lines}\n${line}`;
    if (end < 0) break;
    from = end + 1;
  }
  return lines;
}

class Block {
  /** Texts of the block while it changes; null once joined. */
  #texts: string[] | null = [];
  #joined = '';
  readonly #starts: number[] = [];
  readonly #narrow: boolean;

  constructor(narrow: boolean) {
    this.#narrow = narrow;
  }

  set(at: number, text: string): void {
    if (!this.#texts) {
      const joined = this.#joined;
      const starts = this.#starts;
      this.#texts = starts.map((start, i) =>
        joined.slice(start, i + 1 < starts.length ? starts[i + 1]! - BETWEEN.length : undefined),
      );
    }
    this.#texts[at] = text;
  }

  /** Makes the block ready to be searched. */
  settle(): void {
    if (this.#texts) this.#join(this.#texts);
  }

  /** Marks the texts that hold a word and bear the mark before it; `offset` is the row of the first text. */
  find(word: string, marks: Uint8Array, offset: number, mark: number): void {
    this.settle();
    const text = this.#joined;
    const starts = this.#starts;
    const count = starts.length;
    let at = 0;
    for (let hit = text.indexOf(word); hit >= 0; ) {
      // A frequent word is found in one text after the other; a rare one by halving.
      if (at + 1 < count && hit >= starts[at + 1]!) {
        let [low, high] = [at + 1, count - 1];
        if (low < count - 1 && hit < starts[low + 1]!) high = low;
        while (low < high) {
          const middle = (low + high + 1) >> 1;
          if (starts[middle]! <= hit) low = middle;
          else high = middle - 1;
        }
        at = low;
      }
      if (marks[offset + at] === mark - 1) marks[offset + at] = mark;
      at += 1;
      if (at >= count) return;
      hit = text.indexOf(word, starts[at]);
    }
  }

  #join(texts: string[]): void {
    let length = 0;
    this.#starts.length = 0;
    for (const text of texts) {
      this.#starts.push(length);
      length += text.length + BETWEEN.length;
    }
    const joined = texts.join(BETWEEN);
    // Strings cut out of wide ones stay wide; through bytes they become narrow: half the memory, twice as fast to search.
    this.#joined = this.#narrow ? Buffer.from(joined, 'latin1').toString('latin1') : joined;
    this.#texts = null;
  }
}

/**
 * The search texts of many rows in memory. Lines with Chinese are kept apart from what is only letters and digits
 * (pinyin, initials, codes), and a word is looked for only where it can be.
 */
export class SearchTexts {
  readonly #wide: Block[] = [];
  readonly #narrow: Block[] = [];
  #size = 0;

  /** Puts the text of a row; rows are numbered from 0 without gaps. A text is lines that are never matched across. */
  set(row: number, text: string): void {
    const block = Math.floor(row / BLOCK);
    for (const [blocks, narrow] of [
      [this.#wide, false],
      [this.#narrow, true],
    ] as const) {
      if (!blocks[block]) {
        // The block before is full: joined now, it does not make the first search wait.
        blocks[block - 1]?.settle();
        blocks[block] = new Block(narrow);
      }
      const part = narrow ? text.replace(WIDE_RUNS, '\n') : wideLines(text);
      blocks[block]?.set(row % BLOCK, part);
    }
    if (row >= this.#size) this.#size = row + 1;
  }

  /** For each row 1 where its text holds all words, else 0. */
  find(words: readonly string[]): Uint8Array {
    const marks = new Uint8Array(this.#size);
    words.forEach((word, i) => {
      const blocks = WIDE.test(word) ? this.#wide : this.#narrow;
      blocks.forEach((block, b) => {
        block.find(word, marks, b * BLOCK, i + 1);
      });
    });
    if (words.length !== 1)
      for (let i = 0; i < marks.length; i += 1) marks[i] = marks[i] === words.length ? 1 : 0;
    return marks;
  }
}
