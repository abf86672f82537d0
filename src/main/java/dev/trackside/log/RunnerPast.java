package dev.trackside.log;

import dev.trackside.track.Fix;
import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import java.util.List;
import java.util.Map;

/**
 * What a longer log knows of a runner's past.
 *
 * @param version what {@link Newest#version(Runner)} was before the lookup
 * @param newest the positions that arrived last, in {@code seq} order, possibly none
 * @param newestTimeMs the newest moment of the runner's positions, which none reached before it
 *     arrived
 * @param newestGivenMs the newest time that the phone gave, which can be later
 * @param duplicates the appended fixes that are stored already, with their numbers
 */
public record RunnerPast(
    long version,
    List<Position> newest,
    long newestTimeMs,
    long newestGivenMs,
    Map<Fix, Long> duplicates) {
  public static RunnerPast nothing(long version) {
    return new RunnerPast(version, List.of(), Long.MIN_VALUE, Long.MIN_VALUE, Map.of());
  }
}
