package io.platform.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The messages are those of JDK 25, the AWS SDK 2.56 and Google's libraries. */
class ErrorTextTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Connection reset by peer                                                          | CONNECTION_LOST
          Broken pipe                                                                       | CONNECTION_LOST
          Unexpected end of file from server                                                | CONNECTION_LOST
          Socket closed                                                                     | CONNECTION_LOST
          Connect timed out                                                                 | CONNECT_TIMED_OUT
          Unable to load credentials from any of the providers in the chain                 | NO_AWS_CREDENTIALS
          400 Bad Request {"error":"invalid_client","error_description":"unknown"}          | GOOGLE_CREDENTIALS_REFUSED
          The specified bucket does not exist.                                              | GOOGLE_NO_BUCKET
          The project exceeded its quota                                                    | GOOGLE_QUOTA
          Access denied                                                                     |
          """)
  void isFoundInTheMessagesOfLibraries(String message, @Nullable ErrorText text) {
    List<ErrorText> found =
        Stream.of(ErrorText.values()).filter(each -> each.isIn(new IOException(message))).toList();
    assertThat(found).isEqualTo(Optional.ofNullable(text).stream().toList());
  }

  @Test
  void isFoundInCausesToo() {
    Throwable failure =
        new UncheckedIOException(
            new IOException(
                "Error getting access token: {\"error\":\"invalid_grant\",\"error_description\":\"Check your iat and exp values\"}"));
    assertThat(ErrorText.GOOGLE_CREDENTIALS_REFUSED.isInCausesOf(failure)).isTrue();
    assertThat(ErrorText.GOOGLE_TOKEN_TIME.isInCausesOf(failure)).isTrue();
    assertThat(ErrorText.GOOGLE_QUOTA.isInCausesOf(failure)).isFalse();
  }
}
