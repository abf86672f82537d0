package dev.trackside.phone;

/** Reads the protocol of one app. */
interface Decoder {
  /** Decodes a request. Never throws: what cannot be read is junk. */
  void decode(Request request, Decoded decoded);
}
