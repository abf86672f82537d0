package dev.trackside.support;

import dev.trackside.access.Access;
import dev.trackside.access.Allowance;
import dev.trackside.access.Callers;
import dev.trackside.access.Claim;
import dev.trackside.access.Key;
import dev.trackside.access.Link;
import dev.trackside.access.Registry;
import dev.trackside.track.Feed;
import dev.trackside.track.Runner;
import dev.trackside.track.TrackLog;
import dev.trackside.track.Unclaimed;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;

/** A registry that forgets everything at its end. */
public final class MemoryRegistry implements Registry {
  private final List<Claim> claims = new ArrayList<>();
  private final List<Link> links = new ArrayList<>();

  /** Rights as they are before anybody has claimed anything. */
  public static Access access(TrackLog log, boolean open) {
    var timer = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());
    return new Access(
        new MemoryRegistry(),
        log,
        Unclaimed.unlimited(),
        open,
        Key.of("the admin's").hash(),
        InstantSource.system(),
        timer);
  }

  /** Nobody has called yet, and this machine may do as it likes. */
  public static Callers callers() {
    return new Callers(new Allowance(500, 50, 10, 20, false), System::nanoTime);
  }

  @Override
  public synchronized List<Claim> claims() {
    return List.copyOf(claims);
  }

  @Override
  public synchronized List<Link> links() {
    return List.copyOf(links);
  }

  @Override
  public synchronized void put(Claim claim) {
    claims.removeIf(other -> other.runner().equals(claim.runner()));
    claims.add(claim);
  }

  @Override
  public synchronized void remove(Runner runner) {
    claims.removeIf(claim -> claim.runner().equals(runner));
    links.removeIf(link -> link.feed().equals(new Feed.One(runner)));
  }

  @Override
  public synchronized void put(Link link) {
    remove(link);
    links.add(link);
  }

  @Override
  public synchronized void remove(Link link) {
    links.removeIf(other -> other.id().equals(link.id()));
  }

  @Override
  public void close() {}
}
