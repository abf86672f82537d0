package dev.trackside.history;

import static java.util.stream.Collectors.joining;

import dev.trackside.access.PastRuns;
import dev.trackside.access.RunEnd;
import dev.trackside.access.RunSpan;
import dev.trackside.access.RunSpan.Spot;
import dev.trackside.access.Zone;
import java.util.List;
import java.util.stream.Stream;

/** What is stored of runs as the text of a column, and back. */
final class RunText {
  private static final String BETWEEN = ";";

  private RunText() {}

  private static Stream<String> parts(String text) {
    return text.isEmpty() ? Stream.empty() : Stream.of(text.split(BETWEEN, -1));
  }

  static String ofEnds(List<RunEnd> ends) {
    return ends.stream().map(end -> end.lastMs() + "," + end.endedMs()).collect(joining(BETWEEN));
  }

  static List<RunEnd> ends(String text) {
    return parts(text).map(RunText::end).toList();
  }

  private static RunEnd end(String text) {
    String[] parts = text.split(",", 2);
    return new RunEnd(Long.parseLong(parts[0]), Long.parseLong(parts[1]));
  }

  static String ofZones(List<Zone> zones) {
    return zones.stream()
        .map(zone -> zone.latDeg() + "," + zone.lonDeg() + "," + zone.slackM())
        .collect(joining(BETWEEN));
  }

  static List<Zone> zones(String text) {
    return parts(text).map(RunText::zone).toList();
  }

  private static Zone zone(String text) {
    String[] parts = text.split(",", 3);
    return new Zone(
        Double.parseDouble(parts[0]), Double.parseDouble(parts[1]), Integer.parseInt(parts[2]));
  }

  static String of(PastRuns past) {
    Stream<String> runs =
        past.runs().stream()
            .map(run -> run.afterMs() + "," + of(run.first()) + "," + of(run.last()));
    return past.equals(PastRuns.NONE)
        ? ""
        : Stream.concat(Stream.of(String.valueOf(past.seq())), runs).collect(joining(BETWEEN));
  }

  private static String of(Spot spot) {
    return spot.tMs() + "," + spot.latDeg() + "," + spot.lonDeg();
  }

  static PastRuns past(String text) {
    List<String> all = parts(text).toList();
    return all.isEmpty()
        ? PastRuns.NONE
        : new PastRuns(
            Long.parseLong(all.getFirst()), all.stream().skip(1).map(RunText::run).toList());
  }

  private static RunSpan run(String text) {
    String[] parts = text.split(",", 7);
    return new RunSpan(Long.parseLong(parts[0]), spot(parts, 1), spot(parts, 4));
  }

  private static Spot spot(String[] parts, int from) {
    return new Spot(
        Long.parseLong(parts[from]),
        Double.parseDouble(parts[from + 1]),
        Double.parseDouble(parts[from + 2]));
  }
}
