package dev.trackside.hub;

import dev.trackside.track.View;
import org.jspecify.annotations.Nullable;

/**
 * What a race's feed has brought of a runner: everything after a number, up to another.
 *
 * @param otherView the race's view, if it is not that of the runner's own feed
 * @param goesOn whether it owes what comes after that
 * @param former what it had brought when it was followed before
 */
record Brought(
    long afterSeq,
    long untilSeq,
    @Nullable View otherView,
    boolean goesOn,
    @Nullable Brought former) {
  boolean covers(long seq) {
    return (seq > afterSeq && seq <= untilSeq) || (former != null && former.covers(seq));
  }
}
