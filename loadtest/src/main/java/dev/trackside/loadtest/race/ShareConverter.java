package dev.trackside.loadtest.race;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code 1%}, or {@code 1%/s} for something that happens every second. */
final class ShareConverter implements ITypeConverter<Share> {
  @Override
  public Share convert(String text) {
    try {
      return Share.parse(text.endsWith("/s") ? text.substring(0, text.length() - 2) : text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
