package io.platform.git.push.refusal;

import io.platform.failure.FailureMessages;
import io.platform.git.push.refusal.PushRefusal.RefRefusal;
import io.platform.git.push.refusal.PushRefusal.ServerRefusal;
import io.platform.git.push.refusal.PushRefusal.UploadRefusal;
import java.util.List;

/** The messages for refused pushes: why, and what the pusher can do. */
public final class PushRefusalMessages {
  private PushRefusalMessages() {}

  /** One sentence or command a line, as plain text. */
  public static List<String> lines(PushRefusal refusal) {
    return switch (refusal) {
      case UploadRefusal upload -> UploadRefusalMessages.lines(upload);
      case RefRefusal ref -> RefRefusalMessages.lines(ref);
      case ServerRefusal server -> ServerRefusalMessages.lines(server);
      case PushRefusal.NotAccepted(var cause) -> FailureMessages.of(cause).lines().toList();
    };
  }
}
