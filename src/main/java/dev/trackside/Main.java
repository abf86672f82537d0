package dev.trackside;

public final class Main {
  private Main() {}

  public static void main(String[] args) throws Exception {
    int port = Integer.parseInt(args[1]);
    var server = new Server(new Settings(port, "127.0.0.1", java.nio.file.Path.of(args[3])));
    System.out.println("on " + server.port());
    Thread.currentThread().join();
  }
}
