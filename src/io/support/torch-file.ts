import { type ByteSource, refuse } from '../contract.ts';
import { buffered } from './buffered.ts';
import { partOf } from './dense.ts';
import { BYTES_OF } from './dtype.ts';
import { bytesSource } from './memory.ts';
import { unpickled } from './pickle.ts';
import { type PickleContext, PickledDict } from './pickle-objects.ts';
import { shown } from './shown.ts';
import { dtypeOf, type Storage, torchContext } from './torch-objects.ts';
import { openEntry, type ZipEntry, zipEntries } from './zip.ts';

/** A PyTorch file, unpickled; the numbers stay where they are. */
export interface TorchFile {
  readonly value: unknown;
  readonly bigEndian: boolean;
  /** The bytes behind a tensor. */
  storage(storage: Storage): Promise<ByteSource>;
}

/** Longest pickle read: the tensors are not in it. */
const LONGEST_PICKLE = 1 << 28;
const FIRST_PIECE = 1 << 20;

/** Name of the pickle in an archive, behind its folder. */
export const TORCH_PICKLE = '/data.pkl';

/** The entry that makes an archive one of PyTorch. */
export function torchEntry(entries: readonly ZipEntry[]): ZipEntry | undefined {
  return entries.find(({ name }) => name.endsWith(TORCH_PICKLE));
}

/** The form of PyTorch 1.6 and later: an archive of a pickle and an entry for each storage. */
export async function openArchive(archive: ByteSource): Promise<TorchFile> {
  // A dictionary of rows has an entry for each of them.
  const source = buffered(archive);
  const entries = await zipEntries(source);
  const pickle = torchEntry(entries);
  if (!pickle)
    return refuse(source, 'the ZIP archive has no data.pkl in it, as PyTorch writes it.');
  if (pickle.size > LONGEST_PICKLE) {
    refuse(
      source,
      `${shown(pickle.name)} has ${pickle.size} bytes; at most ${LONGEST_PICKLE} are read.`,
    );
  }
  const folder = pickle.name.slice(0, -TORCH_PICKLE.length);
  const byName = new Map(entries.map((entry) => [entry.name, entry]));
  const content = await openEntry(source, pickle);
  const bytes = await content.read(0, content.size);
  const order = byName.get(`${folder}/byteorder`);
  const bigEndian = order !== undefined && (await textOfEntry(source, order)) === 'big';
  const open = remembered(async (key) => {
    const entry = byName.get(`${folder}/data/${key}`);
    if (entry) return openEntry(source, entry);
    return refuse(
      source,
      `the archive lacks ${shown(`${folder}/data/${key}`)}, which a tensor lies in.`,
    );
  });
  return {
    value: unpickled(source, bytes, torchContext(source)).value,
    bigEndian,
    storage: ({ key, bytes: inside }) =>
      inside ? Promise.resolve(bytesSource(inside, source.name)) : open(key),
  };
}

async function textOfEntry(source: ByteSource, entry: ZipEntry): Promise<string> {
  if (entry.size > 64) return '';
  const content = await openEntry(source, entry);
  return new TextDecoder().decode(await content.read(0, content.size)).trim();
}

function remembered(
  open: (key: string) => Promise<ByteSource>,
): (key: string) => Promise<ByteSource> {
  const opened = new Map<string, Promise<ByteSource>>();
  return (key) => {
    const found = opened.get(key) ?? open(key);
    opened.set(key, found);
    return found;
  };
}

/** The first pickle of the form before PyTorch 1.6: its magic number. */
const MAGIC = [
  0x80, 0x02, 0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, 0x2e,
];

/** Whether the bytes begin as the form before PyTorch 1.6. */
export function startsAsLegacy(head: Uint8Array): boolean {
  return MAGIC.every((byte, i) => head[i] === byte);
}

/** The form before PyTorch 1.6: five pickles, then the storages one behind the other. */
export async function openLegacy(source: ByteSource): Promise<TorchFile> {
  const { value, keys, types, end, littleEndian } = await legacyPickles(source);
  const places = await storagePlaces(source, keys, types, end, littleEndian);
  return {
    value,
    bigEndian: !littleEndian,
    async storage({ key, bytes: inside }) {
      if (inside) return bytesSource(inside, source.name);
      const place = places.get(key);
      return place ?? refuse(source, `the file lacks the storage ${shown(key)}.`);
    },
  };
}

interface LegacyPickles {
  readonly value: unknown;
  /** Of the storages, in the order in which they follow. */
  readonly keys: readonly unknown[];
  readonly types: ReadonlyMap<string, Storage>;
  readonly end: number;
  readonly littleEndian: boolean;
}

/** Nothing says how long the pickles are: more is read until they are whole. */
async function legacyPickles(source: ByteSource): Promise<LegacyPickles> {
  const most = Math.min(source.size, LONGEST_PICKLE);
  for (let length = FIRST_PIECE; ; length *= 8) {
    const bytes = await source.read(0, Math.min(length, most));
    try {
      return picklesIn(source, bytes);
    } catch (cause) {
      if (bytes.length === most) throw cause;
    }
  }
}

function picklesIn(source: ByteSource, bytes: Uint8Array): LegacyPickles {
  const types = new Map<string, Storage>();
  const context = torchContext(source);
  const noting: PickleContext = {
    ...context,
    persistent(id) {
      const storage = context.persistent(id) as Storage;
      types.set(storage.key, storage);
      return storage;
    },
  };
  let end = MAGIC.length;
  const next = (): unknown => {
    const found = unpickled(source, bytes, noting, end);
    end = found.end;
    return found.value;
  };
  // The version of the protocol.
  next();
  const system = next();
  const value = next();
  const keys = next();
  if (!Array.isArray(keys)) refuse(source, 'the list of storages is damaged.');
  const littleEndian =
    system instanceof PickledDict &&
    system.entries.find(([key]) => key === 'little_endian')?.[1] !== false;
  return { value, keys, types, end, littleEndian };
}

/** Where each storage lies: a count of 8 bytes, then the numbers. */
async function storagePlaces(
  source: ByteSource,
  keys: readonly unknown[],
  types: ReadonlyMap<string, Storage>,
  start: number,
  littleEndian: boolean,
): Promise<Map<string, ByteSource>> {
  const places = new Map<string, ByteSource>();
  let at = start;
  for (const key of keys) {
    if (typeof key !== 'string') return refuse(source, 'the list of storages is damaged.');
    const storage = types.get(key);
    const dtype = storage && dtypeOf(storage.type);
    if (!dtype) {
      return refuse(
        source,
        `the storage ${shown(key)} is of no known number type; save the tensors again with PyTorch 1.6 or later.`,
      );
    }
    const head = await source.read(at, 8);
    const count = Number(
      new DataView(head.buffer, head.byteOffset, 8).getBigInt64(0, littleEndian),
    );
    const size = count * BYTES_OF[dtype];
    if (count !== storage.count || size > source.size - at - 8) {
      refuse(
        source,
        `a storage of ${storage.count} numbers is announced, but ${Math.max(0, source.size - at - 8)} bytes follow; the file is truncated.`,
      );
    }
    places.set(storage.key, partOf(source, at + 8, size));
    at += 8 + size;
  }
  return places;
}
