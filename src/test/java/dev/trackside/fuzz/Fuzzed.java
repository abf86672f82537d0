package dev.trackside.fuzz;

/** Where Jazzer comes in: {@code --target_class=dev.trackside.fuzz.Fuzzed --target_args=frames}. */
public final class Fuzzed {
  private static Target target =
      _ -> {
        throw new IllegalStateException("no target was named");
      };

  private Fuzzed() {}

  public static void fuzzerInitialize(String[] args) {
    target = new Measured(Targets.of(args[0]).made());
  }

  public static void fuzzerTestOneInput(byte[] bytes) throws Exception {
    target.take(bytes);
  }
}
