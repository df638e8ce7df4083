package io.platform.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoreFaultTest {
  @TempDir Path directory;

  /** A login writes a row; the database refuses it with a code of PostgreSQL's. */
  @ParameterizedTest
  @CsvSource({
    "53100,507,disk of the auth server is full",
    "25006,503,read-only",
    "58030,503,disk fails"
  })
  void tellsWhyALoginCannotBeWritten(String state, int status, String sentence) throws Exception {
    try (RunningAuth auth = RunningAuth.in(TestDatabase.POSTGRESQL, directory)) {
      refuseWrites(state);
      RunningAuth.Answer answer = auth.login(RunningAuth.ADMIN, RunningAuth.PASSWORD);
      assertThat(answer.status()).isEqualTo(status);
      assertThat(answer.text("error_description")).contains(sentence);
    }
  }

  private void refuseWrites(String state) {
    TestDatabase.POSTGRESQL
        .rows(directory)
        .useHandle(handle -> {
          handle.execute(
              """
              create function refuse() returns trigger language plpgsql as
              'begin raise exception using errcode = ''%s''; end'
              """
                  .formatted(state));
          handle.execute(
              "create trigger refuse before insert on login_failure for each row execute function refuse()");
        });
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
