package io.platform.domain.port;

import java.util.function.Supplier;

/** What an installation makes once and keeps for ever: its id and its secrets. */
public interface InstallationSecrets {
  /**
   * The value of a name. The first call in the installation's life makes it; of two first calls at
   * once both get the same.
   *
   * @param first makes the value; it may be called in vain
   */
  String keep(String name, Supplier<String> first);
}
