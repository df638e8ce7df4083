package io.platform.process.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.platform.commons.console.TerminalText;
import io.platform.commons.process.ExitStatus;
import io.platform.process.sandbox.AttachedChild;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * Runs a program of a health check beside a process, in its sandbox. A shell around it keeps the
 * beginning of its output, so that nobody has to read while it runs.
 */
final class CommandProbe {
  /** Bytes of output that are kept; a pipe holds more. */
  private static final int SHOWN = 400;

  private final CheckedProcess process;

  CommandProbe(CheckedProcess process) {
    this.process = process;
  }

  /** Why the attempt failed, as a clause; empty where it ended with 0. */
  Optional<String> attempt(List<String> words, Duration timeout) {
    try (AttachedChild child = process.start(script(words))) {
      int code = child.ended().get(timeout.toNanos(), TimeUnit.NANOSECONDS);
      return code == 0
          ? Optional.empty()
          : Optional.of("it %s%s".formatted(ExitStatus.describe(code), output(child)));
    } catch (TimeoutException e) {
      return Optional.of("it did not end within %d s".formatted(timeout.toSeconds()));
    } catch (IOException e) {
      return Optional.of(
          "it could not be started (%s)"
              .formatted(TerminalText.inline(String.valueOf(e.getMessage()))));
    } catch (ExecutionException e) {
      throw new IllegalStateException("a health check of a process has no end", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("it was interrupted");
    }
  }

  private static String script(List<String> words) {
    return "%s </dev/null 2>&1 | { head -c %d; cat >/dev/null; }; exit \"${PIPESTATUS[0]}\""
        .formatted(
            words.stream().map(CommandProbe::quoted).collect(Collectors.joining(" ")), SHOWN);
  }

  private static String quoted(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }

  private static String output(AttachedChild child) throws IOException {
    InputStream output = child.output();
    byte[] kept = output.readNBytes(Math.min(SHOWN, output.available()));
    return HttpProbe.shown(new String(kept, UTF_8));
  }
}
