import type { Diagnosis } from '../diagnosis/shapes.ts';
import type { Text } from '../standards/schema.ts';
import type { Material, Proof } from './calendar-shapes.ts';
import { factNamed } from './fact-names.ts';
import { type AttachedFile, type PlacesOf, placesOf } from './proof-places.ts';
import { listed, tell } from './words.ts';

/** What papers are judged by. */
export interface ProofInput {
  /** Today's judgement: its sheet says how each fact is backed. */
  readonly diagnosis: Diagnosis;
  /** Whose papers they are, and the files attached to it. */
  readonly file: PlacesOf['file'];
  readonly evidence: readonly AttachedFile[];
}

function nameOf(field: string): Text {
  return factNamed(field)?.label ?? { zh: field, en: field };
}

/** At most so many names in a sentence. */
const NAMED = 4;

function named(texts: readonly Text[]): Text {
  const names = listed(texts.slice(0, NAMED));
  return texts.length > NAMED ? tell('andMore', { list: names, count: texts.length }) : names;
}

const once = (texts: readonly Text[]) => [...new Map(texts.map((text) => [text.zh, text])).values()];

/** What shows a fact: the files attached where it belongs, and what the library states of it. */
export function proofOf(field: string, input: ProofInput): Proof {
  const { diagnosis, file, evidence } = input;
  const places = placesOf(field, { asOf: diagnosis.asOf, file });
  const files = evidence.filter((one) =>
    places.some(({ entity, entityId }) => entity === one.entity && entityId === one.entityId),
  );
  const basis = diagnosis.sheet[field]?.basis;
  return {
    field,
    label: nameOf(field),
    place: { ...places[0] },
    files: files.map(({ id, name, state }) => ({ id, name, there: state === 'there' })),
    stated: basis === 'documented' || basis === 'checked',
  };
}

/** A paper that proves no fact is known by its name among the files of the enterprise as a whole. */
export function namedProof(text: Text, names: readonly string[], { file, evidence }: ProofInput): Proof {
  const bare = (name: string) =>
    name
      .normalize('NFKC')
      .toLowerCase()
      .replaceAll(/[\s_-]+/g, '');
  const { id } = file.enterprise;
  return {
    field: null,
    label: text,
    place: { entity: 'enterprise', entityId: id },
    files: evidence
      .filter(
        ({ entity, name }) => entity === 'enterprise' && names.some((n) => bare(name).includes(bare(n))),
      )
      .map((one) => ({ id: one.id, name: one.name, there: one.state === 'there' })),
    stated: false,
  };
}

/**
 * Ready where a file that is there shows every fact, partly where some are shown or only stated to be documented, else
 * missing.
 */
export function stateOf(proofs: readonly Proof[]): Pick<Material, 'state' | 'says'> {
  const shown = (proof: Proof) => proof.files.some(({ there }) => there);
  const open = proofs.filter((proof) => !shown(proof));
  const names = once(
    proofs.flatMap(({ files }) =>
      files.filter(({ there }) => there).map(({ name }) => ({ zh: name, en: name })),
    ),
  );
  const by = names.length > 0 ? [tell('materialFiles', { files: named(names) })] : [];
  if (open.length === 0) return { state: 'ready', says: by[0] ?? tell('materialReady') };
  const gone = open.filter(({ files }) => files.length > 0);
  const stated = open.filter((proof) => proof.stated && proof.files.length === 0);
  const bare = open.filter((proof) => !proof.stated && proof.files.length === 0);
  const of = (list: readonly Proof[]) => named(once(list.map(({ label }) => label)));
  const parts = [
    ...by,
    ...(bare.length > 0
      ? [
          bare.every(({ field }) => field === null)
            ? tell('materialNoFile')
            : tell('materialOpen', { facts: of(bare) }),
        ]
      : []),
    ...(stated.length > 0 ? [tell('materialStated', { facts: of(stated) })] : []),
    ...(gone.length > 0 ? [tell('materialGone', { facts: of(gone) })] : []),
  ];
  return {
    state: names.length > 0 || stated.length > 0 ? 'partly' : 'missing',
    says: { zh: parts.map(({ zh }) => zh).join(''), en: parts.map(({ en }) => en).join(' ') },
  };
}
