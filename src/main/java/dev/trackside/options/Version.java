package dev.trackside.options;

/** What this program calls itself: the jar's version, or "dev" when it was not run from one. */
public final class Version {
  private Version() {}

  public static String text() {
    String version = Version.class.getPackage().getImplementationVersion();
    return "trackside " + (version == null ? "dev" : version);
  }
}
