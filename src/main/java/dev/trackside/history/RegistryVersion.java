package dev.trackside.history;

/**
 * Which registry, and which state of it.
 *
 * @param id tells a registry from every other; empty for none
 * @param revision how often it has changed
 */
record RegistryVersion(String id, long revision) {
  static final RegistryVersion NONE = new RegistryVersion("", 0);
}
