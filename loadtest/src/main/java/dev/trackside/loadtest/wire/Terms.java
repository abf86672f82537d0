package dev.trackside.loadtest.wire;

/**
 * How connections are made.
 *
 * @param insecure whether any certificate will do, a self-signed one too
 * @param compression whether to offer permessage-deflate
 */
public record Terms(boolean insecure, boolean compression) {}
