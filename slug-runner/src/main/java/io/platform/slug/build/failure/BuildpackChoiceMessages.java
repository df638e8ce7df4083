package io.platform.slug.build.failure;

import io.platform.commons.console.TerminalText;
import io.platform.commons.process.ExitStatus;
import io.platform.slug.BuildpackReference;
import io.platform.slug.ConfigVars;
import io.platform.slug.SlugExitCode;
import io.platform.slug.build.buildpack.Buildpack;
import io.platform.slug.build.buildpack.BuildpackChoice;
import java.util.List;

/** The messages of the builder for apps that no buildpack fits, or not the one that they choose. */
public final class BuildpackChoiceMessages {
  private static final int NAMES_SHOWN = 12;

  private BuildpackChoiceMessages() {}

  public static BuildFailure noBuildpack(
      List<Buildpack> tried, List<String> found, List<String> notes) {
    StringBuilder text = new StringBuilder("No buildpack fits this app. Tried:\n");
    for (Buildpack buildpack : tried) {
      text.append("  ")
          .append(buildpack.name())
          .append(": looks for ")
          .append(buildpack.looksFor().orElse(""))
          .append('\n');
    }
    text.append("at the root of the repository, where there ")
        .append(found.isEmpty() ? "is nothing" : "is: " + String.join(", ", found))
        .append(".\n");
    notes.forEach(sentence -> text.append(sentence).append('\n'));
    text.append(
        "Add one of these files and push again. A Procfile with `web: <command>` is enough where nothing has to be"
            + " installed or compiled.");
    return new BuildFailure(SlugExitCode.NO_BUILDPACK, text.toString());
  }

  /** The config var of the platform's own names no buildpack. */
  public static BuildFailure buildpackUnknown(BuildpackReference chosen) {
    return new BuildFailure(
        SlugExitCode.NO_BUILDPACK,
        "The config var "
            + ConfigVars.BUILDPACK
            + " is `"
            + TerminalText.inline(chosen.toString())
            + "`, which is no buildpack of this platform. It has: "
            + String.join(", ", BuildpackReference.builtIn())
            + ". Set it to one of these or to a directory of the app, such as `./buildpack`, or"
            + remedy(BuildpackChoice.By.BUILDPACK)
            + "and push again.");
  }

  /**
   * What the app chose says that the app is not for it.
   *
   * @param status the exit status of its bin/detect
   */
  public static BuildFailure buildpackDoesNotFit(
      BuildpackChoice.By by, Buildpack chosen, int status) {
    String why =
        chosen
            .looksFor()
            .map(
                "which does not fit this app: it looks for %s at the root of the repository. Add that, or"
                    ::formatted)
            .orElseGet(() ->
                "whose bin/detect %s: it does not fit this app. Lines above may say why. Fix that, or"
                    .formatted(ExitStatus.describe(status)));
    return new BuildFailure(
        SlugExitCode.NO_BUILDPACK,
        "%s chooses the buildpack %s, %s%sand push again."
            .formatted(capitalized(by.label()), inline(chosen), why, remedy(by)));
  }

  /**
   * The app says itself that it needs buildpacks that this platform does not have.
   *
   * @param wanted at least one
   */
  public static BuildFailure foreignBuildpacks(
      BuildpackChoice.By by, List<BuildpackReference> wanted) {
    return new BuildFailure(
        SlugExitCode.NO_BUILDPACK,
        "%s asks for the %s, and this platform runs only its own (%s) and those that are a directory of the app, such as `./buildpack`. Nothing was built. Use one of these, or%sand push again."
            .formatted(
                capitalized(by.label()),
                buildpacks(wanted),
                String.join(", ", BuildpackReference.builtIn()),
                remedy(by)));
  }

  /** How to take a choice back, to stand after "or". */
  private static String remedy(BuildpackChoice.By by) {
    return switch (by) {
      case APP -> " remove it with   platform buildpacks clear   ";
      case BUILDPACK -> " remove it with   platform config unset " + ConfigVars.BUILDPACK + "   ";
      case BUILDPACK_URL -> " remove it with   platform config unset BUILDPACK_URL   ";
      case LIST -> " change that file, ";
      case MANIFEST -> " change that entry, ";
    };
  }

  private static String capitalized(String label) {
    return Character.toUpperCase(label.charAt(0)) + label.substring(1);
  }

  private static String inline(Buildpack buildpack) {
    return TerminalText.inline(buildpack.name());
  }

  /** {@code buildpack x}, {@code buildpacks x and y}; of very many the first. */
  public static String buildpacks(List<BuildpackReference> references) {
    List<String> shown =
        references.stream()
            .limit(NAMES_SHOWN)
            .map(reference -> TerminalText.inline(reference.toString()))
            .toList();
    int more = references.size() - shown.size();
    if (references.size() == 1) {
      return "buildpack " + shown.getFirst();
    }
    return more > 0
        ? "buildpacks %s and %d more".formatted(String.join(", ", shown), more)
        : "buildpacks %s and %s"
            .formatted(String.join(", ", shown.subList(0, shown.size() - 1)), shown.getLast());
  }

  /**
   * The platform would not install or compile what the app needs.
   *
   * @param missing a sentence that says what
   */
  public static BuildFailure unsupported(String missing, Buildpack instead) {
    return new BuildFailure(
        SlugExitCode.NO_BUILDPACK,
        missing
            + " Nothing was built.\nIf the app runs without that, say so with   platform config set "
            + ConfigVars.BUILDPACK
            + "="
            + instead.id()
            + "   and push again.");
  }
}
