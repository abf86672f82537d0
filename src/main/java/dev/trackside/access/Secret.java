package dev.trackside.access;

/**
 * A random value that the server keeps to itself, and that lasts as long as its data.
 *
 * @param name what the secret is for, such as {@code mask}
 */
public record Secret(String name, Key.Hash value) implements RegistryEntry {}
