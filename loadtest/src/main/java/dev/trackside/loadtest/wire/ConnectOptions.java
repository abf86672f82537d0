package dev.trackside.loadtest.wire;

/**
 * How to connect.
 *
 * @param insecure whether to accept any certificate, even a self-signed one
 * @param compression whether to offer permessage-deflate
 */
public record ConnectOptions(boolean insecure, boolean compression) {}
