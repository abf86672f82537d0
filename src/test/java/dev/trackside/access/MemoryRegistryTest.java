package dev.trackside.access;

final class MemoryRegistryTest extends RegistryContract {
  @Override
  protected Registry open() {
    return new MemoryRegistry();
  }
}
