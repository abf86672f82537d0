package dev.trackside.log;

import dev.trackside.track.Fix;
import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import java.util.List;
import java.util.Map;

/**
 * What a longer log knows of a runner's past.
 *
 * @param version what {@link Newest#version(Runner)} was before it was looked up
 * @param newest the positions that arrived last, in {@code seq} order, perhaps none
 * @param newestTimeMs the newest moment of any of his positions
 * @param newestMomentMs the newest moment that his phone gave, which may be a later one
 * @param duplicates those fixes in question that are stored there, with their numbers
 */
public record RunnerPast(
    long version,
    List<Position> newest,
    long newestTimeMs,
    long newestMomentMs,
    Map<Fix, Long> duplicates) {
  /** No past at all. */
  public static RunnerPast nothing(long version) {
    return new RunnerPast(version, List.of(), Long.MIN_VALUE, Long.MIN_VALUE, Map.of());
  }
}
