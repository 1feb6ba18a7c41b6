// node make.mjs PARQUET: fields.json.gz and examples.gz from data/flights-3m.parquet of the npm package vega-datasets.
import { readFileSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { parquetRead } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';

const [EXAMPLES, UNTIL, LATE] = [120_000, Date.UTC(2001, 1), 15n];

/** The minimal standard generator (Park and Miller 1988): uniform in (0, 1). */
function generator(seed) {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

const draw = generator(1);
function sample(list, count) {
  const left = [...list];
  for (let i = 0; i < count; i++) {
    const j = i + Math.floor(draw() * (left.length - i));
    [left[i], left[j]] = [left[j], left[i]];
  }
  return left.slice(0, count);
}

const bytes = readFileSync(process.argv[2]);
const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
let all = [];
await parquetRead({ file, compressors, rowFormat: 'object', onComplete: (rows) => (all = rows) });
const flights = sample(
  all.filter(({ date }) => date < UNTIL),
  EXAMPLES,
);

const route = ({ origin, destination }) => `${origin}-${destination}`;
const day = ({ date }) => date.toISOString().slice(0, 10);
const hourOfDay = ({ date }) => date.toISOString().slice(11, 13);
const columns = {
  origin: ({ origin }) => origin,
  destination: ({ destination }) => destination,
  route,
  slot: (flight) => `${route(flight)} ${hourOfDay(flight)}`,
  day,
  hour: (flight) => `${day(flight)} ${hourOfDay(flight)}`,
  'hour of day': hourOfDay,
};
const [fields, packed] = [[], []];
for (const [name, value] of Object.entries(columns)) {
  const column = flights.map(value);
  // Ids carry no order: neither the alphabet nor how often they come.
  const distinct = [...new Set(column)].sort();
  const values = sample(distinct, distinct.length);
  const place = new Map(values.map((own, id) => [own, id]));
  fields.push({ name, values });
  packed.push(Buffer.from(Uint16Array.from(column, (own) => place.get(own)).buffer));
}
packed.push(Buffer.from(Uint8Array.from(flights, ({ delay }) => (delay >= LATE ? 1 : 0))));
const write = (name, data) => writeFileSync(`${name}.gz`, gzipSync(data, { level: 9 }));
write('fields.json', JSON.stringify({ examples: EXAMPLES, fields }));
write('examples', Buffer.concat(packed));
const late = flights.filter(({ delay }) => delay >= LATE).length;
console.log(EXAMPLES, late, Object.fromEntries(fields.map((own) => [own.name, own.values.length])));
