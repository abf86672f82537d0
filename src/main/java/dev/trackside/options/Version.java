package dev.trackside.options;

import picocli.CommandLine.IVersionProvider;

/** What this program calls itself: the jar's version, or "dev" when it was not run from one. */
public final class Version implements IVersionProvider {
  public static String text() {
    String version = Version.class.getPackage().getImplementationVersion();
    return "trackside " + (version == null ? "dev" : version);
  }

  @Override
  public String[] getVersion() {
    return new String[] {text()};
  }
}
