import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const cloudsShape = z.array(
  z.object({
    id: z.string(),
    name: z.object({ zh: z.string(), en: z.string() }),
    /** A folder of this name (a pattern, whole, any case) is kept in step by the service. */
    folders: z.array(z.string()),
  }),
);
/** A service that keeps folders of several computers in step. */
export type Cloud = z.infer<typeof cloudsShape>[number];

/** The services that are known, from resources/reference. */
export function readClouds(resourcesDir: string): Cloud[] {
  return cloudsShape.parse(
    JSON.parse(readFileSync(join(resourcesDir, 'reference', 'cloud-folders.json'), 'utf8')),
  );
}

/**
 * The service that keeps the folder of a file in step with other computers, or null. Such a service copies a library
 * while it is being written and cannot merge two of them, so people should know.
 */
export function cloudOf(path: string, clouds: readonly Cloud[]): Cloud | null {
  const parts = path.split(/[/\\]/);
  const found = clouds.find(({ folders }) =>
    folders.some((pattern) => parts.some((part) => new RegExp(`^(?:${pattern})$`, 'iu').test(part))),
  );
  return found ?? null;
}
