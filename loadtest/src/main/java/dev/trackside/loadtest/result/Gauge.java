package dev.trackside.loadtest.result;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what a process on this machine uses from Linux's /proc. Where that fails, or once the
 * process has ended, everything but the CPU time is NaN or -1. Thread-safe.
 */
public final class Gauge {
  /** {@code USER_HZ}, which is 100 on all Linux systems. */
  private static final double TICKS_A_SECOND = 100;

  private static final int USER_TIME = 11;
  private static final int SYSTEM_TIME = 12;
  private static final int JCMD_SECONDS = 60;
  private static final Pattern USED = Pattern.compile("used (\\d+)K");

  /** The port it listens on; 0 if no other process is to take its place. */
  private final int port;

  private long pid;
  private double presentCpuSeconds;
  private double pastCpuSeconds;

  public Gauge(long pid) {
    this(pid, 0);
  }

  private Gauge(long pid, int port) {
    this.pid = pid;
    this.port = port;
  }

  /** The process that listens on a port, and after its end its successor there. */
  public static Optional<Gauge> onPort(int port) {
    OptionalInt pid = ListeningPorts.pidOf(port);
    return pid.isPresent() ? Optional.of(new Gauge(pid.getAsInt(), port)) : Optional.empty();
  }

  public synchronized long pid() {
    return pid;
  }

  /** User and system time since it began, including its predecessors'. */
  public synchronized double cpuSeconds() {
    double now = presentCpuSeconds();
    if (Double.isNaN(now) && port != 0) {
      OptionalInt successor = ListeningPorts.pidOf(port);
      if (successor.isPresent()) {
        pastCpuSeconds += presentCpuSeconds;
        pid = successor.getAsInt();
        now = presentCpuSeconds();
      }
    }
    presentCpuSeconds = Double.isNaN(now) ? presentCpuSeconds : now;
    return pastCpuSeconds + presentCpuSeconds;
  }

  private double presentCpuSeconds() {
    try {
      String stat = Files.readString(proc("stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      return (Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[SYSTEM_TIME]))
          / TICKS_A_SECOND;
    } catch (IOException | RuntimeException e) {
      return Double.NaN;
    }
  }

  public double rssMib() {
    return status("VmRSS") / 1024;
  }

  public int threads() {
    double threads = status("Threads");
    return Double.isNaN(threads) ? -1 : (int) threads;
  }

  public int descriptors() {
    try (var open = Files.list(proc("fd"))) {
      return (int) open.count();
    } catch (IOException e) {
      return -1;
    }
  }

  private Path proc(String name) {
    return Path.of("/proc", String.valueOf(pid()), name);
  }

  private double status(String name) {
    try {
      for (String line : Files.readAllLines(proc("status"))) {
        if (line.startsWith(name + ':')) {
          return Double.parseDouble(line.replaceAll("\\D", ""));
        }
      }
    } catch (IOException e) {
      return Double.NaN;
    }
    return Double.NaN;
  }

  /** The heap in use after a garbage collection; NaN if it is not a JVM or there is no jcmd. */
  public double heapAfterGcMib() {
    if (jcmd("GC.run").isEmpty()) {
      return Double.NaN;
    }
    double kib = 0;
    boolean found = false;
    for (String line : jcmd("GC.heap_info").split("\n", -1)) {
      Matcher used = USED.matcher(line);
      if (!line.contains("Metaspace") && !line.contains("class space") && used.find()) {
        kib += Long.parseLong(used.group(1));
        found = true;
      }
    }
    return found ? kib / 1024 : Double.NaN;
  }

  private String jcmd(String command) {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    if (!Files.isExecutable(jcmd)) {
      return "";
    }
    try {
      var process =
          new ProcessBuilder(jcmd.toString(), String.valueOf(pid()), command)
              .redirectErrorStream(true)
              .start();
      String said = new String(process.getInputStream().readAllBytes(), UTF_8);
      return process.waitFor(JCMD_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0
          ? said
          : "";
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }
}
