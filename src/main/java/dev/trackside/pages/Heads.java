package dev.trackside.pages;

import static dev.trackside.pages.Templates.escaped;

import dev.trackside.picture.Previews;

/**
 * The part of a page's head for other programs, such as chats that preview a link (Open Graph).
 * They keep it longer than a link lasts, so of a runner who is not public it tells the name alone.
 */
final class Heads {
  static final String FIRST =
      about("Trackside: who is running now", "Runs and races, live on a map.");

  private static final String NOT_INDEXED = "<meta name=\"robots\" content=\"noindex\">\n";

  /** For a page that does not tell whom it is about. */
  static final String CLOSED = "<title>Trackside</title>\n" + NOT_INDEXED;

  private Heads() {}

  /**
   * For a public page.
   *
   * @param url the page's address
   * @param picture whether it has a preview
   */
  static String open(String name, String description, String url, boolean picture) {
    String head = about(name + " · Trackside", description) + property("og:url", url);
    if (picture) {
      head +=
          property("og:image", url + "/preview.png")
              + property("og:image:type", "image/png")
              + property("og:image:width", String.valueOf(Previews.WIDTH))
              + property("og:image:height", String.valueOf(Previews.HEIGHT))
              + property("og:image:alt", "The track of " + name);
    }
    return head + meta("name", "twitter:card", picture ? "summary_large_image" : "summary");
  }

  /** For a page that a link opens. */
  static String byLink(String name, String description) {
    return NOT_INDEXED + about(name, description) + meta("name", "twitter:card", "summary");
  }

  private static String about(String title, String description) {
    return "<title>%s</title>\n".formatted(escaped(title))
        + meta("name", "description", description)
        + property("og:type", "website")
        + property("og:site_name", "Trackside")
        + property("og:title", title)
        + property("og:description", description);
  }

  private static String property(String name, String content) {
    return meta("property", name, content);
  }

  private static String meta(String kind, String name, String content) {
    return "<meta %s=\"%s\" content=\"%s\">\n".formatted(kind, name, escaped(content));
  }
}
