import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TammesError } from '../core/errors.ts';
import faissFixture from './fixtures/faiss.fixture.json' with { type: 'json' };
import ggufFixture from './fixtures/gguf.fixture.json' with { type: 'json' };
import onnxFixture from './fixtures/onnx.fixture.json' with { type: 'json' };
import torchFixture from './fixtures/torch.fixture.json' with { type: 'json' };
import {
  encode,
  type FormatId,
  formats,
  info,
  read,
  readBlocks,
  type VectorTable,
} from './index.ts';

/** Largest piece of memory asked for by its length since the last reset, in bytes. */
let largest = 0;

/** Watches the constructors that take a length; what they make is the same. */
function watchAllocations(): void {
  const watched = [
    [ArrayBuffer, 1],
    [SharedArrayBuffer, 1],
    [Uint8Array, 1],
    [Uint16Array, 2],
    [Int32Array, 4],
    [Uint32Array, 4],
    [Float32Array, 4],
    [Float64Array, 8],
    [BigInt64Array, 8],
    [BigUint64Array, 8],
  ] as const;
  for (const [Kind, size] of watched) {
    const construct = (target: typeof Kind, args: unknown[], newTarget: typeof Kind): object => {
      if (typeof args[0] === 'number') largest = Math.max(largest, args[0] * size);
      return Reflect.construct(target, args, newTarget) as object;
    };
    vi.stubGlobal(Kind.name, new Proxy(Kind, { construct }));
  }
}

beforeEach(watchAllocations);
afterEach(() => {
  vi.unstubAllGlobals();
});

const rows = 12;
const cols = 5;
const table: VectorTable = {
  points: {
    data: Float32Array.from({ length: rows * cols }, (_, i) => (i * 37) % 251),
    rows,
    cols,
  },
  labels: Array.from({ length: rows }, (_, i) => `word${i}`),
  columns: {
    note: Array.from({ length: rows }, (_, i) => `a "note", ${i % 3}`),
    weight: Float64Array.from({ length: rows }, (_, i) => i / 7),
  },
};

const bytesOfBase64 = (text: string): Uint8Array =>
  Uint8Array.from(atob(text), (character) => character.charCodeAt(0));

interface Fixture {
  readonly cases: readonly { readonly base64: string }[];
  readonly refused: readonly { readonly base64: string }[];
}

const filesOf = ({ cases, refused }: Fixture): Uint8Array[] =>
  [...cases, ...refused].map(({ base64 }) => bytesOfBase64(base64));

/** Changes to a file: cut it, flip a bit, overwrite a byte, repeat or remove a stretch. */
const damage = fc.oneof(
  fc.record({ kind: fc.constant('cut' as const), at: fc.nat(), value: fc.constant(0) }),
  fc.record({
    kind: fc.constant('flip' as const),
    at: fc.nat(),
    value: fc.integer({ max: 7, min: 0 }),
  }),
  fc.record({
    kind: fc.constant('set' as const),
    at: fc.nat(),
    value: fc.constantFrom(0, 1, 127, 128, 255),
  }),
  fc.record({
    kind: fc.constant('drop' as const),
    at: fc.nat(),
    value: fc.integer({ max: 9, min: 1 }),
  }),
);

function damaged(
  bytes: Uint8Array,
  changes: readonly { kind: string; at: number; value: number }[],
): Uint8Array {
  let out = bytes.slice();
  for (const { kind, at: place, value } of changes) {
    const at = out.length === 0 ? 0 : place % out.length;
    if (kind === 'cut') out = out.slice(0, at);
    else if (kind === 'flip') out[at] ^= 1 << value;
    else if (kind === 'set') out[at] = value;
    else out = Uint8Array.from([...out.subarray(0, at), ...out.subarray(at + value)]);
  }
  return out;
}

/** Everything a caller does with a file; anything but an error of Tammes is thrown on. */
async function tried(bytes: Uint8Array, format: FormatId | undefined): Promise<void> {
  const attempts = [
    async () => {
      const { points } = await read(bytes, { format });
      expect(points.data.length).toBe(points.rows * points.cols);
    },
    () => info(bytes, { format }),
    async () => {
      for await (const block of readBlocks(bytes, 5, { format }))
        expect(block.points.rows).toBeLessThan(6);
    },
  ];
  for (const attempt of attempts) {
    try {
      await attempt();
    } catch (error) {
      if (!(error instanceof TammesError)) throw error;
      expect(error.code).not.toBe('internal');
      expect(error.message).not.toMatch(/undefined|\[object|\n/);
    }
  }
}

/** Compressed parts may claim this much before they are unpacked. */
const PLAUSIBLE = 2 ** 26;

/** Files of the formats that are read only, made by other libraries. */
const made: Partial<Record<FormatId, readonly Uint8Array[]>> = {
  pt: filesOf(torchFixture),
  gguf: filesOf(ggufFixture),
  onnx: filesOf(onnxFixture),
  faiss: [...filesOf(faissFixture), ...filesOf({ cases: faissFixture.identified, refused: [] })],
};

const samples = async (format: FormatId): Promise<readonly Uint8Array[]> =>
  made[format] ?? [await encode(table, { format })];

describe.each(formats.map(({ id }) => id))('%s', (id) => {
  it('damaged files give a table or one sentence, and claim no memory they cannot fill', async () => {
    const files = await samples(id);
    await fc.assert(
      fc.asyncProperty(
        fc.nat(),
        fc.array(damage, { minLength: 1, maxLength: 4 }),
        fc.boolean(),
        async (which, changes, byName) => {
          const whole = files[which % files.length];
          const most =
            id === 'parquet' || id === 'arrow' ? PLAUSIBLE + 1100 * whole.length : 2 ** 21;
          const bytes = damaged(whole, changes);
          largest = 0;
          await tried(bytes, byName ? id : undefined);
          expect(largest).toBeLessThanOrEqual(most);
        },
      ),
      { numRuns: id in made ? 600 : 150 },
    );
  });

  it('a file cut at any byte is no crash', async () => {
    for (const whole of (await samples(id)).slice(0, 3)) {
      const step = Math.max(1, Math.floor(whole.length / 150));
      for (let length = 0; length < whole.length; length += step) {
        await tried(whole.slice(0, length), id);
      }
    }
  });
});

it('bytes of no format give one sentence', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
      await tried(bytes, undefined);
      for (const { id } of formats) await tried(bytes, id);
    }),
    { numRuns: 40 },
  );
});

it('an Arrow column longer than its bytes can hold is refused at once', async () => {
  const whole = await encode(table, { format: 'arrow' });
  const view = new DataView(whole.buffer, whole.byteOffset, whole.byteLength);
  let lengths = 0;
  for (let at = 0; at + 8 <= whole.length; at += 8) {
    if (view.getBigInt64(at, true) !== BigInt(rows)) continue;
    lengths++;
    for (const byte of [4, 5, 6]) {
      const bytes = whole.slice();
      bytes[at + byte] = 0x40;
      await expect(read(bytes, { format: 'arrow' })).rejects.toThrow(TammesError);
    }
  }
  expect(lengths).toBeGreaterThan(0);
});
