package dev.trackside.access;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A registry that ends with the process. Safe for use by many threads. */
public final class MemoryRegistry implements Registry {
  private final Map<Object, RegistryEntry> entries = new LinkedHashMap<>();
  private final List<Watcher> watchers = new ArrayList<>();

  private static Object idOf(RegistryEntry entry) {
    return switch (entry) {
      case Claim claim -> claim.runner();
      case Link link -> "link/" + link.id();
      case Secret secret -> "secret/" + secret.name();
    };
  }

  @Override
  public synchronized void watch(Watcher watcher) {
    List<RegistryEntry> all = List.copyOf(entries.values());
    all.stream().filter(Secret.class::isInstance).forEach(entry -> watcher.changed(null, entry));
    all.stream().filter(Claim.class::isInstance).forEach(entry -> watcher.changed(null, entry));
    all.stream().filter(Link.class::isInstance).forEach(entry -> watcher.changed(null, entry));
    watchers.add(watcher);
  }

  @Override
  public synchronized boolean create(RegistryEntry entry) {
    return entries.putIfAbsent(idOf(entry), entry) == null && tell(null, entry);
  }

  @Override
  public synchronized boolean replace(RegistryEntry before, RegistryEntry after) {
    return entries.replace(idOf(before), before, after) && tell(before, after);
  }

  @Override
  public synchronized boolean remove(RegistryEntry entry) {
    return entries.remove(idOf(entry), entry) && tell(entry, null);
  }

  private boolean tell(@Nullable RegistryEntry before, @Nullable RegistryEntry after) {
    watchers.forEach(watcher -> watcher.changed(before, after));
    return true;
  }

  @Override
  public void close() {}
}
