package io.platform.git.push;

import io.platform.git.source.SourceFault;
import java.util.List;

/** Why a push is not taken, and what the pusher can do. */
final class PushRefusalMessages {
  private PushRefusalMessages() {}

  /** One sentence or command a line, as plain text. */
  static List<String> lines(PushRefusal refusal) {
    return switch (refusal) {
      case UploadRefusal upload -> UploadRefusalMessages.lines(upload);
      case RefRefusal ref -> RefRefusalMessages.lines(ref);
      case ServerRefusal server -> ServerRefusalMessages.lines(server);
      case PushRefusal.OfSource(List<SourceFault> faults) ->
          faults.stream().flatMap(fault -> SourceFaultMessages.lines(fault).stream()).toList();
    };
  }
}
