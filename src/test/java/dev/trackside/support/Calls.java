package dev.trackside.support;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The JDK's HTTP client, and the words in which tests speak to a server. */
public final class Calls implements AutoCloseable {
  /** What a server answered. */
  public record Answer(int status, HttpResponse<byte[]> response) {
    public String text() {
      return new String(bytes(), UTF_8);
    }

    public byte[] bytes() {
      return response.body();
    }

    public JsonNode json() {
      return new JsonMapper().readTree(bytes());
    }

    public String message() {
      return json().path("error").path("message").asString();
    }

    public String code() {
      return json().path("error").path("code").asString();
    }

    /** The value of a header, or the empty string. */
    public String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }
  }

  private final HttpClient client = HttpClient.newHttpClient();
  private final URI server;

  public Calls(URI server) {
    this.server = server;
  }

  public Answer get(String path, String... headers) throws IOException, InterruptedException {
    return call("GET", path, BodyPublishers.noBody(), headers);
  }

  public Answer post(String path, String body, String... headers)
      throws IOException, InterruptedException {
    return call("POST", path, BodyPublishers.ofString(body), headers);
  }

  public Answer post(String path, byte[] body, String... headers)
      throws IOException, InterruptedException {
    return call("POST", path, BodyPublishers.ofByteArray(body), headers);
  }

  public Answer call(String method, String path, BodyPublisher body, String... headers)
      throws IOException, InterruptedException {
    HttpResponse<byte[]> response =
        client.send(request(method, path, body, headers), BodyHandlers.ofByteArray());
    return new Answer(response.statusCode(), response);
  }

  public HttpResponse<InputStream> stream(String path, String... headers)
      throws IOException, InterruptedException {
    return client.send(
        request("GET", path, BodyPublishers.noBody(), headers), BodyHandlers.ofInputStream());
  }

  private HttpRequest request(String method, String path, BodyPublisher body, String... headers) {
    var request = HttpRequest.newBuilder(server.resolve(path)).method(method, body);
    return (headers.length == 0 ? request : request.headers(headers)).build();
  }

  public static byte[] zipped(byte[] bytes) throws IOException {
    var zipped = new ByteArrayOutputStream();
    try (var zip = new GZIPOutputStream(zipped)) {
      zip.write(bytes);
    }
    return zipped.toByteArray();
  }

  public static byte[] unzipped(byte[] bytes) throws IOException {
    try (var zip = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return zip.readAllBytes();
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
