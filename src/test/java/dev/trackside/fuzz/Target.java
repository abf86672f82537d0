package dev.trackside.fuzz;

/** Takes bytes as a stranger may send them, and holds what becomes of them against the rules. */
@FunctionalInterface
public interface Target {
  /**
   * Takes one input.
   *
   * @throws AssertionError when a rule is broken
   * @throws Exception when something fails that must not
   */
  void take(byte[] bytes) throws Exception;
}
