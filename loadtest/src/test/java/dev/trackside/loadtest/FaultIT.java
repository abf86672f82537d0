package dev.trackside.loadtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.trackside.loadtest.Relay.Fault;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The load test detects a fault in a single frame of a race. */
@Execution(ExecutionMode.CONCURRENT)
final class FaultIT {
  private static final int VICTIM = 80;
  private static final char[] PASSWORD = "changeit".toCharArray();

  private static Launched server;

  @TempDir private static Path data;

  @BeforeAll
  static void start() throws IOException {
    server = new Launched(data.resolve("data"));
  }

  @AfterAll
  static void end() {
    server.close();
  }

  private static Played with(Fault fault, String... options) throws IOException {
    try (var relay = new Relay(ServerSocketFactory.getDefault(), server.port(), fault, VICTIM)) {
      var words = new ArrayList<>(List.of(options));
      words.addAll(
          List.of(
              "--runners=4",
              "--spectators=8",
              "--minutes=0.05",
              "--rate=5",
              "--pace=0",
              "--patience=1s",
              "--keep"));
      return Played.race("ws://127.0.0.1:" + relay.port(), words.toArray(String[]::new));
    }
  }

  @Test
  void aFrameThatIsDroppedIsLost() throws Exception {
    Played race = with(Fault.DROP, "--client=java-websocket");
    assertThat(race.counts().lost()).as(race.said()).isEqualTo(1);
    assertThat(race.exit()).as(race.said()).isEqualTo(1);
    assertThat(race.outcome().failures())
        .containsExactly("1 positions were lost, at most 0 allowed");
  }

  @Test
  void aFrameThatComesTwiceIsADuplicate() throws Exception {
    Played race = with(Fault.DOUBLE, "--client=jetty", "--follow=everyone");
    assertThat(race.counts().duplicates()).isEqualTo(1);
    assertThat(race.counts().lost()).isZero();
    assertThat(race.exit()).as(race.said()).isEqualTo(1);
  }

  @Test
  void framesThatChangePlacesAreOutOfOrder() throws Exception {
    Played race = with(Fault.SWAP, "--client=jetty");
    assertThat(race.counts().disordered()).isEqualTo(1);
    assertThat(race.counts().lost()).isZero();
    assertThat(race.exit()).as(race.said()).isEqualTo(1);
  }

  @Test
  void whoIsThereAlreadyIsLeftAlone() throws Exception {
    String url = "ws://127.0.0.1:" + server.port();
    String[] options = {
      "--race=twice", "--runners=2", "--spectators=1", "--minutes=0.02", "--ramp=0s", "--keep"
    };
    assertThat(Played.race(url, options).exit()).isZero();
    options[options.length - 1] = "--patience=1s";
    assertThatIllegalStateException()
        .isThrownBy(() -> Played.race(url, options))
        .withMessageStartingWith(
            "2 loadtest: twice/1 is on the server already: choose another --race");
  }

  @Test
  void aRelayThatDoesNothingIsNoFault() throws Exception {
    Played race = with(Fault.NONE);
    assertThat(race.exit()).as(race.said()).isZero();
  }

  @Test
  void aCertificateOfTheServersOwnNeedsInsecure() throws Exception {
    try (var relay = new Relay(tls(), server.port(), Fault.NONE, VICTIM)) {
      String url = "wss://127.0.0.1:" + relay.port();
      for (String client : List.of("java-websocket", "jetty")) {
        String[] options = {
          "--runners=2",
          "--spectators=4",
          "--minutes=0.02",
          "--ramp=0s",
          "--patience=1s",
          "--client=" + client,
          "--keep"
        };
        String[] insecure = Arrays.copyOf(options, options.length + 1);
        insecure[options.length] = "--insecure";
        Played trusting = Played.race(url, insecure);
        assertThat(trusting.exit()).as(trusting.said()).isZero();
        assertThatIllegalStateException()
            .isThrownBy(() -> Played.race(url, options))
            .withMessageStartingWith("2 loadtest: no server answers: https://127.0.0.1");
      }
    }
  }

  private static ServerSocketFactory tls() throws Exception {
    Path store = data.resolve("self-signed.p12");
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    Process made =
        new ProcessBuilder(
                keytool,
                "-genkeypair",
                "-keyalg",
                "EC",
                "-dname",
                "CN=somebody",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                new String(PASSWORD))
            .redirectErrorStream(true)
            .start();
    made.getInputStream().readAllBytes();
    assertThat(made.waitFor()).isZero();
    var keys = KeyStore.getInstance("PKCS12");
    try (var file = new FileInputStream(store.toFile())) {
      keys.load(file, PASSWORD);
    }
    var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD);
    var context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context.getServerSocketFactory();
  }
}
