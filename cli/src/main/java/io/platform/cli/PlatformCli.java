package io.platform.cli;

import io.platform.cli.client.HttpClients;
import io.platform.cli.client.ProxyVariables;
import io.platform.cli.command.CommandContext;
import io.platform.cli.terminal.ConsoleTerminal;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Optional;

/** The main of the {@code platform} command. */
public final class PlatformCli {
  private static final int BUFFER = 8192;

  private PlatformCli() {}

  public static void main(String[] words) {
    var context = processContext();
    int exitCode = CommandRunner.run(context, words);
    context.out().flush();
    System.exit(exitCode);
  }

  /** Those of this process. */
  static CommandContext processContext() {
    var err = stream(FileDescriptor.err, true);
    return new CommandContext(
        System::getenv,
        System.in,
        stream(FileDescriptor.out, false),
        err,
        Path.of("."),
        new ConsoleTerminal(err, Optional.ofNullable(System.getProperty("platform.terminals"))),
        InstantSource.system(),
        ZoneId::systemDefault,
        new HttpClients(
            CommandRunner.userAgent(),
            Optional.ofNullable(System.getenv("SSL_CERT_FILE"))
                .filter(file -> !file.isEmpty())
                .map(Path::of),
            new ProxyVariables(System::getenv)));
  }

  /** UTF-8 whatever the locale says: it is what servers send and terminals show. */
  private static PrintStream stream(FileDescriptor descriptor, boolean flushLines) {
    var out = new BufferedOutputStream(new FileOutputStream(descriptor), BUFFER);
    return new PrintStream(out, flushLines, StandardCharsets.UTF_8);
  }
}
