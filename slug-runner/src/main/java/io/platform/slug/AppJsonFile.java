package io.platform.slug;

import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/**
 * An app.json file as it was read.
 *
 * @param used what releases use of it
 * @param required config vars that have to be set, and for which the file has neither a value nor a
 *     generator
 * @param stack the stack that it asks for
 * @param notes what of it has no effect here, as sentences
 */
public record AppJsonFile(
    AppJson used, SortedSet<String> required, Optional<String> stack, List<String> notes) {
  /** Copies the notes. */
  public AppJsonFile {
    notes = List.copyOf(notes);
  }
}
