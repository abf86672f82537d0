package dev.trackside.access;

import static java.util.Objects.requireNonNull;

import io.github.bucket4j.TimeMeter;
import io.javalin.http.Context;
import java.net.InetAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Everybody who has called lately, by address. There is room for {@value #MOST} addresses: those
 * who have done nothing lately make room first; then those who are new share one allowance. Safe
 * for use by many threads.
 */
public final class Callers {
  /** The attribute of a request that says who makes it. */
  public static final String CALLER = "dev.trackside.caller";

  static final int MOST = 100_000;
  private static final long SWEEP_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Allowance allowance;
  private final int most;
  private final TimeMeter clock;
  private final AtomicLong sweptNanos;
  private final ConcurrentHashMap<Network, Account> accounts = new ConcurrentHashMap<>();

  /**
   * @param nanos a clock that never goes back
   */
  public Callers(Allowance allowance, LongSupplier nanos) {
    this(allowance, nanos, MOST);
  }

  Callers(Allowance allowance, LongSupplier nanos, int most) {
    this.allowance = allowance;
    this.most = most;
    this.clock = new Clock(nanos);
    this.sweptNanos = new AtomicLong(nanos.getAsLong());
  }

  /** Who makes a call. */
  public Caller of(Context ctx) {
    Caller noted = ctx.attribute(CALLER);
    return noted != null ? noted : of(Addresses.parseWithPort(ctx.ip()).orElseThrow(), false);
  }

  /**
   * Who calls from an address.
   *
   * @param address the one that counts
   * @param proxied whether a trusted proxy says so: then it is limited, whatever it is
   */
  public Caller of(InetAddress address, boolean proxied) {
    boolean exempt = address.isLoopbackAddress() && !proxied && !allowance.loopback();
    return new Caller(this, exempt ? null : Network.of(address));
  }

  Allowance allowance() {
    return allowance;
  }

  /** As what an address is counted: as itself when it is known or there is room. */
  Network counted(Network network) {
    if (accounts.containsKey(network) || accounts.size() < most) {
      return network;
    }
    long nowNanos = clock.currentTimeNanos();
    long before = sweptNanos.get();
    if (nowNanos - before >= SWEEP_NANOS && sweptNanos.compareAndSet(before, nowNanos)) {
      sweep();
    }
    return accounts.size() < most ? network : Network.OTHERS;
  }

  /** Does something with an account. */
  <T> T at(Network counted, Function<Account, T> action) {
    var answer = new AtomicReference<@Nullable T>();
    accounts.compute(
        counted,
        (_, known) -> {
          Account account = known == null ? new Account(allowance, clock) : known;
          answer.set(action.apply(account));
          return account;
        });
    return requireNonNull(answer.get());
  }

  void left(Network counted) {
    accounts.computeIfPresent(
        counted,
        (_, account) -> {
          account.leave();
          return account.isIdle() ? null : account;
        });
  }

  /** Forgets those who have done nothing lately. */
  public void sweep() {
    for (Network network : accounts.keySet()) {
      accounts.computeIfPresent(network, (_, account) -> account.isIdle() ? null : account);
    }
  }

  /** How many addresses are known. */
  public int count() {
    return accounts.size();
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
