package dev.trackside.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** A target that may take only so much memory for each byte. One thread at a time. */
final class Measured implements Target {
  private static final long MOST_BYTES = 48L << 20;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final Target target;

  Measured(Target target) {
    this.target = target;
  }

  @Override
  public void take(byte[] bytes) throws Exception {
    long taken = measured(bytes);
    if (taken > MOST_BYTES) {
      taken = measured(bytes); // the first time classes may have been loaded
    }
    Expect.that(taken <= MOST_BYTES, "an input takes little memory", taken, bytes.length);
  }

  private long measured(byte[] bytes) throws Exception {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    target.take(bytes);
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }
}
