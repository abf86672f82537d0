package dev.trackside.options;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Takes defaults from TRACKSIDE_… variables. */
final class Environment implements IDefaultValueProvider {
  @Override
  public @Nullable String defaultValue(ArgSpec argument) {
    return argument instanceof OptionSpec option
        ? System.getenv(
            "TRACKSIDE_"
                + option.longestName().substring(2).replace('-', '_').toUpperCase(Locale.ROOT))
        : null;
  }
}
