package dev.trackside.loadtest.race;

import java.nio.ByteBuffer;

/** The messages in a text frame: one object, or an array of them. */
final class JsonMessages extends ServerMessages {
  JsonMessages(ByteBuffer utf8) {
    super(utf8.array(), utf8.arrayOffset() + utf8.position(), utf8.arrayOffset() + utf8.limit());
  }

  @Override
  boolean next() {
    while (at < end && bytes[at] != '{') {
      at++;
    }
    if (at >= end) {
      return false;
    }
    at++;
    clear();
    try {
      while (peek() != '}') {
        member();
        if (peek() == ',') {
          at++;
        }
      }
      at++;
    } catch (ArrayIndexOutOfBoundsException e) {
      throw new IllegalArgumentException("a message of the server is not a JSON object", e);
    }
    return true;
  }

  private int peek() {
    while (bytes[at] == ' ') {
      at++;
    }
    return bytes[at];
  }

  private void member() {
    int from = at + 1;
    skipString();
    int length = at - 1 - from;
    int first = bytes[from];
    at++;
    if (peek() == '"') {
      text(first, length);
    } else if (bytes[at] == '-' || (bytes[at] >= '0' && bytes[at] <= '9')) {
      number(first, length);
    } else {
      skipOther();
    }
  }

  private void text(int first, int length) {
    int from = at + 1;
    skipString();
    int to = at - 1;
    if (length == 4 && first == 't') {
      type = typeOf(bytes[from], to - from);
    } else if (length == 2 && first == 'i') {
      runner = trailingNumber(from, to);
    } else if (length == 7 && first == 'v') {
      verdict = bytes[from];
    } else if (length == 7 && first == 'm') {
      wordsFrom = from;
      wordsTo = to;
    }
  }

  private static Type typeOf(int first, int length) {
    return switch (length) {
      case 8 -> first == 'p' ? Type.POSITION : Type.OTHER;
      case 3 -> first == 'a' ? Type.ACK : Type.OTHER;
      case 5 -> first == 'e' ? Type.ERROR : first == 'r' ? Type.RESET : Type.OTHER;
      default -> Type.OTHER;
    };
  }

  private void number(int first, int length) {
    long value = digits();
    switch (length) {
      case 1 -> {
        if (first == 't') {
          momentMs = value;
        } else if (first == 'n') {
          number = value;
        }
      }
      case 3 -> {
        if (first == 's') {
          seq = value;
        } else if (first == 'd') {
          dueMicros = value;
        } else if (first == 'r') {
          ref = value;
        }
      }
      case 7 -> {
        if (first == 's') {
          skipped = value;
        }
      }
      default -> {}
    }
  }

  /** The integer part of a number. */
  private long digits() {
    boolean negative = bytes[at] == '-';
    if (negative) {
      at++;
    }
    long value = 0;
    while (bytes[at] >= '0' && bytes[at] <= '9') {
      value = value * 10 + bytes[at++] - '0';
    }
    while (bytes[at] != ',' && bytes[at] != '}') {
      at++;
    }
    return negative ? -value : value;
  }

  private void skipString() {
    at++;
    while (bytes[at] != '"') {
      at += bytes[at] == '\\' ? 2 : 1;
    }
    at++;
  }

  private void skipOther() {
    int depth = 0;
    while (depth > 0 || (bytes[at] != ',' && bytes[at] != '}')) {
      switch (bytes[at]) {
        case '"' -> {
          skipString();
          continue;
        }
        case '{', '[' -> depth++;
        case '}', ']' -> depth--;
        default -> {}
      }
      at++;
    }
  }
}
