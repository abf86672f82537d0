package dev.trackside.access;

/**
 * Something random that the server keeps to itself, and that stays the same for as long as its
 * data.
 *
 * @param name what it is for, such as {@code mask}
 */
public record Secret(String name, Key.Hash value) implements RegistryEntry {}
