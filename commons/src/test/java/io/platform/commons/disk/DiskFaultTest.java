package io.platform.commons.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiskFaultTest {
  /** SQLSTATEs are PostgreSQL's; SQLite has none, and gives its result codes. */
  @ParameterizedTest
  @CsvSource({
    "53100, 0, FULL",
    "25006, 0, NOT_WRITABLE",
    "58030, 0, NOT_WRITABLE",
    ", 13, FULL",
    ", 8, NOT_WRITABLE",
    ", 1032, NOT_WRITABLE", // SQLITE_READONLY_DBMOVED
    ", 10, NOT_WRITABLE",
    ", 778, NOT_WRITABLE" // SQLITE_IOERR_WRITE
  })
  void isKnownByTheCodesOfDatabases(String state, int code, DiskFault fault) {
    Throwable failure = new IllegalStateException(new SQLException("refused", state, code));
    assertThat(DiskFault.of(failure)).contains(fault);
    assertThat(fault.caused(failure)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"40001, 0", ", 5", "23505, 13"})
  void takesOtherCodesForWhatTheyAre(String state, int code) {
    assertThat(DiskFault.of(new SQLException("refused", state, code))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "No space left on device, FULL",
    "Disk quota exceeded, FULL",
    "Read-only file system, NOT_WRITABLE",
    "Input/output error, NOT_WRITABLE"
  })
  void isKnownByTheTextsOfTheSystem(String reason, DiskFault fault) {
    assertThat(
            DiskFault.of(
                new UncheckedIOException(new FileSystemException("/data/x", null, reason))))
        .contains(fault);
  }

  /** The one device of Linux that is always full. */
  @Test
  void knowsAFullDisk() {
    Throwable failure =
        catchThrowable(() -> {
          try (FileOutputStream full = new FileOutputStream("/dev/full")) {
            full.write(1);
          }
        });
    assertThat(DiskFault.FULL.caused(failure)).isTrue();
    assertThat(FullDisk.caused(failure)).isTrue();
  }

  @Test
  void knowsWhatProgramsWriteOfAFullDisk() {
    assertThat(FullDisk.said("Error: ENOSPC: no space left on device, write")).isTrue();
    assertThat(FullDisk.said("cp: error writing 'x': No space left on device")).isTrue();
    assertThat(FullDisk.said("tar: x: Cannot write: Disk quota exceeded")).isTrue();
    assertThat(FullDisk.said("done")).isFalse();
  }

  @Test
  void isNoOtherFailure() {
    assertThat(DiskFault.of(null)).isEmpty();
    assertThat(DiskFault.of(new IOException("Connection reset by peer"))).isEmpty();
    assertThat(DiskFault.of(new IllegalStateException())).isEmpty();
  }
}
