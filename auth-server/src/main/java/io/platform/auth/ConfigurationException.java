package io.platform.auth;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Settings are wrong; the message lists all of them, numbered. */
final class ConfigurationException extends Exception {

  private static final long serialVersionUID = 1L;

  ConfigurationException(List<String> errors) {
    super(
        IntStream.range(0, errors.size())
            .mapToObj(i -> "  " + (i + 1) + ". " + errors.get(i))
            .collect(
                Collectors.joining(
                    "\n",
                    "The auth server does not start, as its settings are wrong:\n",
                    "\nSet them in the environment; docs/auth.md explains each.")));
  }
}
