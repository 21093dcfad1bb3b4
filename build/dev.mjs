// Opens Cultivar and, whenever a source is saved, builds and opens it again. Ends when the window is closed.
import { watch } from 'node:fs';
import { join } from 'node:path';
import { buildAll, root } from './build.mjs';
import { launch, requireDisplay } from './start.mjs';

const SETTLE = 300;
let app = null;
let timer = null;
let busy = false;
let again = false;

async function rebuild() {
  if (busy) {
    again = true;
    return;
  }
  busy = true;
  do {
    again = false;
    try {
      await buildAll();
      const old = app;
      app = null;
      if (old) await new Promise((resolve) => old.once('exit', resolve).kill());
      const started = launch(process.argv.slice(2));
      started.on('exit', (code) => {
        if (app === started) process.exit(code ?? 0);
      });
      app = started;
    } catch (error) {
      console.error(error instanceof Error ? error.message : error);
    }
  } while (again);
  busy = false;
}

requireDisplay();
await rebuild();
for (const folder of ['electron', 'renderer', 'resources']) {
  watch(join(root, folder), { recursive: true }, () => {
    clearTimeout(timer);
    timer = setTimeout(rebuild, SETTLE);
  });
}
