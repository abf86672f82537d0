package dev.trackside.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trackside.api.RepeatableClaims.Made;
import dev.trackside.api.RepeatableClaims.Name;
import dev.trackside.call.Problem;
import dev.trackside.support.Calls;
import dev.trackside.support.Calls.Answer;
import dev.trackside.support.Owner;
import dev.trackside.support.Running;
import dev.trackside.support.StoppedClock;
import dev.trackside.track.Runner;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A claim whose answer was lost is asked for again, by whoever made it and nobody else. */
class RepeatedClaimTest {
  private static final String NAME = "Idempotency-Key";
  private static final String UUID = "\"8e03978e-40d5-43e8-bc93-6894a57f9324\"";
  private static final String ANNA = "{\"id\":\"anna\",\"name\":\"Anna\"}";

  private Running server;
  private Calls calls;

  @BeforeEach
  void start() throws IOException {
    server = Running.with("--proxy=127.0.0.1", "--admin-key=the-boss-of-this-race");
    calls = new Calls(server.http());
  }

  @AfterEach
  void stop() throws IOException {
    calls.close();
    server.close();
  }

  private Answer claim(String body, String... headers) throws Exception {
    return calls.post("/api/runners", body, headers);
  }

  @ParameterizedTest
  @ValueSource(strings = {ANNA, "{}", "{\"visibility\":\"public\"}", ""})
  void repeatedCallHasTheSameAnswer(String body) throws Exception {
    Answer first = claim(body, NAME, UUID);
    assertThat(first.status()).isEqualTo(201);
    for (int i = 0; i < 3; i++) {
      Answer again = claim(body, NAME, UUID);
      assertThat(again.status()).isEqualTo(201);
      assertThat(again.json()).isEqualTo(first.json());
      assertThat(again.header("Cache-Control")).isEqualTo("no-store");
    }
    String key = first.json().path("key").asString();
    assertThat(calls.get("/api/me", Owner.bearer(key)).status()).isEqualTo(200);
    String other = claim("{\"id\":\"bob\"}", NAME, "\"another\"").json().path("key").asString();
    assertThat(other).isNotEqualTo(key);
  }

  @Test
  void withoutTheHeaderAClaimIsTaken() throws Exception {
    assertThat(claim(ANNA).status()).isEqualTo(201);
    assertThat(claim(ANNA).status()).isEqualTo(409);
    assertThat(claim(ANNA, NAME, UUID).status()).isEqualTo(409);
    assertThat(claim(ANNA, NAME, UUID).status()).as("a failure is not kept").isEqualTo(409);
  }

  @Test
  void nobodyElseIsToldTheKey() throws Exception {
    assertThat(claim(ANNA, NAME, UUID, "X-Forwarded-For", "192.0.2.1").status()).isEqualTo(201);
    assertThat(claim(ANNA, NAME, UUID, "X-Forwarded-For", "192.0.2.2").status()).isEqualTo(409);
    assertThat(claim(ANNA, NAME, UUID).status()).isEqualTo(409);
    assertThat(claim(ANNA, NAME, "\"guess\"", "X-Forwarded-For", "192.0.2.1").status())
        .isEqualTo(409);
    assertThat(claim(ANNA, NAME, UUID, "X-Forwarded-For", "192.0.2.1").status()).isEqualTo(201);
  }

  @Test
  void runnerInARaceTakesTheAdminKeyEachTime() throws Exception {
    String[] boss = {NAME, UUID, "Authorization", "Bearer the-boss-of-this-race"};
    String body = "{\"id\":\"berlin/1\"}";
    Answer first = claim(body, boss);
    assertThat(first.status()).isEqualTo(201);
    assertThat(claim(body, boss).json()).isEqualTo(first.json());
    assertThat(claim(body, NAME, UUID).status()).isEqualTo(401);
  }

  @Test
  void sameNameForAnotherClaimIsAnError() throws Exception {
    claim(ANNA, NAME, UUID);
    Answer reused = claim("{\"id\":\"bob\"}", NAME, UUID);
    assertThat(reused.status()).isEqualTo(422);
    assertThat(reused.code()).isEqualTo("idempotency_key_reused");
    assertThat(calls.get("/api/runners/bob").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"\"", "a b", "\"a\\\"b\""})
  void nameThatIsNoneIsToldSo(String name) throws Exception {
    Answer answer = claim(ANNA, NAME, name);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.message()).contains(NAME).contains("1 to 128");
  }

  @Test
  void erasedOrChangedClaimIsNotRepeated() throws Exception {
    String key = claim(ANNA, NAME, UUID).json().path("key").asString();
    calls.post("/api/runners/anna/key", "", Owner.bearer(key));
    assertThat(claim(ANNA, NAME, UUID).status()).as("it has another key").isEqualTo(409);
    calls.call(
        "DELETE",
        "/api/runners/anna",
        BodyPublishers.noBody(),
        "Authorization",
        "Bearer the-boss-of-this-race");
    Answer again = claim(ANNA, NAME, UUID);
    assertThat(again.status()).isEqualTo(201);
    assertThat(again.json().path("key").asString()).isNotEqualTo(key);
  }

  @Test
  void ofManyAtOnceOneClaimsAndAllHaveItsKeyOrAskAgain() throws Exception {
    var all = new ArrayList<CompletableFuture<Answer>>();
    for (int i = 0; i < 30; i++) {
      all.add(CompletableFuture.supplyAsync(() -> unchecked(NAME, UUID)));
    }
    var keys = new HashSet<String>();
    for (CompletableFuture<Answer> one : all) {
      Answer answer = one.get();
      assertThat(answer.status()).isIn(201, 409);
      if (answer.status() == 201) {
        keys.add(answer.json().path("key").asString());
      }
    }
    assertThat(keys).hasSize(1);
  }

  private Answer unchecked(String... headers) {
    try {
      return claim("{}", headers);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void theyAreBoundedAndAge() {
    var clock = new StoppedClock(1_795_000_000_000L);
    var claims = new RepeatableClaims(clock);
    var made = new AtomicInteger();
    for (int i = 0; i < RepeatableClaims.MOST + 1; i++) {
      get(claims, "n" + i, made);
    }
    get(claims, "n1", made);
    assertThat(made).as("the newest are known").hasValue(RepeatableClaims.MOST + 1);
    get(claims, "n0", made);
    assertThat(made).as("the oldest is not").hasValue(RepeatableClaims.MOST + 2);
    clock.forward(RepeatableClaims.KEPT);
    get(claims, "n5000", made);
    assertThat(made).as("a day later none is").hasValue(RepeatableClaims.MOST + 3);
  }

  private static void get(RepeatableClaims claims, String name, AtomicInteger made) {
    claims.get(
        new Name(name, null, null),
        "{}",
        _ -> true,
        () -> new Made(new Runner("r" + made.incrementAndGet()), "key", "follow"));
  }

  @Test
  void whileOneIsBeingAnsweredAnotherIsAskedToComeBack() {
    var claims = new RepeatableClaims(new StoppedClock(1_795_000_000_000L));
    var name = new Name("a", "address", null);
    claims.get(
        name,
        "{}",
        _ -> true,
        () -> {
          assertThatThrownBy(() -> claims.get(name, "{}", _ -> true, RepeatedClaimTest::made))
              .isInstanceOf(Problem.class)
              .hasMessageContaining("is being answered");
          return made();
        });
  }

  private static Made made() {
    return new Made(new Runner("anna"), "key", "follow");
  }
}
