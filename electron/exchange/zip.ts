import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib';
import { Refusal } from '../library/refusal.ts';

/** One file of a zip archive, as its central directory describes it. */
export interface ZipEntry {
  readonly name: string;
  readonly method: number;
  readonly encrypted: boolean;
  readonly compressed: number;
  readonly size: number;
  readonly crc: number;
  readonly offset: number;
}

/** What an archive may hold at most, checked on its directory before anything is unpacked. */
export interface ZipLimits {
  readonly entries: number;
  /** Bytes of all entries together, unpacked. */
  readonly total: number;
  /** How many times larger an entry may become; only looked at above 20 MB. */
  readonly ratio: number;
}

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const WIDE_END = 0x06064b50;
const LOCATOR = 0x07064b50;
/** Stands where a number needs 64 bits, which then follow elsewhere. */
const WIDE = 0xffffffff;
const LARGE = 20 * 1024 * 1024;
const UTF8_NAME = 0x800;

const damaged = () => new Refusal('file', 'zipDamaged');

function findEnd(bytes: Buffer): number {
  for (let at = bytes.length - 22; at >= Math.max(0, bytes.length - 22 - 65_535); at -= 1) {
    if (bytes.readUInt32LE(at) === END) return at;
  }
  throw damaged();
}

/** Sizes above 4 GB stand in an extra field; some writers put them there always. */
function wide(extra: Buffer, size: number, compressed: number, offset: number): [number, number, number] {
  const values = [size, compressed, offset];
  for (let at = 0; at + 4 <= extra.length; ) {
    const [id, length] = [extra.readUInt16LE(at), extra.readUInt16LE(at + 2)];
    if (id === 1) {
      let from = at + 4;
      for (const [i, value] of values.entries()) {
        if (value !== WIDE) continue;
        if (from + 8 > extra.length) throw damaged();
        values[i] = Number(extra.readBigUInt64LE(from));
        from += 8;
      }
    }
    at += 4 + length;
  }
  return values as [number, number, number];
}

/** Where the directory of an archive lies, as its last bytes say. */
export interface ZipEnd {
  readonly entries: number;
  readonly at: number;
}

/** Bytes of the end of an archive in which all that `zipEnd` reads must lie. */
export const END_SPAN = 65_535 + 22 + 20 + 56;

/** Finds the directory from the last bytes of an archive; `from` is where these bytes begin in it. Throws a Refusal. */
export function zipEnd(tail: Buffer, from: number): ZipEnd {
  const end = findEnd(tail);
  const plain = { entries: tail.readUInt16LE(end + 10), at: tail.readUInt32LE(end + 16) };
  const locator = end - 20;
  if (plain.entries !== 0xffff && plain.at !== WIDE) return plain;
  if (locator < 0 || tail.readUInt32LE(locator) !== LOCATOR) return plain;
  const wideEnd = Number(tail.readBigUInt64LE(locator + 8)) - from;
  if (wideEnd < 0 || wideEnd + 56 > tail.length || tail.readUInt32LE(wideEnd) !== WIDE_END) throw damaged();
  return {
    entries: Number(tail.readBigUInt64LE(wideEnd + 32)),
    at: Number(tail.readBigUInt64LE(wideEnd + 48)),
  };
}

/** The entries a directory lists, from its bytes. Throws a Refusal where it is cut off. */
export function zipDirectory(bytes: Buffer, count: number): ZipEntry[] {
  const entries: ZipEntry[] = [];
  let at = 0;
  for (let i = 0; i < count; i += 1) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== CENTRAL) throw damaged();
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((n) => bytes.readUInt16LE(at + n)) as [
      number,
      number,
      number,
    ];
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength);
    const extra = bytes.subarray(at + 46 + nameLength, at + 46 + nameLength + extraLength);
    const [size, compressed, offset] = wide(
      extra,
      bytes.readUInt32LE(at + 24),
      bytes.readUInt32LE(at + 20),
      bytes.readUInt32LE(at + 42),
    );
    entries.push({
      name: name.replaceAll('\\', '/'),
      method: bytes.readUInt16LE(at + 10),
      encrypted: (bytes.readUInt16LE(at + 8) & 1) === 1,
      compressed,
      size,
      crc: bytes.readUInt32LE(at + 16),
      offset,
    });
    at += 46 + nameLength + extraLength + commentLength;
  }
  return entries;
}

/** The entries of an archive held in memory. Throws a Refusal where it is cut off or its directory is damaged. */
export function zipEntries(bytes: Buffer): ZipEntry[] {
  const { entries, at } = zipEnd(bytes, 0);
  if (at > bytes.length) throw damaged();
  return zipDirectory(bytes.subarray(at), entries);
}

/** Refuses an archive that would become too large, by what its directory says of it. */
export function checkZip(entries: readonly ZipEntry[], limits: ZipLimits): void {
  if (entries.length > limits.entries)
    throw new Refusal('file', 'zipEntries', { entries: entries.length, limit: limits.entries });
  const total = entries.reduce((sum, entry) => sum + entry.size, 0);
  const swollen = entries.some((e) => e.size > LARGE && e.size > limits.ratio * Math.max(1, e.compressed));
  if (total > limits.total || swollen)
    throw new Refusal('file', 'zipBomb', {
      megabytes: Math.round(total / 1048576),
      limit: Math.round(limits.total / 1048576),
    });
}

/**
 * An entry's content, never more bytes than the directory promised. Throws a Refusal where it is encrypted, cut off,
 * longer than promised or does not have its checksum.
 */
export function unzipEntry(bytes: Buffer, entry: ZipEntry): Buffer {
  if (entry.encrypted) throw new Refusal('file', 'encrypted');
  const start = contentStart(bytes, entry.offset);
  const packed = bytes.subarray(start, start + entry.compressed);
  return unpacked(packed, entry);
}

/** Where the content of an entry begins, whose own header lies at `at`. Throws a Refusal where none does. */
export function contentStart(bytes: Buffer, at: number): number {
  if (at + 30 > bytes.length || bytes.readUInt32LE(at) !== LOCAL) throw damaged();
  return at + 30 + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28);
}

/** The content of an entry from its packed bytes, with the promises of unzipEntry. Throws a Refusal. */
export function unpacked(packed: Buffer, entry: ZipEntry): Buffer {
  if (entry.encrypted) throw new Refusal('file', 'encrypted');
  if (packed.length < entry.compressed) throw damaged();
  let content: Buffer;
  try {
    if (entry.method === 0) content = packed;
    else if (entry.method === 8)
      content = inflateRawSync(packed, { maxOutputLength: Math.max(1, entry.size) });
    else throw damaged();
  } catch {
    throw damaged();
  }
  if (content.length !== entry.size || crc32(content) !== entry.crc) throw damaged();
  return content;
}

/**
 * Packs files into an archive piece by piece; `write` takes the bytes in order. A file may have up to 4 GB; the archive any
 * size and any number of files (the 64-bit form is used only where it is needed).
 */
export function zipWriter(write: (bytes: Buffer) => void): {
  add(name: string, content: Buffer, options?: { store?: boolean; level?: number }): void;
  end(): void;
} {
  const central: Buffer[] = [];
  let offset = 0;
  const put = (bytes: Buffer) => {
    write(bytes);
    offset += bytes.length;
  };
  return {
    add(name, content, options = {}) {
      const packed = options.store ? content : deflateRawSync(content, { level: options.level ?? 6 });
      const path = Buffer.from(name, 'utf8');
      const at = offset;
      // Everything from "version needed" to the lengths is the same in both headers. 1980-01-01: same input, same bytes.
      const shared = Buffer.alloc(26);
      shared.writeUInt16LE(20, 0);
      shared.writeUInt16LE(UTF8_NAME, 2);
      shared.writeUInt16LE(options.store ? 0 : 8, 4);
      shared.writeUInt16LE(0x21, 8);
      shared.writeUInt32LE(crc32(content), 10);
      shared.writeUInt32LE(packed.length, 14);
      shared.writeUInt32LE(content.length, 18);
      shared.writeUInt16LE(path.length, 22);
      const local = Buffer.alloc(4);
      local.writeUInt32LE(LOCAL);
      put(Buffer.concat([local, shared, path]));
      put(packed);
      const head = Buffer.alloc(6);
      head.writeUInt32LE(CENTRAL);
      head.writeUInt16LE(20, 4);
      const tail = Buffer.alloc(14);
      const far = at >= WIDE;
      tail.writeUInt32LE(far ? WIDE : at, 10);
      const extra = Buffer.alloc(far ? 12 : 0);
      if (far) {
        extra.writeUInt16LE(1, 0);
        extra.writeUInt16LE(8, 2);
        extra.writeBigUInt64LE(BigInt(at), 4);
      }
      const named = Buffer.from(shared);
      named.writeUInt16LE(extra.length, 24);
      central.push(Buffer.concat([head, named, tail, path, extra]));
    },
    end() {
      const directory = Buffer.concat(central);
      const start = offset;
      put(directory);
      const count = Math.min(central.length, 0xffff);
      if (count === 0xffff || start >= WIDE) put(wideEnd(central.length, directory.length, start));
      const end = Buffer.alloc(22);
      end.writeUInt32LE(END);
      end.writeUInt16LE(count, 8);
      end.writeUInt16LE(count, 10);
      end.writeUInt32LE(directory.length, 12);
      end.writeUInt32LE(Math.min(start, WIDE), 16);
      put(end);
    },
  };
}

/** The end of an archive whose numbers need 64 bits, with the pointer to it. */
function wideEnd(count: number, length: number, start: number): Buffer {
  const end = Buffer.alloc(56 + 20);
  end.writeUInt32LE(WIDE_END);
  end.writeBigUInt64LE(44n, 4);
  end.writeUInt16LE(45, 12);
  end.writeUInt16LE(45, 14);
  end.writeBigUInt64LE(BigInt(count), 24);
  end.writeBigUInt64LE(BigInt(count), 32);
  end.writeBigUInt64LE(BigInt(length), 40);
  end.writeBigUInt64LE(BigInt(start), 48);
  end.writeUInt32LE(LOCATOR, 56);
  end.writeBigUInt64LE(BigInt(start + length), 64);
  end.writeUInt32LE(1, 72);
  return end;
}
