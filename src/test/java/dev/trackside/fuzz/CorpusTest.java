package dev.trackside.fuzz;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every sample, and everything that ever broke a rule, through the fuzzer's targets again. */
class CorpusTest {
  private static final Map<Targets, Target> TARGETS = new EnumMap<>(Targets.class);

  private static List<Path> samples(Targets target) throws IOException, URISyntaxException {
    var directory = requireNonNull(CorpusTest.class.getResource("/fuzz/" + target.label()));
    try (Stream<Path> files = Files.list(Path.of(directory.toURI()))) {
      return files.sorted().toList();
    }
  }

  static Stream<Arguments> samples() throws IOException, URISyntaxException {
    var all = Stream.<Arguments>builder();
    for (Targets target : Targets.values()) {
      for (Path file : samples(target)) {
        all.add(argumentSet(target.label() + "/" + file.getFileName(), target, file));
      }
    }
    return all.build();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void everySampleKeepsTheRules(Targets target, Path file) throws Exception {
    TARGETS.computeIfAbsent(target, t -> new Measured(t.made())).take(Files.readAllBytes(file));
  }

  @ParameterizedTest
  @EnumSource
  void everyTargetHasSamples(Targets target) throws Exception {
    assertThat(samples(target)).hasSizeGreaterThanOrEqualTo(5);
  }
}
