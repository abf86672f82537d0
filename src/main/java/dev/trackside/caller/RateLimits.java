package dev.trackside.caller;

import static java.util.Objects.requireNonNull;

import io.github.bucket4j.TimeMeter;
import java.net.InetAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How much everybody has done who called lately, by address. There is room for {@value #MOST}
 * addresses: those who have done nothing lately make room first; then those who are new share one
 * allowance. Safe for use by many threads.
 */
public final class RateLimits {
  static final int MOST = 100_000;
  private static final long SWEEP_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Limits limits;
  private final int most;
  private final TimeMeter clock;
  private final AtomicLong sweptNanos;
  private final ConcurrentHashMap<Network, Client> clients = new ConcurrentHashMap<>();

  /**
   * @param nanos a clock that never goes back
   */
  public RateLimits(Limits limits, LongSupplier nanos) {
    this(limits, nanos, MOST);
  }

  RateLimits(Limits limits, LongSupplier nanos, int most) {
    this.limits = limits;
    this.most = most;
    this.clock = new Clock(nanos);
    this.sweptNanos = new AtomicLong(nanos.getAsLong());
  }

  /**
   * Who calls from an address.
   *
   * @param address the one that counts
   * @param proxied whether a trusted proxy says so: then it is limited, whatever it is
   */
  public Caller of(InetAddress address, boolean proxied) {
    boolean exempt = address.isLoopbackAddress() && !proxied && !limits.loopback();
    return new Caller(this, exempt ? null : Network.of(address));
  }

  Limits limits() {
    return limits;
  }

  /** As what an address is counted: as itself when it is known or there is room. */
  Network counted(Network network) {
    if (clients.containsKey(network) || clients.size() < most) {
      return network;
    }
    long nowNanos = clock.currentTimeNanos();
    long before = sweptNanos.get();
    if (nowNanos - before >= SWEEP_NANOS && sweptNanos.compareAndSet(before, nowNanos)) {
      sweep();
    }
    return clients.size() < most ? network : Network.OTHERS;
  }

  /** Does something with a client's record. */
  <T> T at(Network counted, Function<Client, T> action) {
    var answer = new AtomicReference<@Nullable T>();
    clients.compute(
        counted,
        (_, known) -> {
          Client client = known == null ? new Client(limits, clock) : known;
          answer.set(action.apply(client));
          return client;
        });
    return requireNonNull(answer.get());
  }

  void left(Network counted) {
    clients.computeIfPresent(
        counted,
        (_, client) -> {
          client.leave();
          return client.isIdle() ? null : client;
        });
  }

  /** Forgets those who have done nothing lately. */
  public void sweep() {
    for (Network network : clients.keySet()) {
      clients.computeIfPresent(network, (_, client) -> client.isIdle() ? null : client);
    }
  }

  /** How many addresses have done something lately. */
  public int count() {
    sweep();
    return clients.size();
  }

  private record Clock(LongSupplier nanos) implements TimeMeter {
    @Override
    public long currentTimeNanos() {
      return nanos.getAsLong();
    }

    @Override
    public boolean isWallClockBased() {
      return false;
    }
  }
}
