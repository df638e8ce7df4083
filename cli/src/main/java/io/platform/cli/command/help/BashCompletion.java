package io.platform.cli.command.help;

import io.platform.cli.command.LiveNames;
import picocli.AutoComplete;
import picocli.CommandLine;

/** Completion for bash and zsh: picocli's, and names that the server knows. */
final class BashCompletion {
  /** Asks for the app that the command line names; nothing is said where that fails. */
  private static final String FUNCTIONS =
      """
      # Names of what the app has, from the server.
      function __platform_names() {
        local words=() i
        for (( i = 1; i < COMP_CWORD - 1; i++ )); do
          case "${COMP_WORDS[i]}" in
            -a|--app|-r|--remote|--server) words+=("${COMP_WORDS[i]}" "${COMP_WORDS[i+1]}") ;;
          esac
        done
        "${COMP_WORDS[0]}" "$1" --names "${words[@]}" 2>/dev/null </dev/null
      }
      """;

  private BashCompletion() {}

  static String script(CommandLine whole) {
    String script = AutoComplete.bash("platform", whole);
    for (LiveNames names : LiveNames.values()) {
      script = script.replace("(\"" + names.function() + "\")", "($(" + names.function() + "))");
    }
    StringBuilder functions = new StringBuilder(FUNCTIONS);
    for (LiveNames names : LiveNames.values()) {
      functions.append(
          "function %s() { __platform_names %s%s; }\n"
              .formatted(
                  names.function(),
                  names.command(),
                  names == LiveNames.TYPES ? " | grep -vF ." : ""));
    }
    int header = script.indexOf("\n\n") + 2;
    return script.substring(0, header) + functions.append('\n') + script.substring(header);
  }
}
