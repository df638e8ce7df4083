package io.platform.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoreFaultTest {
  @TempDir Path directory;

  /** A login writes a row; the database refuses it with SQLite's own words. */
  @ParameterizedTest
  @CsvSource({
    "database or disk is full,507,disk of the auth server is full",
    "attempt to write a readonly database,503,read-only",
    "disk I/O error,503,disk fails"
  })
  void tellsWhyALoginCannotBeWritten(String words, int status, String sentence) throws Exception {
    try (RunningAuth auth = RunningAuth.in(TestDatabase.SQLITE, directory)) {
      refuseWrites(words);
      RunningAuth.Answer answer = auth.login(RunningAuth.ADMIN, RunningAuth.PASSWORD);
      assertThat(answer.status()).isEqualTo(status);
      assertThat(answer.text("error_description")).contains(sentence);
    }
  }

  private void refuseWrites(String words) {
    TestDatabase.SQLITE
        .rows(directory)
        .useHandle(handle ->
            handle.execute(
                "create trigger refuse before insert on login_failure begin select raise(abort, '%s'); end"
                    .formatted(words)));
  }

  @Test
  void takesNoMethodFromAHeader() throws Exception {
    try (RunningAuth auth = RunningAuth.in(TestDatabase.SQLITE, directory)) {
      assertThat(
              auth.send(
                      auth.to("/auth/v1/namespaces")
                          .header("Authorization", "Bearer " + auth.adminToken())
                          .header("X-HTTP-Method-Override", "DELETE"))
                  .status())
          .isEqualTo(200);
    }
  }
}
