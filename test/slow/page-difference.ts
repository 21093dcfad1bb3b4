import { type Grey, KEPT } from './grey-png.ts';

/** A window as wide as two characters of small print and as high as a line of it, at 72 dots an inch. */
const WIDTH = 24;
const HEIGHT = 8;
const STEP = { x: 4, y: 2 };

/**
 * How much two pictures of one page differ where they differ most: the mean difference of ink in a small window, 0–255.
 * Edges drawn a little differently, as other versions of poppler do, even out; a word that is missing, clipped or moved
 * does not. Pages of different sizes differ wholly.
 */
export function pageDifference(one: Grey, other: Grey): { most: number; x: number; y: number } {
  const { width, height } = one;
  if (other.width !== width || other.height !== height) return { most: 255, x: 0, y: 0 };
  // Sums of the differences above and left of each point.
  const sums = new Float64Array((width + 1) * (height + 1));
  for (let y = 0; y < height; y++) {
    let row = 0;
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      row += (KEPT[one.pixels[at] ?? 255] ?? 0) - (KEPT[other.pixels[at] ?? 255] ?? 0);
      sums[(y + 1) * (width + 1) + x + 1] = (sums[y * (width + 1) + x + 1] ?? 0) + row;
    }
  }
  const sum = (x: number, y: number) => sums[y * (width + 1) + x] ?? 0;
  let found = { most: 0, x: 0, y: 0 };
  for (let y = 0; y + HEIGHT <= height; y += STEP.y)
    for (let x = 0; x + WIDTH <= width; x += STEP.x) {
      const inside = sum(x + WIDTH, y + HEIGHT) - sum(x, y + HEIGHT) - sum(x + WIDTH, y) + sum(x, y);
      const most = Math.abs(inside) / (WIDTH * HEIGHT);
      if (most > found.most) found = { most, x, y };
    }
  return found;
}

/** Both pages one beside the other, with what differs in black at the right: to be looked at. */
export function besideEachOther(then: Grey, now: Grey): Grey {
  const width = Math.min(then.width, now.width);
  const height = Math.min(then.height, now.height);
  const pixels = new Uint8Array(width * 3 * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const [a, b] = [then.pixels[y * then.width + x] ?? 255, now.pixels[y * now.width + x] ?? 255];
      const at = y * width * 3 + x;
      pixels[at] = a;
      pixels[at + width] = b;
      pixels[at + 2 * width] = 255 - Math.abs(a - b);
    }
  return { width: width * 3, height, pixels };
}
