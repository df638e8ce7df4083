package io.platform.kubernetes.oneoff;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.platform.kubernetes.client.ApiText;
import java.nio.ByteBuffer;
import java.util.Optional;

/** The last message of a command in a container: how it ended. */
final class ExecStatus {
  /** See {@code NonZeroExitCodeReason} in k8s.io/apimachinery. */
  private static final String NON_ZERO = "NonZeroExitCode";

  private static final String EXIT_CODE = "ExitCode";

  private ExecStatus() {}

  /** How a command ended. */
  sealed interface End {
    /** It ran. */
    record Exited(int code) implements End {}

    /** It did not run, or was lost; one line, without a full stop. */
    record Failed(String why) implements End {}
  }

  /** Reads the message, a {@code v1.Status}. */
  static End of(ByteBuffer message) {
    String text = UTF_8.decode(message).toString();
    Status status;
    try {
      status = Serialization.unmarshal(text, Status.class);
    } catch (RuntimeException e) {
      return new End.Failed(ApiText.inline(text));
    }
    if ("Success".equals(status.getStatus())) {
      return new End.Exited(0);
    }
    return exitCode(status)
        .<End>map(End.Exited::new)
        .orElseGet(() -> new End.Failed(ApiText.inline(String.valueOf(status.getMessage()))));
  }

  private static Optional<Integer> exitCode(Status status) {
    return NON_ZERO.equals(status.getReason()) && status.getDetails() != null
        ? status.getDetails().getCauses().stream()
            .filter(cause -> EXIT_CODE.equals(cause.getReason()))
            .map(StatusCause::getMessage)
            .filter(code -> code.matches("\\d{1,9}"))
            .map(Integer::valueOf)
            .findFirst()
        : Optional.empty();
  }
}
