package dev.trackside.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The runner's page and what makes it an app that opens without a network. Immutable.
 *
 * @param worker the service worker; it differs whenever any file that it keeps does, which is how
 *     browsers learn of a new version
 */
record RunPage(String page, String manifest, String worker) {
  private static final Pattern FILE = Pattern.compile("\"(/assets/[^\"]+)\"");

  static RunPage read() throws IOException {
    String page = Assets.text("/public/run.html");
    String manifest = Assets.text("/public/run.webmanifest");
    String worker = Assets.text("/public/run-worker.js");
    var all = new ByteArrayOutputStream();
    all.writeBytes((page + manifest + worker).getBytes(UTF_8));
    for (MatchResult file : FILE.matcher(worker).results().toList()) {
      all.writeBytes(Assets.read("/public" + file.group(1)));
    }
    return new RunPage(
        page, manifest, worker.replace("@version@", Assets.digest(all.toByteArray())));
  }
}
