package dev.trackside.caller;

import static java.util.Objects.requireNonNull;

import io.github.bucket4j.TimeMeter;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Limits what each address may do. There is room for {@value #MOST} addresses: idle ones are
 * forgotten first, and then all new ones share one allowance. Safe for use by many threads.
 */
public final class RateLimits {
  static final int MOST = 100_000;

  /** What an address counts as: itself for IPv4, the /64 of a household for IPv6. */
  record Network(int version, long bits) {
    /** All addresses that there is no room to count by themselves. */
    static final Network OTHERS = new Network(0, 0);

    static Network of(InetAddress address) {
      ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
      return bytes.remaining() == 4
          ? new Network(4, bytes.getInt())
          : new Network(6, bytes.getLong());
    }
  }

  private static final long SWEEP_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Limits limits;
  private final TimeMeter clock;
  private final AtomicLong sweptNanos;
  private final ConcurrentHashMap<Network, Client> clients = new ConcurrentHashMap<>();

  /** Limits by a clock that never goes back. */
  public RateLimits(Limits limits, LongSupplier nanos) {
    this.limits = limits;
    this.clock = new Clock(nanos);
    this.sweptNanos = new AtomicLong(nanos.getAsLong());
  }

  /** The caller at an address, which is limited in any case when a trusted proxy named it. */
  public Caller of(InetAddress address, boolean proxied) {
    boolean exempt = address.isLoopbackAddress() && !proxied && !limits.loopback();
    return new Caller(this, exempt ? null : Network.of(address));
  }

  Limits limits() {
    return limits;
  }

  /** What a network is counted as: itself when it is known or there is room. */
  Network counted(Network network) {
    if (clients.containsKey(network) || clients.size() < MOST) {
      return network;
    }
    long nowNanos = clock.currentTimeNanos();
    long before = sweptNanos.get();
    if (nowNanos - before >= SWEEP_NANOS && sweptNanos.compareAndSet(before, nowNanos)) {
      sweep();
    }
    return clients.size() < MOST ? network : Network.OTHERS;
  }

  /** Does something with the client at a network. */
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

  /** Forgets idle addresses. */
  public void sweep() {
    for (Network network : clients.keySet()) {
      clients.computeIfPresent(network, (_, client) -> client.isIdle() ? null : client);
    }
  }

  /** How many addresses are not idle. */
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
