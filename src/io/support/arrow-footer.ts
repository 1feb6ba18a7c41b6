import { checkSchema, Flatbuffer } from './arrow-flatbuffer.ts';

/** Bytes of the message that is put before the footer: a Flatbuffer table of three fields. */
const PREAMBLE = 40;

/**
 * The schema of a footer as the message that begins a stream. Offsets of Flatbuffers are relative, so the
 * footer stays as it is, and a table that points to its schema stands before it.
 */
export function schemaMessage(footer: Uint8Array): Uint8Array {
  const buffer = new Flatbuffer(footer);
  const root = buffer.target(0);
  const at = buffer.field(root, 1);
  const version = buffer.field(root, 0);
  if (at === 0) throw new RangeError('the footer has no schema');
  const schema = buffer.target(at);
  checkSchema(buffer, schema);
  const length = Math.ceil((PREAMBLE + footer.length) / 8) * 8;
  const bytes = new Uint8Array(8 + length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0xffffffff, true);
  view.setInt32(4, length, true);
  const message = new DataView(bytes.buffer, 8);
  // The table lies at 16; its fields are listed at 4: version, kind, header.
  message.setUint32(0, 16, true);
  for (const [i, word] of [10, 12, 4, 6, 8].entries()) message.setUint16(4 + 2 * i, word, true);
  message.setInt32(16, 12, true);
  message.setInt16(20, version === 0 ? 4 : buffer.view.getInt16(version, true), true);
  message.setUint8(22, 1);
  message.setUint32(24, PREAMBLE + schema - 24, true);
  bytes.set(footer, 8 + PREAMBLE);
  return bytes;
}
