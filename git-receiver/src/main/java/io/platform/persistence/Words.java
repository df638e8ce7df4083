package io.platform.persistence;

import io.platform.slug.BadFormatException;
import java.util.Locale;
import java.util.stream.Stream;

/** Constants of enums as JSON has them: in lower case. */
final class Words {
  private Words() {}

  static <E extends Enum<E>> E read(Class<E> type, String word) throws BadFormatException {
    return Stream.of(type.getEnumConstants())
        .filter(constant -> Columns.word(constant).equals(word))
        .findFirst()
        .orElseThrow(() ->
            new BadFormatException(
                "\"%s\" is no %s".formatted(word, type.getSimpleName().toLowerCase(Locale.ROOT))));
  }
}
