package io.platform.bootstrap;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.joran.spi.JoranException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileSystemException;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class FailureConverterTest {
  /** What an operator reads, with the servers' own configuration. */
  private static String logged(Throwable failure) throws JoranException {
    PrintStream before = System.err;
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    LoggerContext context = new LoggerContext();
    context.setMDCAdapter(new LogbackMDCAdapter());
    System.setErr(new PrintStream(read, true, UTF_8));
    try {
      JoranConfigurator configurator = new JoranConfigurator();
      configurator.setContext(context);
      configurator.doConfigure(
          Objects.requireNonNull(FailureConverterTest.class.getResource("/logback.xml")));
      context.getLogger("io.platform.storage").warn("the log was not stored", failure);
    } finally {
      context.stop();
      System.setErr(before);
    }
    return read.toString(UTF_8);
  }

  @Test
  void saysThatTheDiskIsFullInALine() throws Exception {
    assertThat(
            logged(
                new IllegalStateException(
                    "Packing refs failed", new IOException("No space left on device"))))
        .endsWith("the log was not stored\n  because the disk is full: No space left on device\n");
  }

  @Test
  void saysThatTheDiskCannotBeWrittenInALine() throws Exception {
    assertThat(
            logged(
                new IllegalStateException(
                    new FileSystemException("/data/logs", null, "Read-only file system"))))
        .endsWith(
            "the log was not stored\n  because the disk fails or is read-only: /data/logs: Read-only file system\n");
  }

  @Test
  void showsWhereOtherFailuresWereMet() throws Exception {
    assertThat(logged(new IllegalStateException("a defect")))
        .contains(
            "the log was not stored\njava.lang.IllegalStateException: a defect\n",
            "\tat io.platform.bootstrap.FailureConverterTest.showsWhereOtherFailuresWereMet");
  }
}
