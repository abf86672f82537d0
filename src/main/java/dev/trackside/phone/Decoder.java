package dev.trackside.phone;

/** Reads one app's protocol. */
interface Decoder {
  /** Tells what a request says. Never throws: what cannot be read is told as well. */
  void decode(Request request, Decoded decoded);
}
