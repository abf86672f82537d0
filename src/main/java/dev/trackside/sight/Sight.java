package dev.trackside.sight;

import dev.trackside.run.Trail;
import dev.trackside.track.Runner;
import dev.trackside.track.Status;
import java.util.Objects;

/**
 * What a client may see of a runner.
 *
 * @param edition differs whenever other positions may be shown
 */
public record Sight(Runner runner, String name, Status status, Trail trail, String edition) {
  /** Differs whenever the trail does. */
  public String trailTag() {
    return "W/\"%s%s\"".formatted(ends(), edition);
  }

  /** Differs whenever something that was shown is not any more. */
  public String shownTag() {
    return trail.firstSeq() + edition;
  }

  /** Differs whenever anything but the time does. */
  public String tag() {
    return "W/\"%s-%x%s\"".formatted(ends(), Objects.hash(name, status), edition);
  }

  private String ends() {
    return Long.toString(trail.firstSeq(), Character.MAX_RADIX)
        + '-'
        + Long.toString(trail.seq(), Character.MAX_RADIX);
  }
}
