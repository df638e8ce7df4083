package io.platform.domain.port;

import java.util.function.Supplier;

/** The id and the secrets of an installation, created once and kept permanently. */
public interface InstallationSecrets {
  /**
   * The value of a name. The first call in the installation's life makes it; of two first calls at
   * once both get the same.
   *
   * @param first makes the value; it may be called in vain
   */
  String keep(String name, Supplier<String> first);
}
