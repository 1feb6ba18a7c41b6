import { InputError } from '../../core/errors.ts';
import { type Floats, matrix, zeros64 } from '../../core/matrix.ts';
import type { ByteStore } from '../../io/byte-store.ts';
import { decodeDescribed, encodeDescribed, type FileKind } from '../../io/described.ts';
import type { NamedArray, NamedTensor } from '../../io/tensors.ts';
import type { Directions } from '../../structures/directions/index.ts';
import type { Monitor } from './monitor.ts';
import { type MonitorLayer, SIGNALS } from './support/monitor-signals.ts';

const KIND: FileKind = { format: 'tammes-monitor', version: 1, title: 'monitor' };

interface Described {
  readonly classes: readonly [string, string];
  readonly neighbors: number;
  readonly level: number;
  readonly layers: readonly {
    readonly name: string;
    readonly deviation: number;
    readonly provenance: Directions['provenance'];
  }[];
}

/** The bytes of a safetensors file: probes, known rows, and what ordinary rows look like, with a description in JSON. */
export function encodeMonitor(monitor: Monitor): Uint8Array {
  const { classes, neighbors, level, layers, known, reference, calibration } = monitor;
  const described: Described = {
    classes,
    neighbors,
    level,
    layers: layers.map(({ name, deviation, probe: { provenance } }) => ({
      name,
      deviation,
      provenance,
    })),
  };
  const line = (name: string, data: Floats): NamedArray => ({ name, shape: [data.length], data });
  const { points, isSecond } = known;
  return encodeDescribed(KIND, { ...described }, [
    ...layers.flatMap(({ probe: { basis, origin, space } }, l) => [
      line(`layer${l}.basis`, basis.data),
      line(`layer${l}.origin`, origin),
      line(`layer${l}.mean`, space.mean),
      line(`layer${l}.deviations`, space.deviations),
    ]),
    { name: 'known', shape: [points.rows, points.cols], data: points.data },
    line('knownClasses', Float64Array.from(isSecond)),
    ...SIGNALS.map((name) => line(`reference.${name}`, reference[name])),
    line('calibration', calibration),
  ]);
}

/** Reads the bytes of a monitor; refuses others, damaged ones included, in a sentence. */
export async function decodeMonitor(bytes: Uint8Array, name = 'bytes'): Promise<Monitor> {
  const { fields, tensors } = await decodeDescribed(bytes, name, KIND);
  const described = fields as unknown as Partial<Described>;
  const { classes, neighbors, level, layers } = described;
  if (!(classes?.length === 2 && neighbors && level && Array.isArray(layers) && layers.length > 0))
    throw new InputError(name, 'the description of the monitor is damaged.');
  const of = (tensor: string) => float64s(name, tensors, tensor);
  const points = tensors.get('known');
  const isSecond = of('knownClasses');
  if (!isFloats(points?.data) || points.shape[0] !== isSecond.length)
    throw new InputError(name, 'the known rows of the monitor are missing or damaged.');
  return {
    classes,
    neighbors,
    level,
    layers: layers.map((layer: Described['layers'][number], l): MonitorLayer => {
      const basis = of(`layer${l}.basis`);
      const probe = {
        basis: matrix(basis, 1, basis.length),
        names: [classes.join(' → ')],
        origin: of(`layer${l}.origin`),
        draws: zeros64(0, basis.length),
        space: { mean: of(`layer${l}.mean`), deviations: of(`layer${l}.deviations`) },
        provenance: layer.provenance,
      };
      return { name: layer.name, deviation: layer.deviation, probe };
    }),
    known: {
      points: matrix(points.data, points.shape[0], points.shape[1]),
      isSecond: Uint8Array.from(isSecond),
    },
    reference: {
      margin: of('reference.margin'),
      jump: of('reference.jump'),
      neighbors: of('reference.neighbors'),
    },
    calibration: of('calibration'),
  };
}

const isFloats = (data: unknown): data is Floats =>
  data instanceof Float32Array || data instanceof Float64Array;

function float64s(file: string, tensors: ReadonlyMap<string, NamedTensor>, name: string) {
  const tensor = tensors.get(name);
  if (tensor?.data instanceof Float64Array) return tensor.data;
  throw new InputError(file, `the array ${name} of the monitor is missing or damaged.`);
}

export async function loadMonitor(store: ByteStore): Promise<Monitor> {
  const bytes = await store.load();
  if (!bytes) throw new InputError(store.name, 'there is no monitor.');
  return decodeMonitor(bytes, store.name);
}
