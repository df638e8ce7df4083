package io.platform.persistence.json;

import io.platform.slug.BadFormatException;
import java.util.Locale;
import java.util.stream.Stream;

/** Converts enum constants to their lower-case names in columns and JSON, and back. */
public final class EnumWords {
  private EnumWords() {}

  public static String write(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  static <E extends Enum<E>> E read(Class<E> type, String word) throws BadFormatException {
    return Stream.of(type.getEnumConstants())
        .filter(constant -> write(constant).equals(word))
        .findFirst()
        .orElseThrow(() ->
            new BadFormatException(
                "\"%s\" is no %s".formatted(word, type.getSimpleName().toLowerCase(Locale.ROOT))));
  }
}
