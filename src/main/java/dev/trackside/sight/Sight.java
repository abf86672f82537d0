package dev.trackside.sight;

import dev.trackside.run.Trail;
import dev.trackside.track.Runner;
import dev.trackside.track.Status;
import java.util.Objects;

/**
 * What a client may see of a runner.
 *
 * @param hidden differs with what is hidden
 */
public record Sight(Runner runner, String name, Status status, Trail trail, String hidden) {
  /** Differs whenever the trail does. */
  public String trailTag() {
    return "W/\"%s%s\"".formatted(ends(), hidden);
  }

  /** Differs whenever something that was shown is not any more. */
  public String shownTag() {
    return trail.firstSeq() + hidden;
  }

  /** Differs whenever anything but the time does. */
  public String tag() {
    return "W/\"%s-%x%s\"".formatted(ends(), Objects.hash(name, status), hidden);
  }

  private String ends() {
    return Long.toString(trail.firstSeq(), Character.MAX_RADIX)
        + '-'
        + Long.toString(trail.seq(), Character.MAX_RADIX);
  }
}
