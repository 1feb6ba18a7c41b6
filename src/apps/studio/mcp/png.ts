import { zlibSync } from 'fflate';

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

/** A picture as a PNG file: three bytes a pixel; `rgba`: height × width × 4, without regard to how solid. */
export function pngOf(rgba: Uint8ClampedArray, width: number, height: number): Uint8Array {
  const lines = new Uint8Array(height * (1 + 3 * width));
  for (let y = 0, from = 0, to = 0; y < height; y++) {
    // The byte before a line says that it is as it is.
    to++;
    for (let x = 0; x < width; x++, from += 4) {
      lines[to++] = rgba[from];
      lines[to++] = rgba[from + 1];
      lines[to++] = rgba[from + 2];
    }
  }
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  // Eight bits, red, green and blue.
  header.set([8, 2], 8);
  const chunks = [
    SIGNATURE,
    chunk('IHDR', header),
    chunk('IDAT', zlibSync(lines)),
    chunk('IEND', new Uint8Array(0)),
  ];
  const bytes = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of chunks) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(12 + data.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  for (let i = 0; i < 4; i++) bytes[4 + i] = type.charCodeAt(i);
  bytes.set(data, 8);
  view.setUint32(8 + data.length, crc(bytes.subarray(4, 8 + data.length)));
  return bytes;
}

/** CRC-32 as PNG takes it. */
function crc(bytes: Uint8Array): number {
  let value = 0xffffffff;
  for (const byte of bytes) {
    value ^= byte;
    for (let bit = 0; bit < 8; bit++) value = (value >>> 1) ^ (value & 1 ? 0xedb88320 : 0);
  }
  return (value ^ 0xffffffff) >>> 0;
}
