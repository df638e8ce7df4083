package io.platform.drain;

import io.platform.commons.settings.SettingsReader;
import io.platform.domain.DrainLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The settings of log drains.
 *
 * @param buffer bounds of what a drain holds in memory
 * @param times how long what may take
 * @param limits what drains there can be, and which addresses they may reach
 * @param certificates a PEM file with certificates of authorities that are trusted beside those of
 *     the JDK
 * @param alone whether no other program delivers the same drains
 */
public record DrainConfig(
    Buffer buffer, Times times, DrainLimits limits, Optional<Path> certificates, boolean alone) {

  /**
   * Bounds of what a drain holds in memory.
   *
   * @param bytes of lines that wait; the oldest are left out beyond that
   * @param batchLines the most lines that are sent at once
   * @param batchBytes the most bytes of lines that are sent at once; one line may be longer
   */
  public record Buffer(long bytes, int batchLines, int batchBytes) {
    /** 1 MiB that wait; up to 500 lines of 256 KiB at once. */
    public static Buffer defaults() {
      return new Buffer(1 << 20, 500, 256 << 10);
    }

    /** With another bound of what waits. */
    public Buffer withBytes(long most) {
      return new Buffer(most, batchLines, batchBytes);
    }
  }

  /**
   * How long what may take.
   *
   * @param connect to connect, and for the TLS handshake
   * @param stalled how long a receiver may take nothing, or send nothing; twice as long for all of
   *     a request and its answer
   * @param retry the first pause after a failure; it doubles, up to 32 times as long
   * @param look how often drains are looked for that nobody told of, and progress is written
   * @param claim how long a drain stays its owner's that is gone
   */
  public record Times(
      Duration connect, Duration stalled, Duration retry, Duration look, Duration claim) {
    /** 10 s, 30 s, 1 s, 5 s, 30 s. */
    public static Times defaults() {
      return new Times(
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofSeconds(1),
          Duration.ofSeconds(5),
          Duration.ofSeconds(30));
    }
  }

  /** Reads the settings of a program that may have others beside it. */
  public static DrainConfig read(SettingsReader settings) {
    DrainLimits limits = DrainLimits.defaults();
    Buffer buffer = Buffer.defaults();
    return new DrainConfig(
        buffer.withBytes(settings.bytes("PLATFORM_DRAIN_BUFFER", buffer.bytes())),
        Times.defaults(),
        new DrainLimits(
            settings.number("PLATFORM_DRAINS_PER_APP", limits.perApp(), 0, 100),
            settings.flag("PLATFORM_DRAIN_PRIVATE_ADDRESSES", limits.privateAddresses())),
        settings.path("PLATFORM_DRAIN_CA_FILE"),
        false);
  }

  /** All defaults, for a program that may have others beside it. */
  public static DrainConfig defaults() {
    return new DrainConfig(
        Buffer.defaults(), Times.defaults(), DrainLimits.defaults(), Optional.empty(), false);
  }

  /** The same for a program that knows that no other one is alive. */
  public DrainConfig asOnlyProgram() {
    return new DrainConfig(buffer, times, limits, certificates, true);
  }
}
