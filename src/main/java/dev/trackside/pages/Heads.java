package dev.trackside.pages;

import static dev.trackside.pages.Template.escaped;

import dev.trackside.picture.Previews;

/**
 * What other programs are told of a page, such as chats that show what a link leads to: Open Graph.
 * They keep it longer than a link lasts, so of who is not public it is the name alone.
 */
final class Heads {
  /** Of the first page. */
  static final String FIRST =
      about("Trackside: who is running now", "Runs and races, live on a map.");

  private static final String NOT_INDEXED = "<meta name=\"robots\" content=\"noindex\">\n";

  /** Of a page that says nothing of whom it is about. */
  static final String CLOSED = "<title>Trackside</title>\n" + NOT_INDEXED;

  private Heads() {}

  /**
   * Of a page for everybody.
   *
   * @param url where it is
   * @param picture whether there is one below it
   */
  static String open(String name, String description, String url, boolean picture) {
    var head = new StringBuilder(about(name + " · Trackside", description));
    property(head, "og:url", url);
    if (picture) {
      property(head, "og:image", url + "/preview.png");
      property(head, "og:image:type", "image/png");
      property(head, "og:image:width", String.valueOf(Previews.WIDTH));
      property(head, "og:image:height", String.valueOf(Previews.HEIGHT));
      property(head, "og:image:alt", "The track of " + name);
    }
    meta(head, "twitter:card", picture ? "summary_large_image" : "summary");
    return head.toString();
  }

  /** Of a page that a link opens. */
  static String byLink(String name, String description) {
    var head = new StringBuilder(NOT_INDEXED).append(about(name, description));
    meta(head, "twitter:card", "summary");
    return head.toString();
  }

  private static String about(String title, String description) {
    var head = new StringBuilder("<title>").append(escaped(title)).append("</title>\n");
    meta(head, "description", description);
    property(head, "og:type", "website");
    property(head, "og:site_name", "Trackside");
    property(head, "og:title", title);
    property(head, "og:description", description);
    return head.toString();
  }

  private static void property(StringBuilder head, String name, String content) {
    line(head, "property", name, content);
  }

  private static void meta(StringBuilder head, String name, String content) {
    line(head, "name", name, content);
  }

  private static void line(StringBuilder head, String kind, String name, String content) {
    head.append("<meta ").append(kind).append("=\"").append(name).append("\" content=\"");
    head.append(escaped(content)).append("\">\n");
  }
}
