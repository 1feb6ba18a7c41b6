import { openPacked, type PackedArray, packedPieces } from '../../io/packed.ts';
import type { Answer, Packet } from './contract.ts';

const PACKET = { format: 'tammes-packet', version: 1, title: 'packet' } as const;

/**
 * Packets as bytes, for any pipe: each is its length (uint32, little-endian), then a safetensors file whose description
 * is the packet and whose arrays are those of the answer.
 */
export function encodePacket(packet: Packet): Uint8Array<ArrayBuffer> {
  const { arrays = {}, ...fields } = packet as Packet & Partial<Answer>;
  const pieces = [...packedPieces(PACKET, fields, arrays)];
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
  const bytes = new Uint8Array(4 + length);
  new DataView(bytes.buffer).setUint32(0, length, true);
  let at = 4;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

/** The packets of a stream of bytes that may be cut anywhere. */
export async function* decodePackets(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Packet> {
  let parts: Uint8Array[] = [];
  let held = 0;
  let wanted = 4;
  for await (const chunk of chunks) {
    parts.push(chunk);
    held += chunk.length;
    while (held >= wanted) {
      const bytes = joined(parts, held);
      const end = 4 + new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
      const isWhole = held >= end;
      if (isWhole) yield await decodePacket(bytes.slice(4, end));
      const rest = isWhole ? bytes.subarray(end) : bytes;
      parts = [rest];
      held = rest.length;
      wanted = isWhole ? 4 : end;
    }
  }
}

async function decodePacket(bytes: Uint8Array): Promise<Packet> {
  const packed = await openPacked(bytes, PACKET);
  const arrays: Record<string, PackedArray> = {};
  for (const name of packed.names)
    arrays[name] = { shape: packed.shapeOf(name), data: await packed.whole(name) };
  const fields = packed.fields as unknown as Packet;
  return packed.names.length > 0 ? ({ ...fields, arrays } as Packet) : fields;
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  if (parts.length === 1) return parts[0];
  const all = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
