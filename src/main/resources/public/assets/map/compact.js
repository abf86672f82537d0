// Reads positions from binary frames: the codec "compact" of docs/protocol.md.

import { E7 } from "../shared/units.js";

const VERSION = 1;
const TEXT_ID = 1;
const LATE = 256;
const SKIPPED = 512;
const EXTRAS = 1024;
const utf8 = new TextDecoder();

/** The numbers after a place, in this order: flag, name, and the factor by which the frame multiplies each. */
const MEASURES = [
  [4, "acc", 10],
  [8, "speed", 100],
  [16, "heading", 10],
  [32, "battery", 1],
  [64, "hr", 1],
  [128, "queue", 1],
];
const ALT = 2;

/**
 * @param buffer the payload of one frame
 * @returns its positions, as the messages that JSON would bring
 */
export function positionsIn(buffer) {
  const bytes = new Uint8Array(buffer);
  let at = 0;

  /** Multiplies and does not shift, since a number may have 53 bits. */
  function number() {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      if (at >= bytes.length) throw new Error("a frame of positions ends within a number");
      const byte = bytes[at++];
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
  }

  function difference() {
    const value = number();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  function text() {
    const length = number();
    if (length > bytes.length - at) throw new Error("a frame of positions ends within a text");
    return utf8.decode(bytes.subarray(at, (at += length)));
  }

  if (number() !== VERSION) throw new Error("positions must be of version 1");
  const prefix = text();
  const last = { bib: 0, seq: 0, t: 0, lat: 0, lon: 0, alt: 0 };

  function position() {
    const flags = number();
    const id = prefix + (flags & TEXT_ID ? text() : (last.bib += difference()));
    const seq = (last.seq += number());
    const t = (last.t += difference());
    const lat = (last.lat += difference()) / E7;
    const lon = (last.lon += difference()) / E7;
    const message = { type: "position", id, seq, t, lat, lon };
    if (flags & ALT) message.alt = (last.alt += difference()) / 10;
    for (const [flag, name, units] of MEASURES) {
      if (flags & flag) message[name] = number() / units;
    }
    const late = flags & LATE && { late: true };
    const skipped = flags & SKIPPED && { skipped: number(), since: seq - number() };
    const extras = flags & EXTRAS && JSON.parse(`{${text()}}`);
    return { ...message, ...extras, ...late, ...skipped };
  }

  const positions = [];
  while (at < bytes.length) positions.push(position());
  return positions;
}
