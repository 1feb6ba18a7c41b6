// node make.mjs TWITTER EMOJIBASE PNGJS TO: folders of the packages emoji-datasource-twitter, emojibase-data and pngjs,
// and where the two files go.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';

const [twitter, emojibase, pngjs, to] = process.argv.slice(2);
const { PNG } = createRequire(import.meta.url)(resolve(pngjs));
const LOCALES = ['en', 'de', 'es', 'fr', 'it', 'nl', 'pl'];
const SIZE = 16;

const json = (...path) => JSON.parse(readFileSync(join(...path), 'utf8'));
const sheet = PNG.sync.read(readFileSync(join(twitter, 'img/twitter/sheets/16.png')));
const words = LOCALES.map(
  (locale) => new Map(json(emojibase, locale, 'data.json').map((own) => [own.hexcode, own])),
);
const plain = (code) => code.replaceAll('-FE0F', '');
const kept = json(twitter, 'emoji.json')
  .filter(({ category, subcategory }) => category !== 'Flags' && category !== 'Component' && subcategory !== 'keycap')
  .filter(({ has_img_twitter }) => has_img_twitter)
  .toSorted((a, b) => a.sort_order - b.sort_order)
  .flatMap((own) => {
    const found = words.map((of) => of.get(own.unified) ?? of.get(plain(own.unified)));
    return found.every((entry) => entry?.tags) ? [{ own, found }] : [];
  });

/** The picture on white: 16 × 16 × 3 bytes; the sheet has a border of one pixel around each. */
function picture({ sheet_x: x, sheet_y: y }) {
  const out = Buffer.alloc(SIZE * SIZE * 3);
  for (let e = 0; e < out.length; e++) {
    const [pixel, channel] = [Math.floor(e / 3), e % 3];
    const column = x * (SIZE + 2) + 1 + (pixel % SIZE);
    const at = 4 * ((y * (SIZE + 2) + 1 + Math.floor(pixel / SIZE)) * sheet.width + column);
    const alpha = sheet.data[at + 3] / 255;
    out[e] = Math.round(alpha * sheet.data[at + channel] + (1 - alpha) * 255);
  }
  return out;
}

const rows = kept.map(({ own, found }) => [
  own.unified,
  own.category,
  own.subcategory,
  found[0].label,
  ...found.map(({ tags }) => tags),
]);
const packed = (bytes) => gzipSync(bytes, { level: 9 });
writeFileSync(join(to, 'emoji.json.gz'), packed(JSON.stringify({ locales: LOCALES, rows })));
writeFileSync(join(to, 'pictures.u8.gz'), packed(Buffer.concat(kept.map(({ own }) => picture(own)))));
console.log(`${rows.length} emoji`);
