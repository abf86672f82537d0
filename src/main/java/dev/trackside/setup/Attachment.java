package dev.trackside.setup;

/** A file that an app reads its settings from. */
public record Attachment(String name, String text) {}
