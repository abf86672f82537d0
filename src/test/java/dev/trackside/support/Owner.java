package dev.trackside.support;

import dev.trackside.support.Calls.Answer;
import java.net.http.HttpRequest.BodyPublishers;
import tools.jackson.databind.JsonNode;

/** The owner of a claimed id, who calls the server with its key. */
public final class Owner {
  private final Calls calls;
  public final String path;
  public final String id;
  public String key;

  /** Claims an id; {@code more} are further members of the body, such as a visibility. */
  public Owner(Calls calls, String id, String more) throws Exception {
    this(calls, id, more, "");
  }

  public Owner(Calls calls, String id, String more, String adminKey) throws Exception {
    this.calls = calls;
    Answer answer =
        calls.post("/api/runners", "{\"id\":\"" + id + "\"" + more + "}", bearer(adminKey));
    if (answer.status() != 201) {
      throw new AssertionError(answer.text());
    }
    this.id = answer.json().path("id").asString();
    this.key = answer.json().path("key").asString();
    this.path =
        "/api/" + (id.contains("/") ? "races/" + id.replace("/", "/runners/") : "runners/" + id);
  }

  private Owner(Calls calls, Owner same) {
    this.calls = calls;
    this.id = same.id;
    this.key = same.key;
    this.path = same.path;
  }

  /** The owner of the run that a page keeps. */
  public Owner(Calls calls, JsonNode run) {
    this.calls = calls;
    this.id = run.path("id").asString();
    this.key = run.path("key").asString();
    this.path = "/api/runners/" + id;
  }

  /** The same owner, who calls through another client. */
  public Owner through(Calls other) {
    return new Owner(other, this);
  }

  public static String[] bearer(String key) {
    return key.isEmpty() ? new String[0] : new String[] {"Authorization", "Bearer " + key};
  }

  public Answer change(String body) throws Exception {
    return calls.call("PATCH", path, BodyPublishers.ofString(body), bearer(key));
  }

  public Answer publish(String body) throws Exception {
    return calls.post(path + "/positions", body, bearer(key));
  }

  public Answer call(String method, String below) throws Exception {
    return calls.call(method, path + below, BodyPublishers.noBody(), bearer(key));
  }

  /** Makes a link and returns the answer. */
  public Answer link(String body) throws Exception {
    return calls.post(path + "/links", body, bearer(key));
  }
}
