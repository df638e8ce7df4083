package io.platform.cli.command.build;

import io.platform.cli.client.BuildLogReader;
import io.platform.cli.client.BuildResponse;
import io.platform.cli.client.ClientException;
import io.platform.cli.command.AppCommand;
import io.platform.cli.command.CommandContext;
import io.platform.cli.command.ExitCode;
import io.platform.cli.command.OptionValue;
import io.platform.cli.terminal.PrintableStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;

/** {@code platform builds log}. */
public final class BuildsLogCommand extends AppCommand {
  private final OptionValue<String> id = optional("ID|latest", "The build (default: latest).");

  private final OptionValue<Boolean> follow =
      flag("Go on until the build has ended.", "-f", "--follow");

  public BuildsLogCommand(CommandContext context) {
    super(
        context,
        "log",
        "Show a build's log.",
        "With --follow until the build has ended; the exit code is then 1 if it failed.",
        "To a file or a pipe it comes byte for byte; on a terminal without what would control it.");
  }

  @Override
  public Integer call() throws IOException, ClientException {
    var target = target();
    var build = target.api().build(target.app(), id.or("latest")).id();
    try (var out = output()) {
      var follower = new BuildLogReader(target.api(), target.app(), out, this::lost);
      if (!follow.given()) {
        follower.copy(build);
        return ExitCode.OK;
      }
      return result(follower.follow(build));
    } catch (ReaderLeft left) {
      return ExitCode.OK;
    }
  }

  /** A log may hold anything that a build wrote: a terminal gets no more of it than it may show. */
  private OutputStream output() {
    var out = new UntilReaderLeaves(context.out());
    return context.terminal().showsOutput() ? new PrintableStream(out, context.colours()) : out;
  }

  private void lost(String why) {
    console().note(why + " Trying again; the build goes on meanwhile.");
  }

  private int result(BuildResponse build) {
    if (build.isDeployed()) {
      return ExitCode.OK;
    }
    var why = build.message().map(it -> ": " + it).orElse(".");
    console().errors(List.of("Build " + build.id() + " " + words(build) + why));
    return ExitCode.FAILED;
  }

  private static String words(BuildResponse build) {
    return switch (build.status()) {
      case "canceled" -> "was canceled";
      case "timed_out" -> "took too long";
      case "succeeded" -> "was built, and its release did not come up";
      default -> "failed";
    };
  }

  /** Nobody reads on, as after {@code | head}. */
  private static final class ReaderLeft extends IOException {}

  /** A print stream swallows errors; here they end the command. */
  private static final class UntilReaderLeaves extends FilterOutputStream {
    private final PrintStream print;

    UntilReaderLeaves(PrintStream print) {
      super(print);
      this.print = print;
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      ((OutputStream) print).write(bytes, from, length);
      if (print.checkError()) {
        throw new ReaderLeft();
      }
    }

    /** The standard output is used on. */
    @Override
    public void close() {
      print.flush();
    }
  }
}
