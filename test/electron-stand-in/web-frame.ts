import type { Frame } from 'playwright-core';
import { fromChromium } from './addresses.ts';

const known = new WeakMap<Frame, WebFrameMain>();

/** One frame of a page, with the address the application knows. The same frame is always the same object. */
export class WebFrameMain {
  readonly #frame: Frame;

  private constructor(frame: Frame) {
    this.#frame = frame;
  }

  static of(frame: Frame): WebFrameMain {
    const found = known.get(frame) ?? new WebFrameMain(frame);
    known.set(frame, found);
    return found;
  }

  get url(): string {
    return fromChromium(this.#frame.url());
  }

  get origin(): string {
    const { protocol, host } = new URL(this.url);
    return host ? `${protocol}//${host}` : 'null';
  }

  get parent(): WebFrameMain | null {
    const parent = this.#frame.parentFrame();
    return parent ? WebFrameMain.of(parent) : null;
  }
}
