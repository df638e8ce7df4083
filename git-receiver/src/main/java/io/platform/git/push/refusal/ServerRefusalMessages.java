package io.platform.git.push.refusal;

import io.platform.failure.Quantities;
import io.platform.git.push.refusal.PushRefusal.ServerRefusal;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** The messages for valid pushes that the server cannot receive at the moment. */
final class ServerRefusalMessages {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private ServerRefusalMessages() {}

  static List<String> lines(ServerRefusal refusal) {
    return switch (refusal) {
      case ServerRefusal.Stopping() ->
          List.of(
              "The platform is stopping. Nothing was stored.",
              "Push again when the platform is back.");
      case ServerRefusal.Busy() ->
          List.of(
              "The platform is busy with other pushes. Nothing was stored.",
              "Push again in half a minute.");
      case ServerRefusal.TooManyUploads(int most) ->
          List.of(
              "You upload to as many apps at the same time as one user may (%d). Nothing was stored."
                  .formatted(most),
              "Push again when one of these uploads has ended.");
      case ServerRefusal.PushReceived(var running, var since, var endsWithin) ->
          List.of(
              "Another push to this app is being received; it began at %s, %s ago. Its build %s is not finished."
                  .formatted(
                      TIME.format(running.createdAt()), Quantities.time(since), running.id()),
              "Wait for it and push again.",
              "If its server was stopped, the platform ends that push within %s; push again then."
                  .formatted(Quantities.time(endsWithin)));
      case ServerRefusal.BuildRuns(var running, var since) ->
          List.of(
              "Build %s of this app is not finished; it began at %s, %s ago."
                  .formatted(
                      running.id(), TIME.format(running.createdAt()), Quantities.time(since)),
              "Wait for it and push again; follow it with   platform builds log latest --follow",
              "or end it with   platform builds cancel");
    };
  }
}
